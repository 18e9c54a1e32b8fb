namespace Zoo;

/// <summary>Examples that are floats already, one row after the other.</summary>
internal sealed class FloatExamples : IExamples
{
    readonly ReadOnlyMemory<float> rows;
    readonly ReadOnlyMemory<int> labels;

    public FloatExamples(ReadOnlyMemory<float> rows, int exampleSize, ReadOnlyMemory<int> labels)
    {
        if (exampleSize <= 0)
            throw new ArgumentException($"An example needs at least one float; exampleSize is {exampleSize}.", nameof(exampleSize));
        if (rows.Length % exampleSize != 0)
            throw new ArgumentException($"Expected a multiple of {exampleSize} floats (the size of one example), got {rows.Length}.",
                nameof(rows));
        Count = rows.Length / exampleSize;
        if (!labels.IsEmpty && labels.Length != Count)
            throw new ArgumentException($"Expected {Count} labels, one for each example, got {labels.Length}.", nameof(labels));
        (this.rows, this.labels, ExampleSize) = (rows, labels, exampleSize);
    }

    public int Count { get; }

    public int ExampleSize { get; }

    public void CopyExample(int index, Span<float> destination) => rows.Span.Slice(index * ExampleSize, ExampleSize).CopyTo(destination);

    public int Label(int index) => labels.IsEmpty ? -1 : labels.Span[index];
}

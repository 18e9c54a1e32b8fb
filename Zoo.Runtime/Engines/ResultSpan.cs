namespace Zoo.Runtime;

/// <summary>Where a result per row goes: from a place in the activation arena to the caller's span.</summary>
public readonly ref struct ResultSpan(int offset, int size, Span<float> destination)
{
    readonly Span<float> destination = destination;

    /// <summary>Copies the rows of one chunk; an empty destination takes nothing.</summary>
    internal void Copy(ModelEngine engine, int firstRow, int rows)
    {
        if (!destination.IsEmpty) engine.Results(offset, destination.Slice(firstRow * size, rows * size));
    }
}

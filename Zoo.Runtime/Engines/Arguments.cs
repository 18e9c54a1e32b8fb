namespace Zoo.Runtime;

/// <summary>Checks of what users hand to generated members; every message has what was expected and what came.</summary>
public static class Arguments
{
    /// <summary>A span that must hold exactly one training batch.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckBatch(ReadOnlySpan<float> span, int batch, int size, string name)
    {
        if (span.Length != batch * size)
            throw new ArgumentException($"Expected {batch * size} values ({batch} examples of {size}), but got {span.Length}.", name);
    }

    /// <summary>How many rows a span of examples holds.</summary>
    /// <exception cref="ArgumentException">Its length is no multiple of the size of an example.</exception>
    public static int Rows(ReadOnlySpan<float> span, int size, string name) => span.Length % size == 0
        ? span.Length / size
        : throw new ArgumentException($"Expected a multiple of {size} values (one example), but got {span.Length}.", name);

    /// <summary>How many rows a span of at least one example holds.</summary>
    /// <exception cref="ArgumentException">It holds none, or a broken one.</exception>
    public static int SomeRows(ReadOnlySpan<float> span, int size, string name) => Rows(span, size, name) is > 0 and var rows
        ? rows
        : throw new ArgumentException("Expected at least one example, but got none.", name);

    /// <summary>Rows that must be whole batches.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void CheckBatches(int rows, int batch, string name)
    {
        if (rows % batch != 0)
            throw new ArgumentException($"Expected a multiple of {batch} examples, since the losses look across a batch, but got {rows}.",
                name);
    }

    /// <summary>A span that must hold as many rows as another.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckRows(ReadOnlySpan<float> span, int rows, int size, string name)
    {
        if (span.Length != (long)rows * size)
            throw new ArgumentException($"Expected {(long)rows * size} values ({rows} rows of {size}), but got {span.Length}.", name);
    }

    /// <summary>A span that must hold a result of the given size for each row.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckResult(ReadOnlySpan<float> span, int rows, int size, string name)
    {
        if (span.Length != (long)rows * size)
            throw new ArgumentException($"Expected room for {(long)rows * size} values ({rows} rows of {size}), but got {span.Length}.",
                name);
    }

    /// <summary>A span that must hold one number for each loss.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckLosses(ReadOnlySpan<float> span, int count, string name)
    {
        if (span.Length != count) throw new ArgumentException($"Expected room for {count} losses, but got {span.Length}.", name);
    }

    /// <summary>A span for a kind of data that the model does not take.</summary>
    /// <exception cref="ArgumentException">It is not empty.</exception>
    public static void CheckEmpty(int length, string what, string name)
    {
        if (length != 0) throw new ArgumentException($"This model takes no {what}, but got {length} values; pass an empty span.", name);
    }

    /// <summary>A count that must be positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void CheckPositive(int count, string name)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(name, count, $"Expected at least 1, but got {count}.");
    }
}

namespace Zoo.Runtime;

/// <summary>
/// Data of one run of a program: up to five spans of rows, each with its floats per row, in the order in which the program takes them.
/// </summary>
public readonly ref struct Inputs
{
    /// <summary>Most inputs of a program.</summary>
    public const int Most = 5;

    /// <summary>One input.</summary>
    public Inputs(ReadOnlySpan<float> input0, int width0)
    {
        Input0 = input0;
        Width0 = width0;
    }

    /// <summary>Two inputs.</summary>
    public Inputs(
        ReadOnlySpan<float> input0, int width0, ReadOnlySpan<float> input1, int width1)
        : this(input0, width0)
    {
        Input1 = input1;
        Width1 = width1;
    }

    /// <summary>Three inputs.</summary>
    public Inputs(
        ReadOnlySpan<float> input0, int width0, ReadOnlySpan<float> input1, int width1, ReadOnlySpan<float> input2, int width2)
        : this(input0, width0, input1, width1)
    {
        Input2 = input2;
        Width2 = width2;
    }

    /// <summary>Four inputs.</summary>
    public Inputs(
        ReadOnlySpan<float> input0, int width0, ReadOnlySpan<float> input1, int width1, ReadOnlySpan<float> input2, int width2,
        ReadOnlySpan<float> input3, int width3)
        : this(input0, width0, input1, width1, input2, width2)
    {
        Input3 = input3;
        Width3 = width3;
    }

    /// <summary>Five inputs.</summary>
    public Inputs(
        ReadOnlySpan<float> input0, int width0, ReadOnlySpan<float> input1, int width1, ReadOnlySpan<float> input2, int width2,
        ReadOnlySpan<float> input3, int width3, ReadOnlySpan<float> input4, int width4)
        : this(input0, width0, input1, width1, input2, width2, input3, width3)
    {
        Input4 = input4;
        Width4 = width4;
    }

    internal ReadOnlySpan<float> Input0 { get; }

    int Width0 { get; }

    internal ReadOnlySpan<float> Input1 { get; }

    int Width1 { get; }

    internal ReadOnlySpan<float> Input2 { get; }

    int Width2 { get; }

    internal ReadOnlySpan<float> Input3 { get; }

    int Width3 { get; }

    internal ReadOnlySpan<float> Input4 { get; }

    int Width4 { get; }

    /// <summary>The data of some of the rows.</summary>
    internal Inputs Rows(int first, int count) => new(
        Input0.Slice(first * Width0, count * Width0), Width0,
        Input1.Slice(first * Width1, count * Width1), Width1,
        Input2.Slice(first * Width2, count * Width2), Width2,
        Input3.Slice(first * Width3, count * Width3), Width3,
        Input4.Slice(first * Width4, count * Width4), Width4);

    /// <summary>The inputs whose bits are set; the others are empty.</summary>
    internal Inputs Only(int mask) => new(
        (mask & 1) != 0 ? Input0 : default, Width0,
        (mask & 2) != 0 ? Input1 : default, Width1,
        (mask & 4) != 0 ? Input2 : default, Width2,
        (mask & 8) != 0 ? Input3 : default, Width3,
        (mask & 16) != 0 ? Input4 : default, Width4);
}

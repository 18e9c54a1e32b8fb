namespace Zoo.Runtime;

/// <summary>
/// Where a map's buffers lie in the model's memory on the device. Plain numbers, so that the same kernel serves every place.
/// </summary>
public readonly struct MapOperands
{
    /// <summary>The most offsets; a map with more buffers has the rest as literals.</summary>
    public const int Most = 16;

    /// <summary>Rows of the running program.</summary>
    public readonly int Rows;

    /// <summary>Float offsets of the buffers, in the map's order.</summary>
    public readonly int O0, O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, O12, O13, O14, O15;

    /// <summary>
    /// Rows of the running program, and the float offset of each buffer: single numbers, because a list that a span takes would need C# 13
    /// where it is written.
    /// </summary>
    public MapOperands(
        int rows, int o0 = 0, int o1 = 0, int o2 = 0, int o3 = 0, int o4 = 0, int o5 = 0, int o6 = 0, int o7 = 0, int o8 = 0, int o9 = 0,
        int o10 = 0,
        int o11 = 0, int o12 = 0, int o13 = 0, int o14 = 0, int o15 = 0)
    {
        Rows = rows;
        (O0, O1, O2, O3, O4, O5, O6, O7) = (o0, o1, o2, o3, o4, o5, o6, o7);
        (O8, O9, O10, O11, O12, O13, O14, O15) = (o8, o9, o10, o11, o12, o13, o14, o15);
    }
}

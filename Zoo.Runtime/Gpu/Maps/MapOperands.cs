namespace Zoo.Runtime;

/// <summary>Where a map's buffers lie in the model's memory on the device. Plain numbers, so that the same kernel serves every place.</summary>
public readonly struct MapOperands
{
    /// <summary>The most offsets; a map with more buffers has the rest as literals.</summary>
    public const int Most = 16;

    /// <summary>Rows of the running program.</summary>
    public readonly int Rows;

    /// <summary>Float offsets of the buffers, in the map's order.</summary>
    public readonly int O0, O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11, O12, O13, O14, O15;

    /// <param name="rows">Rows of the running program.</param>
    /// <param name="offsets">At most <see cref="Most"/>.</param>
    public MapOperands(int rows, params ReadOnlySpan<int> offsets)
    {
        Rows = rows;
        O0 = 0 < offsets.Length ? offsets[0] : 0;
        O1 = 1 < offsets.Length ? offsets[1] : 0;
        O2 = 2 < offsets.Length ? offsets[2] : 0;
        O3 = 3 < offsets.Length ? offsets[3] : 0;
        O4 = 4 < offsets.Length ? offsets[4] : 0;
        O5 = 5 < offsets.Length ? offsets[5] : 0;
        O6 = 6 < offsets.Length ? offsets[6] : 0;
        O7 = 7 < offsets.Length ? offsets[7] : 0;
        O8 = 8 < offsets.Length ? offsets[8] : 0;
        O9 = 9 < offsets.Length ? offsets[9] : 0;
        O10 = 10 < offsets.Length ? offsets[10] : 0;
        O11 = 11 < offsets.Length ? offsets[11] : 0;
        O12 = 12 < offsets.Length ? offsets[12] : 0;
        O13 = 13 < offsets.Length ? offsets[13] : 0;
        O14 = 14 < offsets.Length ? offsets[14] : 0;
        O15 = 15 < offsets.Length ? offsets[15] : 0;
    }
}

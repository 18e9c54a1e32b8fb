namespace Zoo.Tests;

/// <summary>What elementary functions are tried on.</summary>
static class ElementaryArguments
{
    /// <summary>
    /// Special values, every exponent with mantissas at both ends and in between, a fine grid where the functions bend, and random bits; a
    /// multiple of 16.
    /// </summary>
    public static float[] All { get; } = Make();

    static float[] Make()
    {
        var list = new List<float>
        {
            0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue,
            float.MinValue,
            88.72283f, 88.72284f, -87.33654f, -87.33655f, -103.97207f, -103.97208f, 9.010913f, 9.0109137f, 3.9192059f, 0.921875f,
            0.92187506f,
            MathF.PI, MathF.PI / 2, MathF.PI / 4, 3 * MathF.PI / 4, 1e5f, 99999.99f, MathF.BitIncrement(-1f), MathF.BitDecrement(1f),
        };
        for (var exponent = 0u; exponent < 255; exponent++)
        {
            foreach (var mantissa in (uint[])[0, 1, 0x123456, 0x3504f2, 0x3504f3, 0x3504f4, 0x400000, 0x6a09e6, 0x7fffff])
            {
                list.Add(BitConverter.UInt32BitsToSingle(exponent << 23 | mantissa));
                list.Add(-list[^1]);
            }
        }
        for (var i = -25_000; i <= 25_000; i++) list.Add(i * 0.0043f);
        var random = new Random(20111);
        for (var i = 0; i < 20_000; i++) list.Add((float)((random.NextDouble() - 0.5) * 2e5));
        for (var i = 0; i < 30_000; i++) list.Add(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        while (list.Count % 16 != 0) list.Add(1);
        return [.. list];
    }
}

namespace Zoo.Benchmarks.References;

/// <summary>Distance of a single from an exact value, in units in the last place of that value.</summary>
static class Ulps
{
    /// <summary>
    /// 0 where both are NaN, or equal, signs of zeros included. The spacing is that of singles around the exact value, 2⁻¹⁴⁹ below the
    /// normal range;
    /// overflow counts from 2¹²⁸, so that infinity for a value that rounds to it is no error.
    /// </summary>
    public static double Between(float actual, double exact)
    {
        if (float.IsNaN(actual) || double.IsNaN(exact)) return float.IsNaN(actual) && double.IsNaN(exact) ? 0 : double.PositiveInfinity;
        if (exact == 0) return actual == 0 && float.IsNegative(actual) == double.IsNegative(exact) ? 0 : double.PositiveInfinity;
        if (double.IsInfinity(exact) || Math.Abs(exact) >= TopOfRange)
            return actual == (float)exact ? 0 : double.PositiveInfinity;
        if (float.IsInfinity(actual)) return (TopOfRange - Math.Abs(exact)) / Math.ScaleB(1, 104);
        return Math.Abs(actual - exact) / Spacing(exact);
    }

    const double TopOfRange = 340282366920938463463374607431768211456.0;

    static double Spacing(double exact)
    {
        var exponent = (int)(BitConverter.DoubleToInt64Bits(exact) >> 52 & 0x7ff) - 1023;
        return BitConverter.Int64BitsToDouble((long)(Math.Max(exponent, -126) - 23 + 1023) << 52);
    }
}

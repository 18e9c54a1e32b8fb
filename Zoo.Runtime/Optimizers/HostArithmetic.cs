namespace Zoo.Runtime;

/// <summary>
/// What optimisers compute once a step, in double precision from the operations that IEEE 754 rounds exactly: the same bits on every host,
/// which a library's pow and cos do not promise.
/// </summary>
static class HostArithmetic
{
    /// <summary>The decimal number that was written: 1 − 0.999f is off by 1e-5, and PyTorch computes with 0.999.</summary>
    public static double Written(float value) => (double)(decimal)value;

    /// <summary>A whole power, by squaring.</summary>
    public static double Power(double value, long exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) != 0) result *= value;
        }
        return result;
    }

    /// <summary>A power of a number of at least 0: a root for each binary digit behind the exponent's point.</summary>
    public static double Power(double value, double exponent)
    {
        var whole = Math.Floor(exponent);
        var result = Power(value, (long)whole);
        for (var rest = exponent - whole; rest > 0;)
        {
            (value, rest) = (Math.Sqrt(value), 2 * rest);
            if (rest < 1) continue;
            (result, rest) = (result * value, rest - 1);
        }
        return result;
    }

    /// <summary>cos(π·<paramref name="x"/>) = −sin(π(x − ½)) for x in [0, 1], by the sine's series.</summary>
    public static double CosineOfPi(double x)
    {
        var y = Math.PI * (x - 0.5);
        var (term, sum) = (-y, 0.0);
        for (var k = 1; k <= 25; k += 2)
        {
            sum += term;
            term *= -y * y / ((k + 1) * (k + 2));
        }
        return sum;
    }
}

namespace Zoo.Tests.Oracle;

/// <summary>Functions in double precision that the base library lacks or, near 0, computes by subtraction.</summary>
static class SpecialFunctions
{
    /// <summary>eˣ − 1 (Kahan's correction: the rounding of eˣ cancels between numerator and logarithm).</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1) return x;
        if (u - 1 == -1 || double.IsInfinity(u)) return u - 1;
        return (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x), corrected in the same way.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// 2/√π ∫₀ˣ e^(−t²) dt. Below 3 by the series 2/√π e^(−x²) Σ 2ⁿ x^(2n+1)/(2n+1)!! (Abramowitz and Stegun 7.1.6), whose terms have one
    /// sign;
    /// above by the continued fraction of erfc (7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 0) return -Erf(-x);
        if (x > 6) return 1;
        var scale = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x);
        if (x < 3)
        {
            var (term, sum) = (x, x);
            for (var n = 1; term > sum * 1e-18; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }
            return scale * sum;
        }
        var fraction = x;
        for (var n = 60; n >= 1; n--) fraction = x + 0.5 * n / fraction;
        return 1 - scale / (2 * fraction);
    }
}

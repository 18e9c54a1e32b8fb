namespace Zoo.Benchmarks.References;

/// <summary>Double-precision functions that the class library lacks, or has only as the formula that cancels.</summary>
static class DoubleFunctions
{
    /// <summary>
    /// e^x - 1. The rounding error of e^x cancels in the quotient (Higham, Accuracy and Stability of Numerical Algorithms, 1.14).
    /// </summary>
    public static double Expm1(double x)
    {
        var e = Math.Exp(x);
        if (e == 1) return x;
        return e - 1 == -1 || double.IsInfinity(e) ? e - 1 : (e - 1) * x / Math.Log(e);
    }

    /// <summary>ln(1 + x), by the same device.</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }

    /// <summary>ln(1 + e^x).</summary>
    public static double Softplus(double x) => (x > 0 ? x : double.IsNaN(x) ? x : 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// Error function: below 3 the series e^-x² Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!, whose terms have one sign; above, a continued fraction for its
    /// complement.
    /// </summary>
    public static double Erf(double x)
    {
        var t = Math.Abs(x);
        if (t < 1e-9 || double.IsNaN(x)) return x * (2 / Math.Sqrt(Math.PI));
        if (t > 6) return Math.CopySign(1, x);
        var weight = Math.Exp(-t * t) / Math.Sqrt(Math.PI);
        if (t < 3)
        {
            var (term, sum) = (t, t);
            for (var n = 1; term > sum * 1e-18; n++) sum += term *= 2 * t * t / (2 * n + 1);
            return Math.CopySign(2 * weight * sum, x);
        }
        var fraction = 0.0;
        for (var n = 60; n >= 1; n--) fraction = n * 0.5 / (t + fraction);
        return Math.CopySign(1 - weight / (t + fraction), x);
    }
}

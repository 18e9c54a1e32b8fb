namespace Zoo.Tests.Oracle;

/// <summary>Integrals by composite Simpson's rule: for smooth functions that fall off before the ends.</summary>
static class Quadrature
{
    public static double Integrate(Func<double, double> f, double from, double to, int intervals = 4000)
    {
        var step = (to - from) / intervals;
        var sum = f(from) + f(to);
        for (var i = 1; i < intervals; i++) sum += (i % 2 == 1 ? 4 : 2) * f(from + i * step);
        return sum * step / 3;
    }
}

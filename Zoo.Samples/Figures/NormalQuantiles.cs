namespace Zoo.Samples.Figures;

/// <summary>Values of N(0, 1) at evenly spaced parts of its mass: how a square of codes is filled for a picture of them.</summary>
internal static class NormalQuantiles
{
    /// <summary>The value below which (i + ½) / <paramref name="count"/> of the mass lies, in order.</summary>
    public static double[] Of(int count)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = At((i + 0.5) / count);
        return values;
    }

    /// <summary>By bisection of the distribution function: a picture needs a few dozen.</summary>
    static double At(double part)
    {
        double low = -8, high = 8;
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            if (Below(middle) < part) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>Φ(x), by Simpson's rule over the density from 0: smooth, so that 200 intervals are exact to ten digits.</summary>
    static double Below(double x)
    {
        const int intervals = 200;
        var (width, sum) = (x / intervals, 0.0);
        for (var i = 0; i <= intervals; i++)
            sum += (i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * i * width * i * width);
        return 0.5 + sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }
}

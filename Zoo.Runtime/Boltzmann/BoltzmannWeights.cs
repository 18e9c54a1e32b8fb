namespace Zoo.Runtime;

/// <summary>A machine's parameters on the host, in double precision, by the names that the compiler gives them.</summary>
sealed class BoltzmannWeights
{
    /// <param name="engine">The model.</param>
    /// <param name="variance">What a learned variance of Gaussian visible units is relative to, or their variance; 0: the units are
    /// Bernoulli.</param>
    public BoltzmannWeights(ModelEngine engine, float variance)
    {
        var parameters = engine.State.Parameters;
        double[] Values(string name)
        {
            var values = new float[parameters[name].Length];
            parameters[name].CopyTo(values);
            return Array.ConvertAll(values, v => (double)v);
        }

        (Weight, VisibleBias, HiddenBias) = (Values("weight"), Values("visible_bias"), Values("hidden_bias"));
        if (variance == 0) return;
        Variance = parameters.Any(p => p.Name == "visible_log_variance") ? Values("visible_log_variance") : new double[VisibleBias.Length];
        for (var i = 0; i < Variance.Length; i++) Variance[i] = variance * Math.Exp(Variance[i]);
    }

    /// <summary>[hidden, visible], row-major.</summary>
    public double[] Weight { get; }

    public double[] VisibleBias { get; }

    public double[] HiddenBias { get; }

    /// <summary>s² of each visible unit; null where they are Bernoulli.</summary>
    public double[]? Variance { get; }

    public int Visible => VisibleBias.Length;

    public int Hidden => HiddenBias.Length;

    /// <summary>log (1 + eᵃ), which is finite for every finite a.</summary>
    public static double Softplus(double a) => Math.Max(a, 0) + Math.Log(1 + Math.Exp(-Math.Abs(a)));
}

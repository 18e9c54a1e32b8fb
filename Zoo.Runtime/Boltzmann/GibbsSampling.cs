namespace Zoo.Runtime;

/// <summary>Samples of a restricted Boltzmann machine: chains of Gibbs sweeps, from noise or from examples.</summary>
public static class GibbsSampling
{
    /// <summary>One chain for each sample that there is room for.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="begin">Program that begins the chains.</param>
    /// <param name="sweep">Program that takes them one sweep.</param>
    /// <param name="visible">Where its visible units lie.</param>
    /// <param name="size">Visible units.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="gibbsSteps">Sweeps.</param>
    /// <param name="v">Receives the samples.</param>
    /// <param name="progress">Is told the part that is done.</param>
    public static void FromNoise(
        ModelEngine engine, int begin, int sweep, int visible, int size, ulong seed, int gibbsSteps, Span<float> v,
        IProgress<double>? progress)
    {
        var rows = Arguments.Rows(v, size, nameof(v));
        Arguments.CheckPositive(gibbsSteps, nameof(gibbsSteps));
        engine.RunChains(begin, sweep, rows, seed, default, gibbsSteps, visible, size, v, progress);
    }

    /// <summary>One chain for each example; their states after every so many sweeps, as often as there is room for.</summary>
    /// <inheritdoc cref="FromNoise"/>
    /// <param name="examples">Where the chains begin.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    public static void FromData(
        ModelEngine engine, int begin, int sweep, int visible, int size, ulong seed, ReadOnlySpan<float> examples, int gibbsSteps,
        Span<float> v, IProgress<double>? progress)
#pragma warning restore CS1573
    {
        var rows = Arguments.Rows(examples, size, nameof(examples));
        Arguments.CheckPositive(gibbsSteps, nameof(gibbsSteps));
        if (rows == 0 ? v.Length > 0 : v.Length % examples.Length != 0)
            throw new ArgumentException(
                $"Expected room for a multiple of {examples.Length} values ({rows} chains of {size}), but got {v.Length}.", nameof(v));
        engine.RunChains(begin, sweep, rows, seed, new Inputs(examples, size), gibbsSteps, visible, size, v, progress);
    }
}

namespace Zoo.Tests.Metrics;

/// <summary>A second stage for codes of two numbers.</summary>
[Vae(Input = [2], Batch = 50)]
[Adam(LearningRate = 3e-3f)]
public partial class PairCodes
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(32).Tanh();
        return new(h.Dense(2), h.Dense(2));
    }

    static Gaussian Decoder(Tensor z) => new(z.Dense(32).Tanh().Dense(2), Tensor.Parameter("log_variance", [1]));
}

/// <summary>A VAE of other examples.</summary>
[Vae(Input = [3], Batch = 50)]
public partial class TripleCodes
{
    static Gaussian Encoder(Tensor x) => new(x.Dense(1), x.Dense(1));

    static Gaussian Decoder(Tensor z) => new(z.Dense(3), 0f);
}

/// <summary>Codes from a second variational auto-encoder: they follow the first one's, and what cannot be fitted is said.</summary>
public sealed class SecondStageSamplerTests
{
    const int Count = 400;

    /// <summary>Around (10, −4) and (14, −8), with a deviation of a half: one Gaussian is no good description of them.</summary>
    static float[] Codes()
    {
        var noise = ReferenceRows.Of(61, Count, 2);
        return [.. noise.Select((value, i) => 0.5f * value + (i % 2, i / 2 % 2) switch
        {
            (0, 0) => 10, (1, 0) => -4, (0, _) => 14, _ => -8,
        })];
    }

    static SecondStageSampler Fit(PairCodes model, long steps, ulong seed = 1, float[]? logVariances = null) =>
        SecondStageSampler.Fit(model, Codes(), logVariances ?? [], 2, steps, seed);

    [Fact]
    public void Its_codes_lie_where_those_of_the_first_do()
    {
        using var model = new PairCodes(seed: 1);
        var fitted = Fit(model, 3000);
        Assert.Equal(2, fitted.Size);
        var drawn = new float[2 * 1000];
        fitted.Sample(seed: 3, drawn);
        double[] widths = [0.3, 1, 3];
        // What two sets of that law differ by, and what a Gaussian of its mean and covariance does.
        var codes = Codes();
        var floor = MaximumMeanDiscrepancy.Between(codes.AsSpan(0, Count), codes.AsSpan(Count), 2, widths);
        var gaussian = new float[2 * 1000];
        MixtureOfGaussians.Fit(codes, 2, 1, seed: 1).Sample(seed: 5, gaussian);
        var ofGaussian = MaximumMeanDiscrepancy.Between(codes, gaussian, 2, widths);
        var own = MaximumMeanDiscrepancy.Between(codes, drawn, 2, widths);
        Assert.True(own < 0.5 * ofGaussian, $"{own} from the codes, a Gaussian {ofGaussian}, the codes among themselves {floor}");
        Assert.All(fitted.Residual.ToArray(), deviation => Assert.InRange(deviation, 0.01, 1));
    }

    [Fact]
    public void The_same_seeds_give_the_same_bits_and_fewer_codes_are_the_first()
    {
        using PairCodes model = new(seed: 1), other = new(seed: 1);
        float[] many = new float[20], few = new float[8], again = new float[20], others = new float[20];
        var fitted = Fit(model, 30);
        fitted.Sample(7, many);
        fitted.Sample(7, few);
        Assert.Equal(many[..8], few);
        Fit(other, 30).Sample(7, again);
        Assert.Equal(many, again);
        fitted.Sample(8, others);
        Assert.NotEqual(many, others);
    }

    /// <summary>Posteriors as wide as the codes are apart: what is drawn is as wide.</summary>
    [Fact]
    public void Codes_of_a_posterior_are_drawn_from_it()
    {
        using PairCodes exact = new(seed: 1), drawn = new(seed: 1);
        float[] narrow = new float[2000], wide = new float[2000];
        Fit(exact, 400).Sample(1, narrow);
        Fit(drawn, 400, logVariances: [.. Enumerable.Repeat(MathF.Log(100), 2 * Count)]).Sample(1, wide);
        static double Variance(float[] codes)
        {
            var first = codes.Where((_, i) => i % 2 == 0).ToList();
            return first.Average(value => Math.Pow(value - first.Average(), 2));
        }
        Assert.InRange(Variance(narrow), 2, 8);
        Assert.InRange(Variance(wide), 70, 140);
    }

    [Fact]
    public void Learning_rates_are_left_as_they_were()
    {
        using var model = new PairCodes(seed: 1);
        Fit(model, 5);
        Assert.Equal(3e-3f, model.Hyperparameters["learning_rate"]);
        Assert.Equal(5, model.Steps);
    }

    [Fact]
    public void What_cannot_be_fitted_is_said()
    {
        using var model = new PairCodes(seed: 1);
        using var other = new TripleCodes(seed: 1);
        static string Message<T>(Action call) where T : Exception => Assert.ThrowsAny<T>(call).Message;
        Assert.StartsWith("Expected a model whose examples are codes of 2 numbers, got TripleCodes, whose examples have 3.",
            Message<ArgumentException>(() => SecondStageSampler.Fit(other, Codes(), [], 2, 5, 1)));
        Assert.StartsWith("Expected at least 50 codes (one batch), got 49.",
            Message<ArgumentException>(() => SecondStageSampler.Fit(model, Codes().AsSpan(0, 98), [], 2, 5, 1)));
        Assert.StartsWith("Expected codes that differ, but all have 3 as number 1.", Message<ArgumentException>(() =>
            SecondStageSampler.Fit(model, [.. Codes().Select((value, i) => i % 2 == 1 ? 3 : value)], [], 2, 5, 1)));
        Assert.StartsWith("Expected at least 1 step, got 0.",
            Message<ArgumentException>(() => SecondStageSampler.Fit(model, Codes(), [], 2, 0, 1)));
        Assert.Contains("row 1", Message<ArgumentException>(() =>
            SecondStageSampler.Fit(model, [.. Codes().Select((value, i) => i == 2 ? float.NaN : value)], [], 2, 5, 1)));
        Assert.ThrowsAny<ArgumentException>(() => SecondStageSampler.Fit(model, Codes(), new float[3], 2, 5, 1));
        Assert.ThrowsAny<ArgumentException>(() => SecondStageSampler.Fit(model, Codes().AsSpan(0, 101), [], 2, 5, 1));
        Assert.Throws<ArgumentNullException>(() => SecondStageSampler.Fit<PairCodes>(null!, Codes(), [], 2, 5, 1));
        var fitted = Fit(model, 1);
        Assert.StartsWith("Expected room for codes of 2 numbers, got 3.", Message<ArgumentException>(() => fitted.Sample(1, new float[3])));
    }
}

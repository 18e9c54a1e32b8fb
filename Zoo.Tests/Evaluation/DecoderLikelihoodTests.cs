using Zoo.Samples.Experiments;

namespace Zoo.Tests.Metrics;

/// <summary>A small VAE with codes in the plane, so that log p(x) is an integral that can be taken.</summary>
[Vae(Input = [6], Batch = 8)]
public partial class PlaneVae
{
    static Gaussian Encoder(Tensor x) => new(x.Dense(2), Tensor.Parameter("log_variance", [2]));

    static Bernoulli Decoder(Tensor z) => new(z.Dense(16).Tanh().Dense(6));
}

/// <summary>
/// What the documentation of <see cref="IDecoderLikelihood"/> says to write: the decoder again, its density and its slope.
/// </summary>
[Model(Input = [6], Batch = 8)]
public partial class PlaneLikelihood : IDecoderLikelihood
{
    [Network]
    static Bernoulli Decoder(Tensor z) => new(z.Dense(16).Tanh().Dense(6));

    [Network]
    static (Tensor Value, Tensor Slope) Likelihood(Tensor z, Tensor x)
    {
        var value = Decoder(z).LogProbability(x);
        return (value, Tensor.Gradient(value, z));
    }

    [Phase]
    static Tensor Unused(Tensor x, Noise n) => -Likelihood(n.Normal(2), x).Value;

    /// <inheritdoc/>
    public int CodeSize => 2;

    /// <inheritdoc/>
    public int ExampleSize => 6;

    /// <inheritdoc/>
    public void LogLikelihoodWithGradient(
        ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients) =>
        RunLikelihood(z, x, logLikelihoods, gradients);
}

/// <summary>A generated model as the density of a decoder: its slope by finite differences, log p(x) by quadrature.</summary>
public sealed class DecoderLikelihoodTests : IDisposable
{
    static readonly float[] X = [1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1];

    readonly PlaneVae vae = new(seed: 4);
    readonly PlaneLikelihood likelihood = new();

    public DecoderLikelihoodTests()
    {
        // Larger than first weights are, for a posterior that is not the prior.
        foreach (var parameter in likelihood.Parameters)
        {
            var values = new float[parameter.Length];
            vae.Parameters[parameter.Name].CopyTo(values);
            vae.Parameters[parameter.Name].CopyFrom([.. values.Select(value => 3 * value)]);
            vae.Parameters[parameter.Name].CopyTo(values);
            parameter.CopyFrom(values);
        }
    }

    public void Dispose()
    {
        vae.Dispose();
        likelihood.Dispose();
    }

    [Fact]
    public void Its_slope_is_that_of_the_density()
    {
        float[] z = [0.3f, -0.7f, 1.2f, 0.1f, -0.4f, 0.9f], logs = new float[3], slopes = new float[6], mean = new float[18];
        likelihood.LogLikelihoodWithGradient(z, X, logs, slopes);
        vae.Decode(z, mean);
        for (var row = 0; row < 3; row++)
        {
            var expected = Enumerable.Range(row * 6, 6).Sum(i => Math.Log(X[i] > 0.5 ? mean[i] : 1 - (double)mean[i]));
            Assert.Equal(expected, logs[row], 1e-4);
        }
        const float step = 1e-2f;
        for (var axis = 0; axis < 2; axis++)
        {
            float[] Moved(float by)
            {
                float[] moved = [.. z.Select((value, i) => i % 2 == axis ? value + by : value)], values = new float[3];
                likelihood.LogLikelihoodWithGradient(moved, X, values, new float[6]);
                return values;
            }
            float[] ahead = Moved(step), behind = Moved(-step);
            for (var row = 0; row < 3; row++)
                Assert.Equal((ahead[row] - behind[row]) / (2.0 * step), slopes[row * 2 + axis], 5e-3);
        }
    }

    [Fact]
    public void Both_estimates_are_the_integral_within_their_errors()
    {
        var exact = PlaneQuadrature.LogLikelihood((z, mean) => vae.Decode(z, mean), X, 6);
        var annealed = AnnealedLikelihood.Of(likelihood, X, 1, new() { Schedule = AnnealingSchedule.Sigmoid(100) }).Likelihood;
        float[] means = new float[6], logVariances = new float[6];
        vae.Encode(X, means, logVariances);
        var fromEncoder = AnnealedLikelihood.Of(
            likelihood, X, 2, new() { Schedule = AnnealingSchedule.Linear(60) }, means, logVariances).Likelihood;
        var sampled = LikelihoodEstimate.Of(vae.LogLikelihood, X, 6, samples: 20_000, parts: 20);
        foreach (var estimate in (LikelihoodEstimate[])[annealed, fromEncoder, sampled])
        {
            for (var row = 0; row < 3; row++)
            {
                Assert.InRange(estimate.Deviations[row], 1e-5, 0.15);
                Assert.Equal(exact[row], estimate.PerExample[row], 4 * estimate.Deviations[row]);
            }
        }
    }
}

using Zoo.Models;

namespace Zoo.Tests.Engines;

/// <summary>The importance-sampled likelihood where it is known, and what Burda et al. 2016, theorem 1, promise of it everywhere.</summary>
public class LikelihoodTests
{
    const int Size = 4, Latent = 2, Rows = 6;

    // The encoder is not trained: a proposal that is not the posterior, whose weights differ, is what the estimate must correct for.
    const string Linear = """
        using Zoo;

        [Vae(Input = [4], Batch = 8)]
        public partial class Linear
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), Tensor.Parameter("log_variance", [2]));

            static Gaussian Decoder(Tensor z) => new(z.Dense(4), Tensor.Parameter("log_variance", [1]));
        }
        """;

    delegate double LogLikelihood(ReadOnlySpan<float> x, int samples, Span<double> perRow);

    /// <summary>z ~ N(0, I), x = Wz + b + σε: log N(x; b, WWᵀ + σ²I).</summary>
    [Fact]
    public void OfALinearModelIsGaussian()
    {
        using var compiled = new CompiledModels([Linear]);
        using var model = compiled.Create("Linear", 3, Device.Cpu);
        float[] weight = [0.8f, -0.3f, 0.2f, 0.9f, -0.6f, 0.4f, 0.1f, 0.7f], bias = [0.1f, -0.2f, 0.3f, 0f];
        const float logVariance = -0.4f;
        model.Parameters["decoder.dense1.weight"].CopyFrom(weight);
        model.Parameters["decoder.dense1.bias"].CopyFrom(bias);
        model.Parameters["decoder.log_variance"].CopyFrom([logVariance]);
        var random = new System.Random(8);
        float[] x = [.. Enumerable.Range(0, Rows * Size).Select(_ => 2 * random.NextSingle() - 1)];

        var estimated = new double[Rows];
        // More than 2¹⁶: iterations that no longer fit one step's counter. The weights' spread leaves a standard error of about 0.006.
        compiled.Type("Linear").GetMethod("LogLikelihood")!.CreateDelegate<LogLikelihood>(model)(x, 100_000, estimated);

        for (var row = 0; row < Rows; row++)
            Assert.Equal(ClosedForm([.. x.Skip(row * Size).Take(Size)], weight, bias, Math.Exp(logVariance)), estimated[row], 0.02);
    }

    [Fact]
    public void RisesWithSamplesFromTheBound()
    {
        using var vae = new FashionVae(2, Device.Cpu);
        var random = new System.Random(4);
        float[] x = [.. Enumerable.Range(0, 128 * 784).Select(_ => random.NextSingle())];
        for (var step = 0; step < 5; step++) vae.Train(x);
        // Means over 128 rows: the gaps between these are 0.5 and 0.2 nats, the draws' noise at most 0.1 and 0.05.
        var bound = vae.Evaluate(x).Elbo;
        double few = vae.LogLikelihood(x, 4), many = vae.LogLikelihood(x, 64);
        Assert.True(bound < few && few < many, $"bound {bound}, 4 samples {few}, 64 samples {many}");
    }

    /// <summary>Through the Cholesky factor of the covariance.</summary>
    static double ClosedForm(float[] x, float[] weight, float[] bias, double variance)
    {
        var factor = new double[Size, Size];
        var (logDeterminant, square) = (0.0, 0.0);
        var whitened = new double[Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = Enumerable.Range(0, Latent).Sum(k => (double)weight[i * Latent + k] * weight[j * Latent + k])
                    + (i == j ? variance : 0);
                for (var k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
            var rest = (double)x[i] - bias[i];
            for (var k = 0; k < i; k++) rest -= factor[i, k] * whitened[k];
            whitened[i] = rest / factor[i, i];
            square += whitened[i] * whitened[i];
            logDeterminant += 2 * Math.Log(factor[i, i]);
        }
        return -0.5 * (Size * Math.Log(2 * Math.PI) + logDeterminant + square);
    }
}

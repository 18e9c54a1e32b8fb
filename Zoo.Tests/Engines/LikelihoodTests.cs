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
        var (x, exact) = OfLinear(model, Rows);
        var estimated = new double[Rows];
        // More than 2¹⁶: iterations that no longer fit one step's counter. The weights' spread leaves a standard error of about 0.006.
        compiled.Type("Linear").GetMethod("LogLikelihood")!.CreateDelegate<LogLikelihood>(model)(x, 100_000, estimated);
        for (var row = 0; row < Rows; row++) Assert.Equal(exact[row], estimated[row], 0.02);
    }

    /// <summary>Gives the model weights; examples, and log p(x) of each.</summary>
    static (float[] X, double[] Exact) OfLinear(IGenerativeModel model, int rows)
    {
        float[] weight = [0.8f, -0.3f, 0.2f, 0.9f, -0.6f, 0.4f, 0.1f, 0.7f], bias = [0.1f, -0.2f, 0.3f, 0f];
        const float logVariance = -0.4f;
        model.Parameters["decoder.dense1.weight"].CopyFrom(weight);
        model.Parameters["decoder.dense1.bias"].CopyFrom(bias);
        model.Parameters["decoder.log_variance"].CopyFrom([logVariance]);
        var random = new System.Random(8);
        float[] x = [.. Enumerable.Range(0, rows * Size).Select(_ => 2 * random.NextSingle() - 1)];
        return (x, [.. Enumerable.Range(0, rows)
            .Select(row => ClosedForm([.. x.Skip(row * Size).Take(Size)], weight, bias, Math.Exp(logVariance)))]);
    }

    /// <summary>L₁ ≤ L₅ ≤ L₅₀ ≤ log p(x) (Burda et al. 2016, theorem 1), on average over as many rows as leave little noise.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsApproachedFromBelow(bool isConditional)
    {
        const int many = 3000;
        using var compiled = new CompiledModels([isConditional ? LinearGiven : Linear]);
        using var model = compiled.Create(isConditional ? "LinearGiven" : "Linear", 3, Device.Cpu);
        var (bounds, exact) = (new double[3], 0.0);
        int[] samples = [1, 5, 50];
        if (isConditional)
        {
            var (x, y, each) = OfLinearGiven(model, many);
            var likelihood = InferenceTests.Method<LogLikelihoodGiven>(model, "LogLikelihood");
            (bounds, exact) = ([.. samples.Select(k => likelihood(x, y, k, default))], each.Average());
        }
        else
        {
            var (x, each) = OfLinear(model, many);
            var likelihood = InferenceTests.Method<LogLikelihood>(model, "LogLikelihood");
            (bounds, exact) = ([.. samples.Select(k => likelihood(x, k, default))], each.Average());
        }
        // A row's deviation is about 2 with one sample and 0.2 with fifty, over the root of 3,000.
        Assert.True(
            bounds[0] + 0.1 < bounds[1] && bounds[1] + 0.02 < bounds[2] && bounds[2] < exact + 0.01 && bounds[2] > exact - 0.2,
            $"L₁ {bounds[0]}, L₅ {bounds[1]}, L₅₀ {bounds[2]}, log p {exact}");
    }

    const string LinearGiven = """
        using Zoo;

        [ConditionalVae(Input = [4], Condition = [3], Batch = 8)]
        public partial class LinearGiven
        {
            static Gaussian Encoder(Tensor x, Tensor y) => new(Tensor.Concat(x, y).Dense(2), Tensor.Parameter("log_variance", [2]));

            static Gaussian Prior(Tensor y) => new(y.Dense(2), Tensor.Parameter("log_variance", [2]));

            static Gaussian Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(4), Tensor.Parameter("log_variance", [1]));
        }
        """;

    delegate double LogLikelihoodGiven(ReadOnlySpan<float> x, ReadOnlySpan<float> condition, int samples, Span<double> perRow);

    /// <summary>z ~ N(m(y), S), x = Wz + Vy + b + σε: log N(x; W·m(y) + Vy + b, WSWᵀ + σ²I).</summary>
    [Fact]
    public void OfALinearModelWithAPriorNetworkIsGaussian()
    {
        using var compiled = new CompiledModels([LinearGiven]);
        using var model = compiled.Create("LinearGiven", 3, Device.Cpu);
        var (x, y, exact) = OfLinearGiven(model, Rows);
        var estimated = new double[Rows];
        InferenceTests.Method<LogLikelihoodGiven>(model, "LogLikelihood")(x, y, 100_000, estimated);
        for (var row = 0; row < Rows; row++) Assert.Equal(exact[row], estimated[row], 0.02);
    }

    /// <summary>Gives the model weights; examples, conditions, and log p(x|y) of each.</summary>
    static (float[] X, float[] Y, double[] Exact) OfLinearGiven(IGenerativeModel model, int rows)
    {
        var random = new System.Random(5);
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
        foreach (var parameter in model.Parameters) parameter.CopyFrom(Random(parameter.Length));
        // A proposal that is wider than the prior, and so than the posterior, has weights that are bounded.
        model.Parameters["encoder.log_variance"].CopyFrom([1.2f, 1.2f]);
        model.Parameters["encoder.dense1.weight"].CopyFrom([.. Random(14).Select(w => 0.2f * w)]);
        model.Parameters["decoder.log_variance"].CopyFrom([0.5f]);
        float[] Values(string name)
        {
            var values = new float[model.Parameters[name].Length];
            model.Parameters[name].CopyTo(values);
            return values;
        }
        float[] x = Random(rows * Size), y = Random(rows * 3);
        float[] ofPrior = Values("prior.dense1.weight"), priorBias = Values("prior.dense1.bias"), spread = Values("prior.log_variance");
        float[] ofCode = Values("decoder.dense1.weight"), bias = Values("decoder.dense1.bias");
        float[] weight = [.. Enumerable.Range(0, Size * Latent).Select(i => ofCode[i / Latent * 5 + i % Latent])];
        float[] scaled = [.. weight.Select((w, i) => w * MathF.Exp(spread[i % Latent] / 2))];
        var exact = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            var given = y.AsSpan(row * 3, 3).ToArray();
            double[] centre = [.. Enumerable.Range(0, Latent)
                .Select(k => priorBias[k] + given.Select((v, i) => (double)v * ofPrior[k * 3 + i]).Sum())];
            float Centred(int i) => (float)(x[row * Size + i] - given.Select((v, k) => (double)v * ofCode[i * 5 + Latent + k]).Sum()
                - centre.Select((c, k) => c * weight[i * Latent + k]).Sum());
            exact[row] = ClosedForm(
                [.. Enumerable.Range(0, Size).Select(Centred)], scaled, bias, Math.Exp(Values("decoder.log_variance")[0]));
        }
        return (x, y, exact);
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

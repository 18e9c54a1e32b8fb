using Zoo.Samples.Pictures;

namespace Zoo.Tests.Engines;

/// <summary>
/// A linear VAE with one learned variance has probabilistic PCA's likelihood as its optimum (Tipping and Bishop 1999, eq. 8; Lucas et al.
/// 2019): training,
/// the bound and the importance-sampled likelihood against a closed form.
/// </summary>
public class LinearVaeTests
{
    const int Size = 5, Latent = 2, Count = 256;

    const string Linear = """
        using Zoo;

        [Vae(Input = [5], Batch = 256)]
        [Adam(LearningRate = 1e-2f)]
        public partial class Linear
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), Tensor.Parameter("log_variance", [2]));

            static Gaussian Decoder(Tensor z) => new(z.Dense(5), Tensor.Parameter("log_variance", [1]));
        }
        """;

    delegate double LogLikelihood(ReadOnlySpan<float> x, int samples, Span<double> perRow);

    [Fact]
    public void ReachesProbabilisticPca()
    {
        var x = Data();
        using var compiled = new CompiledModels([Linear]);
        using var model = compiled.Create("Linear", 1, Device.Cpu);
        var losses = new float[3];
        for (var step = 0; step < 6000; step++)
        {
            if (step == 4000) model.Hyperparameters["learning_rate"] = 1e-3f;
            model.Step(x, default, default, losses);
        }
        var optimum = ClosedForm(x);
        var likelihood = compiled.Type("Linear").GetMethod("LogLikelihood")!.CreateDelegate<LogLikelihood>(model)(x, 200, default);
        Assert.InRange(likelihood, optimum - 0.01, optimum + 0.01);
        // The bound of one batch carries the noise of its draws; the likelihood's importance weights hardly differ, since q is the
        // posterior.
        Assert.InRange(losses[2], optimum - 0.2, optimum + 0.2);
    }

    /// <summary>−½ (d log 2π + Σ log λ over the kept + (d − q) log σ² + d), σ² the mean of the variances left out.</summary>
    static double ClosedForm(float[] x)
    {
        var variances = PrincipalComponents.Of(x, Size).Variances;
        var noise = variances.Skip(Latent).Average();
        return -0.5 * (Size * Math.Log(2 * Math.PI) + variances.Take(Latent).Sum(Math.Log) + (Size - Latent) * Math.Log(noise) + Size);
    }

    static float[] Data()
    {
        var random = new System.Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[,] loading = { { 1.5, 0.2 }, { -0.7, 1.1 }, { 0.4, 0.9 }, { 0, -1.3 }, { 0.8, 0.5 } };
        var x = new float[Count * Size];
        for (var row = 0; row < Count; row++)
        {
            var (a, b) = (Normal(), Normal());
            for (var i = 0; i < Size; i++) x[row * Size + i] = (float)(loading[i, 0] * a + loading[i, 1] * b + 0.3 * Normal() + 0.1 * i);
        }
        return x;
    }
}

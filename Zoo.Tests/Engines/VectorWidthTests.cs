using Zoo.Runtime;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>
/// Losses, gradients and updates of the image model at every vector width: a small one on any number of threads, then the real one.
/// </summary>
public class VectorWidthTests
{
    const string Small = """
        using Zoo;

        [Vae(Input = [20], Batch = 13)]
        [Adam(LearningRate = 1e-3f)]
        public partial class Small
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(16).Relu();
                return new Gaussian(mean: h.Dense(3), logVariance: h.Dense(3));
            }

            static Bernoulli Decoder(Tensor z) => new Bernoulli(logits: z.Dense(16).Relu().Dense(20));
        }
        """;

    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    [Fact]
    public void SmallModel()
    {
        var model = new RandomModel("Small", Small, [20], 13, [3], 1, true);
        using var compiled = new CompiledModels([Small]);
        foreach (var width in Widths)
        {
            for (var threads = 1; threads <= 3; threads++)
            {
                using var device = SharedWork.Among(threads, width);
                using var instance = compiled.Create("Small", 11, device);
                RandomProgramTests.ThreeSteps(model, instance, compiled.Traces["Small"], threads);
            }
        }
    }

    /// <summary>784-400-20, batch 128: one step in double precision, which every width must take.</summary>
    [Fact]
    public void FashionVae()
    {
        const string name = "Zoo.Surface.FashionVae";
        using var compiled = new CompiledModels([Declarations.FashionVae]);
        var trace = compiled.Traces[name];
        var random = new System.Random(3);
        float[] x = [.. Enumerable.Range(0, 128 * 784).Select(_ => random.NextSingle())];
        var key = Philox.DrawKey(2, "epsilon");
        double[] epsilon = [.. Enumerable.Range(0, 128 * 20).Select(i => (double)Philox.Normal(key, 0, 0, i / 20, i % 20))];

        Dictionary<string, double[]>? expected = null;
        foreach (var width in Widths)
        {
            using var device = SharedWork.Among(2, width);
            using var vae = compiled.Create(name, 2, device);
            // The same seed gives the same weights at every width, so one evaluation of the oracle serves all.
            expected ??= new OracleStep(trace).Run("Gradients", vae, 128, new() { ["x"] = [.. x.Select(v => (double)v)] },
                new() { ["epsilon"] = epsilon }, 0);
            var reference = new ReferenceVae(trace);
            var before = trace.Parameters.ToDictionary(p => p.Name, p => Values(vae.Parameters[p.Name]));
            foreach (var (parameter, values) in before) reference.Load(parameter, values);

            var losses = new float[3];
            vae.Step(x, default, default, losses);

            Tolerances.Close($"{width} losses",
                [expected["loss.Reconstruction"][0], expected["loss.Divergence"][0], expected["loss.Elbo"][0]], losses, Tolerances.Loss, 1);
            var gradients = new Dictionary<string, double[]>();
            foreach (var parameter in trace.Parameters)
            {
                var gradient = new float[vae.Parameters[parameter.Name].Length];
                vae.Parameters[parameter.Name].CopyGradientTo(gradient);
                float[] actual = [.. OracleStep.FromSurface(parameter, gradient).Select(v => (float)v)];
                Tolerances.Close($"{width} gradient of {parameter.Name}", expected[$"gradient.{parameter.Name}"], actual,
                    Tolerances.Gradient);
                gradients[$"gradient.{parameter.Name}"] = [.. gradient.Select(v => (double)v)];
            }
            reference.Update(gradients);
            foreach (var (parameter, start) in before)
            {
                double[] wanted = [.. reference.Value(parameter).Select((v, i) => v - start[i])];
                float[] made = [.. Values(vae.Parameters[parameter]).Select((v, i) => v - start[i])];
                Tolerances.Close($"{width} update of {parameter}", wanted, made, Tolerances.Update, Tolerances.UpdateFloor);
            }
        }
    }

    static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return values;
    }
}

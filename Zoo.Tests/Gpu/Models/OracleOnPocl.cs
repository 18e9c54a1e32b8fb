using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Gpu;

/// <summary>
/// A hundred steps on PoCL against the interpreter's own hundred steps in double precision, from the same weights, batches and draws.
/// </summary>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public sealed class OracleOnPocl(PoclDevice pocl)
{
    const string Source = """
        using Zoo;

        /// <summary>A small model.</summary>
        [Vae(Input = [24], Batch = 20)]
        [Adam(LearningRate = 1e-3f, Epsilon = 1e-3f)]
        public partial class Small
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(40).Relu();
                return new(h.Dense(3), h.Dense(3));
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(40).Softplus().Dense(24));
        }
        """;

    /// <summary>Of what a weight has moved in a hundred steps, relative to the tensor's largest move.</summary>
    const double Weight = 1e-3;

    [PoclFact]
    public void HundredStepsGiveTheInterpretersWeights()
    {
        using var compiled = new CompiledModels([Source], hasGpu: true);
        using var model = compiled.Create("Small", 3, pocl.Device);
        var reference = new ReferenceVae(compiled.Traces["Small"]);
        var first = model.Parameters.ToDictionary(p => p.Name, Values);
        foreach (var (name, values) in first) reference.Load(name, values);
        var (losses, random) = (new float[3], new System.Random(1));
        var epsilon = new float[model.Draws.Length("epsilon")];
        for (var step = 0; step < 100; step++)
        {
            float[] x = [.. Enumerable.Range(0, 20 * 24).Select(i => (i + step) % 3 == 0 ? 1f : random.NextSingle() * 0.2f)];
            model.Step(x, default, default, losses);
            model.Draws.CopyTo("epsilon", epsilon);
            var expected = reference.LossesAndGradients([.. x.Select(v => (double)v)], [.. epsilon.Select(v => (double)v)]);
            reference.Update(expected);
            Tolerances.Close($"step {step}", [expected["loss.Reconstruction"][0], expected["loss.Divergence"][0], expected["loss.Elbo"][0]],
                losses, 1e-4, 1);
        }
        foreach (var parameter in model.Parameters)
        {
            var start = first[parameter.Name];
            Tolerances.Close(parameter.Name, [.. reference.Value(parameter.Name).Select((v, i) => v - start[i])],
                [.. Values(parameter).Select((v, i) => v - start[i])], Weight);
        }
    }

    static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return values;
    }
}

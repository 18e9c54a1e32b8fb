using Zoo.Generators.Emission;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Engines;

/// <summary>
/// A model whose encoder, a program for any number of rows, has been given what all rows of a call have in common: how many they are, and
/// draws that they share. No variant writes such programs yet.
/// </summary>
static class SharedValues
{
    public const string Source = """
        using Zoo;

        /// <summary>A small model.</summary>
        [Vae(Input = [3], Batch = 4)]
        public partial class Small
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));

            static Gaussian Decoder(Tensor z) => new(z.Dense(3), 0f);
        }
        """;

    const int Latent = 2;

    public delegate void Encode(ReadOnlySpan<float> x, Span<float> mean, Span<float> logVariance);

    public static SourceFile ForCpu(ModelTrace trace) => CpuEmitter.Run(PlanMemory.Run(Partition.ForCpu(Fuse.Run(Graph(trace)))));

    public static SourceFile ForGpu(ModelTrace trace) => GpuEmitter.Run(PlanMemory.Run(Partition.ForGpu(Fuse.Run(Graph(trace)))));

    /// <summary>The mean and the number of rows; the log-variance and two uniform numbers.</summary>
    static ModelGraph Graph(ModelTrace trace)
    {
        var model = Differentiate.Run(BuildPrograms.Run(trace).Graph);
        var g = new GraphBuilder();
        var import = g.Rewriter((_, _) => null);
        Node Change(string name, Node root) => name == "output.mean"
            ? g.Add(import(root), g.RowCount())
            : g.Add(import(root), g.Draw("shared", DrawKind.Uniform, TensorType.Shared(Latent)));
        Roots<ResultName> Changed(Roots<ResultName> roots) => new(roots.Select(r => (r.Name, Change(r.Name.ToString(), r.Node))));
        var programs = model.Programs.Select(p => p.Name == "Encode" ? p with { Results = Changed(p.Results) } : p);
        return Orient.Run(Simplify.Run(model with { Programs = new(programs) }));
    }

    /// <summary>What the changed encoder adds to the plain one's results: calls of one run, full or not, and of several.</summary>
    public static void Check(CompiledModels changed, CompiledModels plain, Device device, Device plainDevice)
    {
        using var model = changed.Create("Small", 5, device);
        using var reference = plain.Create("Small", 5, plainDevice);
        float[]? shared = null;
        foreach (var rows in (int[])[3, 64, 150])
        {
            float[] x = [.. Enumerable.Range(0, rows * 3).Select(i => MathF.Sin(i))];
            var (mean, logVariance) = (new float[rows * Latent], new float[rows * Latent]);
            var (plainMean, plainLogVariance) = (new float[rows * Latent], new float[rows * Latent]);
            Method(model)(x, mean, logVariance);
            Method(reference)(x, plainMean, plainLogVariance);
            shared ??= [logVariance[0] - plainLogVariance[0], logVariance[1] - plainLogVariance[1]];
            double[] counted = [.. plainMean.Select(v => v + (double)rows)];
            double[] drawn = [.. plainLogVariance.Select((v, i) => v + (double)shared[i % Latent])];
            Tolerances.Close($"{rows} rows, mean", counted, mean, Tolerances.Result);
            Tolerances.Close($"{rows} rows, draw", drawn, logVariance, Tolerances.Result, 1);
        }
        Assert.All(shared!, value => Assert.InRange(value, 0, 1));
        Assert.NotEqual(shared![0], shared[1]);
    }

    public static Encode Method(IGenerativeModel model)
    {
        Type[] parameters = [typeof(ReadOnlySpan<float>), typeof(Span<float>), typeof(Span<float>)];
        return model.GetType().GetMethod("Encode", parameters)!.CreateDelegate<Encode>(model);
    }
}

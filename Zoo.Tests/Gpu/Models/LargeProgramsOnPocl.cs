using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>
/// What small declarations never reach: several tiles each way with ragged ends, long reductions, more sums and more buffers than a kernel
/// holds.
/// </summary>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public sealed class LargeProgramsOnPocl(PoclDevice pocl)
{
    const string Wide = """
        using Zoo;

        /// <summary>Several tiles each way, none of them full.</summary>
        [Vae(Input = [130], Batch = 65)]
        [Adam(Epsilon = 1e-3f, ClipNorm = 1f)]
        public partial class Wide
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(70).LayerNorm().Tanh();
                return new(h.Dense(3), h.Dense(3).Tanh());
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(70).Softplus().Dense(130), Tensor.Parameter("log_variance", [130]));
        }
        """;

    const string Tall = """
        using Zoo;

        /// <summary>Sums over more rows and more columns than one group adds up.</summary>
        [Vae(Input = [4500], Batch = 300)]
        [Sgd(LearningRate = 1e-4f)]
        public partial class Tall
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = (x - x.Mean()).Tanh();
                return new(h.Dense(2), -1f);
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(4500));
        }
        """;

    const string Many = """
        using Zoo;

        /// <summary>Ten parameters in one map: twenty buffers, and gradients that are ten sums over its rows.</summary>
        [Vae(Input = [70], Batch = 66)]
        OPTIMIZER
        public partial class Many
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x;
                h = h * Tensor.Parameter("p1", [70], Init.Ones) + Tensor.Parameter("q1", [70]);
                h = h.Tanh() * Tensor.Parameter("p2", [70], Init.Ones) + Tensor.Parameter("q2", [70]);
                h = h.Sin() * Tensor.Parameter("p3", [70], Init.Ones) + Tensor.Parameter("q3", [70]);
                h = h.Tanh() * Tensor.Parameter("p4", [70], Init.Ones) + Tensor.Parameter("q4", [70]);
                h = h.Sin() * Tensor.Parameter("p5", [70], Init.Ones) + Tensor.Parameter("q5", [70]);
                return new(h.Dense(2), -1f);
            }

            static Gaussian Decoder(Tensor z) => new(z.Dense(70), 0f);
        }
        """;

    static string ManyWith(string optimizer) => Many.Replace("OPTIMIZER", optimizer, StringComparison.Ordinal);

    [PoclFact]
    public void SeveralTilesEachWay() => Agree("Wide", [Wide], 65 * 130);

    [PoclFact]
    public void LongReductions()
    {
        Assert.Contains(Kernels(Tall), k => k is ReduceKernel { MiddlePerBlock: > 0 });
        Agree("Tall", [Tall], 300 * 4500);
    }

    /// <summary>Sums beyond the fourth go through memory; buffers beyond the sixteenth are numbers in the kernel.</summary>
    [PoclFact]
    public void MoreSumsAndBuffersThanAKernelHolds()
    {
        var source = ManyWith("[Adam(Epsilon = 1e-3f)]");
        var maps = Kernels(source).Select(k => k switch { MapKernel m => m.Body, ProductKernel p => p.Epilogue, _ => null })
            .OfType<MapBody>().ToList();
        Assert.Contains(maps, m => m.Reads().Concat(m.Writes()).Distinct().Count() > 16);
        Assert.Contains(Kernels(source), k => k.Summary.EndsWith("Σ over rows.", StringComparison.Ordinal));
        Agree("Many", [source], 66 * 70);
    }

    /// <summary>Two models that differ in where their activations begin, which those numbers depend on.</summary>
    [PoclFact]
    public void NumbersInAKernelAreOfItsModel() => Agree("Many", [ManyWith("[Sgd(LearningRate = 1e-3f)]")], 66 * 70);

    static List<Kernel> Kernels(string source) =>
        [.. Pipeline.Plan(Generators.GeneratorRun.Of(source).Trace!, Target.Gpu).Program("Gradients").Kernels];

    void Agree(string name, string[] sources, int batch)
    {
        using var compiled = new CompiledModels(sources, hasGpu: true);
        using var gpu = compiled.Create(name, 5, pocl.Device);
        using var cpu = compiled.Create(name, 5, Device.Cpu);
        var random = new System.Random(1);
        for (var step = 0; step < 2; step++)
            SideBySide.Step($"step {step}", cpu, gpu, [.. Enumerable.Range(0, batch).Select(_ => random.NextSingle())]);
    }
}

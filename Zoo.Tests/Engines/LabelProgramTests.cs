using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Runtime;

namespace Zoo.Tests.Engines;

/// <summary>Labels through the whole back end: a choice of rows and sums by label, at every width, and no one-hot row in memory.</summary>
public class LabelProgramTests
{
    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    /// <summary>
    /// Ragged everywhere; sums that workers share by columns, and by classes; a layer that would lie turned; one class
    /// and one column; two rows an example.
    /// </summary>
    static readonly GraphProgram[] Classifiers =
    [
        LabelPrograms.Classifier("Ragged", 13, 7, 5, 21), LabelPrograms.Classifier("Wide", 100, 30, 10, 300),
        LabelPrograms.Classifier("Many", 70, 5, 700, 33),
        LabelPrograms.Classifier("Narrow", 20, 50, 10, 8),
        LabelPrograms.Classifier("One", 6, 3, 1, 1), LabelPrograms.Classifier("Twice", 9, 11, 4, 18, samples: 2),
    ];

    [Fact]
    public void ClassifiersAreTheInterpretersAtEveryWidth()
    {
        using var engines = new GraphEngines(Classifiers);
        foreach (var program in Classifiers)
        {
            var expected = program.Expected();
            foreach (var width in Widths)
            {
                int[]? bits = null;
                for (var threads = 1; threads <= 3; threads++)
                {
                    using var device = Device.CpuWith(threads, width);
                    var actual = engines.Run(program, device);
                    foreach (var (name, values) in expected)
                        Tolerances.Close($"{program.Name} {name} at {width}", values, actual[name], Tolerances.Gradient, 1e-3);
                    int[] found = [.. actual.Values.SelectMany(v => v).Select(BitConverter.SingleToInt32Bits)];
                    Assert.Equal(bits ??= found, found);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LabelsMayBeComputed(bool isPlain)
    {
        var program = LabelPrograms.ComputedLabels(37);
        using var engines = new GraphEngines([program], isPlain: isPlain);
        foreach (var width in Widths)
        {
            using var device = Device.CpuWith(2, width);
            var actual = engines.Run(program, device);
            foreach (var (name, values) in program.Expected())
                Tolerances.Close($"{name} at {width}", values, actual[name], Tolerances.Result, 1);
        }
    }

    [Fact]
    public void NothingHasTheSizeOfOneHotRowsButWhatIsAsked()
    {
        var program = LabelPrograms.Classifier("Looked", 70, 6, 40, 24);
        var plan = GraphEngines.Fused(program.Compile().Graph).Programs[0];
        var text = PlanPrinter.Print(plan);
        // The classes are an operand of comparisons, and [classes × hidden] is nowhere but in its place of the gradient.
        Assert.Contains(LabelPrograms.Maps(plan).SelectMany(m => m.Instructions), i => i.Op == Op.OneHot);
        Assert.DoesNotContain(plan.Buffers, b => b.Name.StartsWith("onehot", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Buffers, b => b.Name.StartsWith("concat", StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Buffers, b => b.Kind == BufferKind.Activation && b.Length == Extent.Of(40 * 24));
        var weight = plan.Buffers.Single(b => b is { Kind: BufferKind.Gradient, Name: "net.dense1.weight" });
        var writers = plan.Kernels.Where(k => k.Writes.Contains(weight.Id)).ToList();
        Assert.Collection(
            writers.OrderBy(k => k is ScatterKernel),
            product => Assert.Equal(0, Assert.IsType<ProductKernel>(product).C.Offset),
            scatter => Assert.Equal(6 * 24, Assert.IsType<ScatterKernel>(scatter).TargetOffset));
        var labels = plan.Buffers.Single(b => b is { Kind: BufferKind.Input, Name: "y" });
        Assert.Contains(labels.Id, writers.OfType<ScatterKernel>().Single().Reads);
        // The rows of the table join the product's map.
        var layer = plan.Kernels.OfType<ProductKernel>().First(k => k.Epilogue?.Instructions.Any(i => i.Op == Op.Gather) == true);
        Assert.Equal(6, layer.K.Fixed);
        Assert.Contains("tanh(C + net.dense1.weight[6 + y] + net.dense1.bias)", layer.Summary, StringComparison.Ordinal);
        Assert.Contains("∂net.dense1.weight[6..46] = Σ", writers.OfType<ScatterKernel>().Single().Summary, StringComparison.Ordinal);
        Assert.Contains("sums of [n×24]", text, StringComparison.Ordinal);
        Assert.Contains("= Gather b", text, StringComparison.Ordinal);
        Assert.Contains("= 0 + column", text, StringComparison.Ordinal);
    }

    /// <summary>Rows of a turned weight would be columns.</summary>
    [Fact]
    public void AWeightWhoseRowsAreChosenIsNotTurned()
    {
        var program = Classifiers.Single(c => c.Name == "Narrow");
        // Also where nobody asks for its gradient.
        foreach (var some in (GraphProgram[])[program, program with { Roots = new(program.Roots.Where(r => r.Name.Name == "hidden")) }])
        {
            var graph = Orient.Run(Simplify.Run(some.Compile().Graph));
            Assert.False(graph.Storages.Single(s => s.Name == "net.dense1.weight").IsTurned);
        }
    }
}

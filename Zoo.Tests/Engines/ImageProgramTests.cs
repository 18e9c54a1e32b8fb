using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>
/// Windows that a product reads on the way, and windows that it makes to be summed, beside somebody else who reads them: then they lie in
/// memory.
/// </summary>
public sealed class ImageProgramTests
{
    const int Batch = 3, Channels = 2, Outputs = 5;

    static readonly Windowing Geometry = new(5, 4, 3, 2, 1, 1);

    static readonly string[] Readers = ["none", "map", "result", "sum", "other windows", "product", "gradient"];

    [Fact]
    public void WindowsOfProductsMayHaveOtherReaders()
    {
        GraphProgram[] programs = [.. Readers.SelectMany(reader => (GraphProgram[])[Read(reader), Made(reader)])];
        using var engines = new GraphEngines(programs);
        foreach (var width in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Bits256])
        {
            using var device = Device.CpuWith(2, width);
            foreach (var program in programs)
            {
                var actual = engines.Run(program, device);
                foreach (var (name, values) in program.Expected())
                    Tolerances.Close($"{program.Name} {name} at {width}", values, actual[name], Tolerances.Gradient, 1e-3);
            }
        }
        // What the other reader is there for: alone, a product keeps its windows in its hands.
        Assert.DoesNotContain(engines.Plan(programs[0]).Programs[0].Kernels, k => k is WindowKernel);
        Assert.DoesNotContain(engines.Plan(programs[1]).Programs[0].Kernels, k => k is WindowKernel);
        Assert.Contains(engines.Plan(programs[2]).Programs[0].Kernels, k => k is WindowKernel);
        Assert.Contains(engines.Plan(programs[3]).Programs[0].Kernels, k => k is WindowKernel);
    }

    /// <summary>A convolution of windows that somebody else reads too.</summary>
    static GraphProgram Read(string reader)
    {
        var (g, bindings) = (new GraphBuilder(), new Bindings());
        var x = Input(g, bindings, "x", Geometry.Positions, Channels);
        var windows = g.Windows(x, Geometry);
        var weight = Weight(g, bindings, "w", windows.Shape[0], Outputs);
        var made = g.MatMul(windows, weight);
        return Program("Read", reader, g, bindings, x, weight, made, windows, () => g.WindowSum(windows, Geometry));
    }

    /// <summary>A transposed convolution whose windows somebody else reads too.</summary>
    static GraphProgram Made(string reader)
    {
        var (g, bindings) = (new GraphBuilder(), new Bindings());
        var x = Input(g, bindings, "x", Geometry.Count, Outputs);
        var weight = Weight(g, bindings, "w", Geometry.Taps * Channels, Outputs);
        var windows = g.MatMul(x, weight, transposeB: true);
        var made = g.WindowSum(windows, Geometry);
        // Other windows of as many places: of another padding, and so of another image.
        var other = Geometry with { Height = 7, Width = 6, Padding = 0 };
        return Program("Made", reader, g, bindings, x, weight, made, windows, () => g.WindowSum(windows, other));
    }

    static GraphProgram Program(
        string kind, string reader, GraphBuilder g, Bindings bindings, Node x, Node weight, Node made, Node windows, Func<Node> others)
    {
        var result = g.Unary(Op.Tanh, made);
        var roots = new List<(ResultName, Node)> { (new(ResultKind.Output, "made"), result) };
        void Add(string name, Node node) => roots.Add((new(ResultKind.Output, name), node));
        if (reader == "map") Add("sine", g.Unary(Op.Sin, windows));
        if (reader == "result") Add("windows", windows);
        if (reader == "sum") Add("sum", g.MeanRows(windows));
        if (reader == "other windows") Add("others", others());
        if (reader == "product") Add("square", g.MatMul(windows, windows, transposeA: true));
        if (reader == "gradient")
        {
            var loss = g.Add(g.MeanRows(g.Sum(result)), g.MeanRows(g.Sum(g.Unary(Op.Sin, windows))));
            var gradients = Gradients.Of(g, loss, [x, weight]);
            Add("dx", gradients[0]);
            roots.Add((new(ResultKind.Gradient, weight.Name), gradients[1]));
        }
        return new($"{kind}{reader.Replace(" ", "", StringComparison.Ordinal)}", new(roots), Batch, bindings);
    }

    static Node Input(GraphBuilder g, Bindings bindings, string name, int rows, int columns)
    {
        bindings.Inputs[name] = Numbers(Batch * rows * columns, 3);
        return g.Input(name, new(rows, new Shape(columns)));
    }

    static Node Weight(GraphBuilder g, Bindings bindings, string name, int rows, int columns)
    {
        bindings.Parameters[name] = Numbers(rows * columns, 4);
        return g.Parameter(name, new(rows, columns));
    }

    static double[] Numbers(int count, int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
    }
}

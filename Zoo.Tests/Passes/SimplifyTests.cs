using Xunit;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>Simplification keeps every value of random programs, gradients included, and ends.</summary>
public class SimplifyTests
{
    public const int Programs = 600;

    /// <summary>Rewriting rounds in another order; folding rounds constants to single precision, except dyadic ones.</summary>
    static double Tolerance(RandomGraph graph) => graph.IsDyadic ? 1e-9 : 1e-5;

    static Roots<string> WithGradients(RandomGraph graph)
    {
        var gradients = Gradients.Of(graph.Builder, graph.Loss, graph.Leaves);
        return new([("loss", graph.Loss), .. graph.Leaves.Select((l, i) => ($"gradient.{l.Name}", gradients[i])),
            .. graph.Outputs.Select((o, i) => ($"output.{i}", o))]);
    }

    static void AssertSame(Dictionary<string, double[]> expected, Dictionary<string, double[]> actual, double tolerance, int seed)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected)
        {
            var scale = 1 + values.Max(Math.Abs);
            Assert.Equal(values.Length, actual[name].Length);
            for (var i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(values[i] - actual[name][i]) <= tolerance * scale,
                    $"Seed {seed}, {name}[{i}]: {values[i]:R} became {actual[name][i]:R}.");
        }
    }

    [Fact]
    public void KeepsValues()
    {
        var smaller = 0;
        for (var seed = 0; seed < Programs; seed++)
        {
            var graph = RandomGraphs.Create(seed);
            var roots = WithGradients(graph);
            var expected = Interpreter.Evaluate(roots, graph.Batch, graph.Bindings);
            var simplified = Simplify.Run(roots, graph.Batch);
            AssertSame(expected, Interpreter.Evaluate(simplified, graph.Batch, graph.Bindings), Tolerance(graph), seed);
            if (Topology.Sort(simplified.Select(r => r.Node)).Count < Topology.Sort(roots.Select(r => r.Node)).Count) smaller++;
        }
        Assert.True(smaller > Programs / 2, $"Only {smaller} of {Programs} programs became smaller: they hold too little to simplify.");
    }

    [Fact]
    public void KeepsValuesOfAnyNumberOfRows()
    {
        for (var seed = 0; seed < Programs; seed += 5)
        {
            var graph = RandomGraphs.Create(seed);
            var roots = WithGradients(graph);
            var simplified = Simplify.Run(roots, rows: 0);
            AssertSame(Interpreter.Evaluate(roots, graph.Batch, graph.Bindings),
                Interpreter.Evaluate(simplified, graph.Batch, graph.Bindings), Tolerance(graph), seed);
        }
    }

    [Fact]
    public void KeepsValuesOfSecondDerivatives()
    {
        for (var seed = 0; seed < Programs; seed += 6)
        {
            var graph = RandomGraphs.Create(seed);
            var g = graph.Builder;
            var first = Gradients.Of(g, graph.Loss, graph.Leaves);
            var norm = first.Select(d => d.Type.IsShared ? g.Sum(g.Unary(Op.Square, d)) : g.SumRows(g.Sum(g.Unary(Op.Square, d))))
                .Aggregate(g.Add);
            var roots = new Roots<string>(Gradients.Of(g, norm, graph.Leaves).Select((d, i) => ($"second.{graph.Leaves[i].Name}", d)));
            var expected = Interpreter.Evaluate(roots, graph.Batch, graph.Bindings);
            AssertSame(expected, Interpreter.Evaluate(Simplify.Run(roots, graph.Batch), graph.Batch, graph.Bindings), Tolerance(graph),
                seed);
        }
    }

    [Fact]
    public void AFixedPointIsReached()
    {
        for (var seed = 0; seed < Programs; seed += 3)
        {
            var graph = RandomGraphs.Create(seed);
            var once = Simplify.Run(WithGradients(graph), graph.Batch);
            Assert.Equal(once, Simplify.Run(once, graph.Batch));
        }
    }

    [Fact]
    public void DoesTheSameToEqualPrograms() =>
        Assert.All(Enumerable.Range(0, 50), seed =>
            Assert.Equal(Simplify.Run(WithGradients(RandomGraphs.Create(seed)), 3),
                Simplify.Run(WithGradients(RandomGraphs.Create(seed)), 3)));
}

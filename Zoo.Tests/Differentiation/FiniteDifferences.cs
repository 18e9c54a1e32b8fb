using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;
using Xunit;

namespace Zoo.Tests.Differentiation;

/// <summary>
/// Compares the gradients that the rules write with central differences on the interpreter. Results are weighted with fixed random values
/// first, so
/// that a gradient that ends in the wrong element shows.
/// </summary>
sealed class FiniteDifferences
{
    const double Step = 1e-5;
    const double Tolerance = 2e-6;

    readonly GraphBuilder g = new();
    readonly Bindings bindings = new();
    readonly int batch;
    readonly Random random;

    public FiniteDifferences(int batch, int seed) => (this.batch, random) = (batch, new Random(seed));

    /// <summary>First and second order for a case.</summary>
    public static void Check(DerivativeCase test)
    {
        var check = new FiniteDifferences(DerivativeCase.BatchRows, seed: 17);
        var leaves = check.Bind(test.Leaves);
        var root = test.Build(check.g, leaves);
        Assert.Contains(Topology.Sort([root]), n => n.Op == test.Op);
        check.Check(root, leaves);
    }

    Node[] Bind(Leaf[] leaves)
    {
        var total = leaves.Sum(l => (int)l.Type.Count(batch));
        // ±0.15, ±0.22, …: no two equal, none near 0.
        var apart = new Queue<double>(Enumerable.Range(0, total).Select(i => (i % 2 == 0 ? 1 : -1) * (0.15 + 0.07 * (i / 2)))
            .OrderBy(_ => random.Next()));
        var labels = 0;
        double Next(Leaf leaf) => leaf switch
        {
            { Classes: > 0 and var classes } => labels++ % (classes + 1) - 1,
            { Apart: true } => apart.Dequeue(),
            _ => leaf.Low + (leaf.High - leaf.Low) * random.NextDouble(),
        };
        return [.. leaves.Select((leaf, i) => Source($"leaf{i}", leaf.Type, () => Next(leaf)))];
    }

    Node Source(string name, TensorType type, Func<double> next)
    {
        var values = Enumerable.Range(0, (int)type.Count(batch)).Select(_ => next()).ToArray();
        (type.IsShared ? bindings.Parameters : bindings.Inputs)[name] = values;
        return type.IsShared ? g.Parameter(name, type.Shape) : g.Input(name, type);
    }

    /// <summary>First and second order.</summary>
    void Check(Node root, Node[] leaves)
    {
        var first = Scalar("first", [root]);
        var gradients = Gradients.Of(g, first, leaves);
        Compare("first", first, gradients, leaves);
        var second = Scalar("second", gradients);
        Compare("second", second, Gradients.Of(g, second, leaves), leaves);
    }

    /// <summary>Σ over all elements of all values, each times a weight of its own.</summary>
    Node Scalar(string order, IEnumerable<Node> values) => values
        .Select((value, i) => Total(g.Mul(value, Source($"{order} weight {i}", value.Type, () => 0.5 + random.NextDouble()))))
        .Aggregate(g.Add);

    Node Total(Node x) => x.Type.IsShared ? g.Sum(x) : g.SumRows(g.Sum(x));

    void Compare(string order, Node scalar, IReadOnlyList<Node> gradients, Node[] leaves)
    {
        for (var i = 0; i < leaves.Length; i++)
        {
            Assert.Equal(leaves[i].Type, gradients[i].Type);
            var written = Interpreter.Evaluate(gradients[i], batch, bindings);
            var values = (leaves[i].Type.IsShared ? bindings.Parameters : bindings.Inputs)[leaves[i].Name];
            for (var j = 0; j < values.Length; j++)
            {
                var measured = Difference(scalar, values, j);
                Assert.True(Math.Abs(written[j] - measured) <= Tolerance * (1 + Math.Abs(measured)),
                    $"{order} derivative by {leaves[i].Name}[{j}]: rule {written[j]:G9}, difference {measured:G9}.");
            }
        }
    }

    double Difference(Node scalar, double[] values, int place)
    {
        var at = values[place];
        values[place] = at + Step;
        var above = Interpreter.Evaluate(scalar, batch, bindings)[0];
        values[place] = at - Step;
        var below = Interpreter.Evaluate(scalar, batch, bindings)[0];
        values[place] = at;
        return (above - below) / (2 * Step);
    }
}

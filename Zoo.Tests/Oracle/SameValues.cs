using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>Two nodes of one builder are one function: values and gradients agree on random numbers, for several batches.</summary>
static class SameValues
{
    public static void Assert(GraphBuilder g, Node left, Node right, string what, double tolerance = 1e-6)
    {
        Xunit.Assert.Equal(left.Type, right.Type);
        var leaves = Topology.Sort([left, right]).Where(n => n.Op is Op.Input or Op.Parameter).ToList();
        // A weighted sum, so that the gradient of every element is asked for.
        Node Weighted(Node x) => g.Unary(Op.Sin, g.Mul(x, 1.25f));
        IReadOnlyList<Node> Results(Node x) => [x, .. Gradients.Of(g, Weighted(x), leaves)];
        var (expected, actual) = (Results(left), Results(right));
        foreach (var batch in new[] { 1, 3 })
        {
            var bindings = Random(leaves, batch);
            var values = Interpreter.Evaluate(expected.Concat(actual), batch, bindings);
            foreach (var (e, a) in expected.Zip(actual))
            {
                var (wanted, got) = (values[e], values[a]);
                Xunit.Assert.Equal(wanted.Length, got.Length);
                // What is not defined on one side (the logarithm of a negative number) may be on the other.
                for (var i = 0; i < wanted.Length; i++)
                {
                    var isSame = !double.IsFinite(wanted[i]) || Math.Abs(wanted[i] - got[i]) <= tolerance * (1 + Math.Abs(wanted[i]));
                    Xunit.Assert.True(isSame, $"{what}: {wanted[i]:R} is not {got[i]:R}.");
                }
            }
        }
    }

    static Bindings Random(IEnumerable<Node> leaves, int batch)
    {
        var random = new System.Random(7);
        var bindings = new Bindings();
        foreach (var leaf in leaves)
        {
            var values = new double[leaf.Type.Count(batch)];
            // Labels of a formula are of three classes or more.
            double Next() => leaf.Name.StartsWith("label", StringComparison.Ordinal) ? random.Next(-1, 3) : 3 * random.NextDouble() - 1.5;
            for (var i = 0; i < values.Length; i++) values[i] = Next();
            (leaf.Op == Op.Input ? bindings.Inputs : bindings.Parameters)[leaf.Name] = values;
        }
        return bindings;
    }
}

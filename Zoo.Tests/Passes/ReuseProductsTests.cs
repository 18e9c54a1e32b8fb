using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>Products of sums of what is multiplied anyhow.</summary>
public class ReuseProductsTests
{
    const int Rows = 5, Inputs = 20, Outputs = 7;

    readonly GraphBuilder g = new();

    Node X => g.Input("x", TensorType.Batch(Inputs));

    Node Y => g.Input("y", TensorType.Batch(Inputs));

    Node W => g.Parameter("w", new Shape(Inputs, Outputs));

    /// <summary>One number a row.</summary>
    Node Share => Spread(Number);

    Node Number => g.Input("share", TensorType.Batch(1));

    Node Spread(Node number) => g.Broadcast(number, TensorType.Batch(Inputs));

    /// <summary>What is multiplied, and how many products are left of those of x, of y and of it.</summary>
    public static TheoryData<string, int> Sums => new()
    {
        { "the example of the pass", 2 }, { "towards y", 2 }, { "a constant factor", 2 }, { "a number beside", 3 },
        { "a factor along the row", 3 }, { "turned", 3 },
    };

    [Theory, MemberData(nameof(Sums))]
    public void SumsAreMultipliedPartByPartWhereThePartsAre(string name, int products)
    {
        var sum = name switch
        {
            "the example of the pass" => g.Add(g.Mul(Share, X), g.Mul(Spread(g.Sub(g.Constant(1, Number.Type), Number)), Y)),
            "towards y" => g.Add(X, g.Mul(Share, g.Sub(Y, X))),
            "a constant factor" => g.Sub(g.Mul(X, g.Constant(0.25f, X.Type)), g.Unary(Op.Neg, Y)),
            "a number beside" => g.Add(g.Mul(Share, X), g.Constant(1, X.Type)),
            "a factor along the row" => g.Add(g.Mul(X, g.Input("other", TensorType.Batch(Inputs))), Y),
            _ => g.Add(X, Y),
        };
        var blended = name == "turned" ? g.MatMul(sum, g.Parameter("turned", new Shape(Outputs, Inputs)), false, true) : g.MatMul(sum, W);
        var before = new Roots<string>([("x", g.MatMul(X, W)), ("y", g.MatMul(Y, W)), ("sum", blended)]);
        var simple = Simplify.Run(before, 0);
        var after = ReuseProducts.Run(simple);
        Assert.Equal(3, Count(simple));
        Assert.Equal(products, Count(after));

        var random = new Random(1);
        double[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var bindings = new Bindings
        {
            Inputs = new()
            {
                ["x"] = Values(Rows * Inputs), ["y"] = Values(Rows * Inputs), ["other"] = Values(Rows * Inputs), ["share"] = Values(Rows),
            },
            Parameters = new() { ["w"] = Values(Inputs * Outputs), ["turned"] = Values(Inputs * Outputs) },
        };
        var (expected, got) = (Interpreter.Evaluate(before, Rows, bindings), Interpreter.Evaluate(after, Rows, bindings));
        foreach (var (root, values) in expected)
            foreach (var (a, b) in values.Zip(got[root])) Assert.Equal(a, b, 1e-12);
    }

    /// <summary>Sums whose parts occur twice in the next one: whoever looked at each occurrence would look 2⁴⁰ times.</summary>
    [Fact]
    public void EachPartIsLookedAtOnce()
    {
        var sum = X;
        for (var i = 0; i < 40; i++) sum = g.Add(sum, g.Sub(sum, Y));
        var after = ReuseProducts.Run(new Roots<string>([("x", g.MatMul(X, W)), ("y", g.MatMul(Y, W)), ("sum", g.MatMul(sum, W))]));
        Assert.Equal(2, Count(after));
    }

    static int Count(Roots<string> roots) => Topology.Sort(roots.Select(r => r.Node)).Count(n => n.Op == Op.MatMul);
}

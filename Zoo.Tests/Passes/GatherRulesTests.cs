using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>No one-hot row is multiplied: products with them become rows of a table, their gradients sums by label.</summary>
public class GatherRulesTests
{
    const int Batch = 4;

    static readonly Bindings Values = new()
    {
        Inputs =
        {
            ["x"] = [.. Enumerable.Range(0, Batch * 3).Select(i => 0.25 * i - 1)],
            ["u"] = [.. Enumerable.Range(0, Batch * 2).Select(i => 0.5 - 0.125 * i)],
            ["y"] = [2, -1, 0, 2], ["v"] = [0, 1, -1, 1],
        },
        Parameters = { ["w"] = [.. Enumerable.Range(0, 10 * 5).Select(i => 0.0625 * (i % 17) - 0.5)] },
    };

    static Node X(GraphBuilder g) => g.Input("x", TensorType.Batch(3));

    static Node U(GraphBuilder g) => g.Input("u", TensorType.Batch(2));

    static Node Y(GraphBuilder g) => g.OneHot(g.Input("y", TensorType.Batch()), 3);

    static Node V(GraphBuilder g) => g.OneHot(g.Input("v", TensorType.Batch()), 2);

    static Node W(GraphBuilder g, int rows) => g.Slice(g.Parameter("w", new(10, 5)), 0, 0, rows);

    /// <summary>Simplified, after a look that the value is still the same.</summary>
    static List<Node> Simplified(Func<GraphBuilder, Node> build)
    {
        var roots = new Roots<string>([("root", build(new()))]);
        var simplified = Simplify.Run(roots, Batch);
        Assert.Equal(Interpreter.Evaluate(roots, Batch, Values)["root"], Interpreter.Evaluate(simplified, Batch, Values)["root"]);
        return Topology.Sort(simplified.Select(r => r.Node));
    }

    static int Count(IEnumerable<Node> nodes, Op op) => nodes.Count(n => n.Op == op);

    [Fact]
    public void AProductIsRowsOfTheTable()
    {
        var nodes = Simplified(g => g.MatMul(Y(g), W(g, 3)));
        Assert.Equal(Op.Gather, nodes[^1].Op);
        Assert.DoesNotContain(nodes, n => n.Op is Op.OneHot or Op.MatMul);
    }

    [Fact]
    public void ATransposedProductIsSumsByLabel()
    {
        var nodes = Simplified(g => g.MatMul(Y(g), X(g), transposeA: true));
        Assert.Equal(Op.Scatter, nodes[^1].Op);
        Assert.DoesNotContain(nodes, n => n.Op is Op.OneHot or Op.MatMul);
    }

    /// <summary>Wherever the labels stand, what lies together stays together.</summary>
    [Fact]
    public void AConcatenationFallsIntoProductsAndRows()
    {
        var nodes = Simplified(g => g.MatMul(g.Concat(0, X(g), U(g), Y(g), V(g)), W(g, 10)));
        Assert.Equal((1, 2, 1, 0), (Count(nodes, Op.MatMul), Count(nodes, Op.Gather), Count(nodes, Op.Concat), Count(nodes, Op.OneHot)));
        nodes = Simplified(g => g.MatMul(g.Concat(0, V(g), X(g), Y(g), U(g)), W(g, 10)));
        Assert.Equal((2, 2, 0, 0), (Count(nodes, Op.MatMul), Count(nodes, Op.Gather), Count(nodes, Op.Concat), Count(nodes, Op.OneHot)));
    }

    [Fact]
    public void ItsGradientIsOneOfProductsAndSums()
    {
        var nodes = Simplified(g =>
        {
            var w = g.Parameter("w", new(10, 5));
            var layer = g.Unary(Op.Square, g.MatMul(g.Concat(0, X(g), Y(g), V(g), U(g)), w));
            return Gradients.Of(g, layer, [w])[0];
        });
        Assert.Equal(Op.Concat, nodes[^1].Op);
        Assert.Equal([Op.MatMul, Op.Scatter, Op.Scatter, Op.MatMul], nodes[^1].Inputs.Select(i => i.Op));
        Assert.Equal((4, 2, 0), (Count(nodes, Op.MatMul), Count(nodes, Op.Gather), Count(nodes, Op.OneHot)));
    }

    /// <summary>The gradient by x needs no column that the labels would have.</summary>
    [Fact]
    public void TheGradientOfAPartIsAProductWithItsRowsOfTheTable()
    {
        var nodes = Simplified(g =>
        {
            var x = X(g);
            return Gradients.Of(g, g.Unary(Op.Square, g.MatMul(g.Concat(0, x, Y(g)), W(g, 6))), [x])[0];
        });
        Assert.Equal(Op.MatMul, nodes[^1].Op);
        Assert.Equal(3, nodes[^1].Shape[0]);
        Assert.All(nodes.Where(n => n.Op == Op.MatMul && !n.Type.IsShared), n => Assert.InRange(n.Shape[0], 1, 5));
    }

    [Fact]
    public void ASumOfOneHotRowsSaysWhetherThereIsALabel()
    {
        var nodes = Simplified(g => g.Sum(Y(g)));
        Assert.DoesNotContain(nodes, n => n.Op is Op.OneHot or Op.Sum);
        Assert.Contains(Simplified(g => g.SumRows(Y(g))), n => n.Op == Op.OneHot);
    }

    [Fact]
    public void WhatIsNoProductOfRowsStays()
    {
        Assert.Contains(Simplified(g => g.MatMul(X(g), Y(g), transposeA: true)), n => n.Op == Op.OneHot);
        Assert.Contains(Simplified(g => g.MatMul(Y(g), g.Reshape(W(g, 3), new Shape(5, 3)), transposeB: true)), n => n.Op == Op.OneHot);
    }

    [Fact]
    public void NothingComesOfZeros()
    {
        var zeros = Simplified(g => g.Gather(g.Constant(0, TensorType.Shared(3, 5)), g.Input("y", TensorType.Batch())));
        Assert.Equal(0, Assert.Single(zeros).Constant);
        zeros = Simplified(g => g.Scatter(g.Constant(0, TensorType.Batch(5)), g.Input("y", TensorType.Batch()), 3));
        Assert.Equal(0, Assert.Single(zeros).Constant);
    }
}

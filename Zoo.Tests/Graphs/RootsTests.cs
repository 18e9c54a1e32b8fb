using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Graphs;

/// <summary>Programs are equal where their structure is, whichever builder made them, and different after any one change.</summary>
public class RootsTests
{
    static readonly TensorType Vector = TensorType.Batch(4);

    static Node X(GraphBuilder g) => g.Input("x", Vector);

    static Node W(GraphBuilder g) => g.Parameter("w", new(4, 4));

    /// <summary>Pairs that differ in one property.</summary>
    static readonly Dictionary<string, (Func<GraphBuilder, Node> A, Func<GraphBuilder, Node> B)> Changes = new()
    {
        ["op"] = (g => g.Unary(Op.Sin, X(g)), g => g.Unary(Op.Cos, X(g))),
        ["name of an input"] = (X, g => g.Input("y", Vector)),
        ["name of a parameter"] = (W, g => g.Parameter("v", new(4, 4))),
        ["source"] = (g => g.Parameter("x", new(4)), g => g.Input("x", TensorType.Shared(4))),
        ["name of a hyperparameter"] = (g => g.Hyperparameter("a"), g => g.Hyperparameter("b")),
        ["name of a draw"] = (g => g.Draw("a", DrawKind.Normal, Vector), g => g.Draw("b", DrawKind.Normal, Vector)),
        ["law of a draw"] = (g => g.Draw("a", DrawKind.Normal, Vector), g => g.Draw("a", DrawKind.Uniform, Vector)),
        ["shape"] = (X, g => g.Input("x", TensorType.Batch(5))),
        ["rank"] = (X, g => g.Input("x", TensorType.Batch(4, 1))),
        ["rows"] = (X, g => g.Input("x", new(2, new Shape(4)))),
        ["value of a constant"] = (g => g.Constant(1), g => g.Constant(1.0000001f)),
        ["type of a constant"] = (g => g.Constant(1), g => g.Constant(1, Vector)),
        ["sign of a zero"] = (g => g.Constant(0f), g => g.Constant(-0f)),
        ["lower end"] = (g => g.Clamp(X(g), 0, 1), g => g.Clamp(X(g), -1, 1)),
        ["upper end"] = (g => g.Clamp(X(g), 0, 1), g => g.Clamp(X(g), 0, 2)),
        ["order of operands"] = (g => g.Sub(X(g), g.Constant(1)), g => g.Sub(g.Constant(1), X(g))),
        ["operand"] = (g => g.Mul(X(g), X(g)), g => g.Mul(X(g), g.Unary(Op.Abs, X(g)))),
        ["start of a slice"] = (g => g.Slice(X(g), 0, 0, 2), g => g.Slice(X(g), 0, 1, 2)),
        ["length of a slice"] = (g => g.Slice(X(g), 0, 0, 2), g => g.Slice(X(g), 0, 0, 3)),
        ["axis of a slice"] = (g => g.Slice(g.Input("x", TensorType.Batch(4, 4)), 0, 1, 1),
            g => g.Slice(g.Input("x", TensorType.Batch(4, 4)), 1, 1, 1)),
        ["axis of a concatenation"] = (g => g.Concat(0, W(g), W(g)), g => g.Concat(1, W(g), W(g))),
        ["parts of a concatenation"] = (g => g.Concat(0, X(g), X(g)), g => g.Concat(0, X(g), X(g), X(g))),
        ["first flag"] = (g => g.MatMul(W(g), W(g)), g => g.MatMul(W(g), W(g), transposeA: true)),
        ["second flag"] = (g => g.MatMul(W(g), W(g)), g => g.MatMul(W(g), W(g), transposeB: true)),
        ["which flag"] = (g => g.MatMul(W(g), W(g), transposeA: true), g => g.MatMul(W(g), W(g), transposeB: true)),
        ["type of a sum"] = (g => g.Sum(W(g), TensorType.Shared(4, 1)), g => g.Sum(W(g), TensorType.Shared(1, 4))),
        ["rows of a sum"] = (g => g.Sum(X(g), TensorType.Batch(1)), g => g.Sum(X(g), TensorType.Shared(1))),
        ["reshape"] = (g => g.Reshape(X(g), new(2, 2)), g => g.Reshape(X(g), new(4, 1))),
        ["rows of a reshape"] = (g => g.Reshape(X(g), 1, new(2, 2)), g => g.Reshape(X(g), 2, new(2))),
        ["deep inside"] = (g => g.Unary(Op.Exp, g.Unary(Op.Tanh, g.Mul(X(g), 2))), g => g.Unary(Op.Exp, g.Unary(Op.Tanh, g.Mul(X(g), 3)))),
    };

    public static IEnumerable<object[]> Names => Changes.Keys.Select(name => new object[] { name });

    static Roots<string> Program(Func<GraphBuilder, Node> build, string name = "root")
    {
        var g = new GraphBuilder();
        return new([(name, build(g))]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OneChangeMakesThemDifferent(string name)
    {
        var (a, b) = Changes[name];
        Assert.NotEqual(Program(a), Program(b));
        Assert.NotEqual(Program(a)["root"].Hash, Program(b)["root"].Hash);
        Assert.Equal(Program(a), Program(a));
        Assert.Equal(Program(b).GetHashCode(), Program(b).GetHashCode());
    }

    [Fact]
    public void NamesAndOrderOfRootsCount()
    {
        Assert.NotEqual(Program(X), Program(X, "other"));
        var g = new GraphBuilder();
        var (x, w) = (X(g), W(g));
        Assert.NotEqual(new Roots<string>([("a", x), ("b", w)]), new Roots<string>([("b", w), ("a", x)]));
        Assert.NotEqual(new Roots<string>([("a", x), ("b", w)]), new Roots<string>([("a", w), ("b", x)]));
        Assert.NotEqual(new Roots<string>([("a", x)]), new Roots<string>([("a", x), ("b", w)]));
    }

    /// <summary>The place in the user's source is not part of what a program means.</summary>
    [Fact]
    public void SitesDoNotCount() => Assert.Equal(Program(X), Program(g =>
    {
        g.Site = 7;
        return X(g);
    }));

    [Fact]
    public void EqualAcrossBuildersForRandomPrograms() => Assert.All(Enumerable.Range(0, 100), seed =>
    {
        var (a, b) = (RandomGraphs.Create(seed), RandomGraphs.Create(seed));
        var (first, second) = (new Roots<string>([("loss", a.Loss)]), new Roots<string>([("loss", b.Loss)]));
        Assert.Equal(first, second);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.NotEqual(first, new Roots<string>([("loss", b.Builder.Neg(b.Loss))]));
        Assert.Equal(first, first.Select(new GraphBuilder().Importer(_ => null)));
    });

    [Fact]
    public void ABuilderMakesEqualNodesOnce()
    {
        var g = new GraphBuilder();
        Assert.Same(g.Mul(X(g), g.Unary(Op.Exp, X(g))), g.Mul(X(g), g.Unary(Op.Exp, X(g))));
    }
}

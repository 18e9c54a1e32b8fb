using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;
using Xunit;

namespace Zoo.Tests.Differentiation;

/// <summary>Every rule, first and second order, against finite differences on the interpreter.</summary>
public class DerivativeTests
{
    public static IEnumerable<object[]> Cases => DerivativeCases.All.Select(c => new object[] { c.Op, c.Name });

    [Theory]
    [MemberData(nameof(Cases))]
    public void RuleAgreesWithDifferences(Op op, string name) =>
        FiniteDifferences.Check(DerivativeCases.All.Single(c => c.Op == op && c.Name == name));

    [Fact]
    public void EveryOpIsTested() =>
        Assert.Empty(Enum.GetValues<Op>().Where(op => !op.IsSource()).Except(DerivativeCases.All.Select(c => c.Op)));

    [Fact]
    public void NothingPassesStopGradient()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", TensorType.Batch(2));
        Assert.Equal(g.Constant(0, x.Type), Assert.Single(Gradients.Of(g, g.Unary(Op.Square, g.StopGradient(x)), [x])));
    }

    [Fact]
    public void TargetThatTheRootDoesNotReachHasGradientZero()
    {
        var g = new GraphBuilder();
        var (x, y) = (g.Input("x", TensorType.Batch(2)), g.Parameter("y", new(3)));
        Assert.Equal(g.Constant(0, y.Type), Assert.Single(Gradients.Of(g, g.Unary(Op.Exp, x), [y])));
    }

    [Fact]
    public void GradientOfATargetByItselfIsOne()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", TensorType.Batch(2));
        Assert.Equal(g.Constant(1, x.Type), Assert.Single(Gradients.Of(g, x, [x])));
    }

    /// <summary>With h = 2x and y = h²: ∂y/∂h = 2h, and ∂y/∂x = 4h also where h is a target as well.</summary>
    [Fact]
    public void TargetsMayDependOnEachOther()
    {
        var g = new GraphBuilder();
        var x = g.Input("x", TensorType.Batch());
        var h = g.Mul(x, 2);
        var gradients = Gradients.Of(g, g.Unary(Op.Square, h), [h, x]);
        var bindings = new Bindings { Inputs = { ["x"] = [1.5] } };
        Assert.Equal([6.0], Interpreter.Evaluate(gradients[0], 1, bindings));
        Assert.Equal([12.0], Interpreter.Evaluate(gradients[1], 1, bindings));
    }
}

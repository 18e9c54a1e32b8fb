using Xunit;
using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>The oracle itself, on numbers worked out elsewhere.</summary>
public class InterpreterTests
{
    /// <summary>To 16 digits (Abramowitz and Stegun, table 7.1, and DLMF 7.23).</summary>
    [Theory]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(4, 0.9999999845827421)]
    [InlineData(7, 1)]
    public void Erf(double x, double expected)
    {
        Assert.Equal(expected, SpecialFunctions.Erf(x), 1e-15);
        Assert.Equal(-expected, SpecialFunctions.Erf(-x), 1e-15);
    }

    [Fact]
    public void ErfHasNoStepWhereItsFormulaChanges() =>
        Assert.Equal(SpecialFunctions.Erf(Math.BitDecrement(3)), SpecialFunctions.Erf(3), 2e-15);

    [Theory]
    [InlineData(1e-10, 1.00000000005e-10)]
    [InlineData(-1e-10, -9.9999999995e-11)]
    [InlineData(1, 1.718281828459045)]
    [InlineData(-40, -1)]
    public void Expm1(double x, double expected) => Assert.Equal(1, SpecialFunctions.Expm1(x) / expected, 1e-15);

    [Theory]
    [InlineData(1e-10, 9.9999999995e-11)]
    [InlineData(-1e-10, -1.00000000005e-10)]
    [InlineData(1, 0.6931471805599453)]
    public void Log1p(double x, double expected) => Assert.Equal(1, SpecialFunctions.Log1p(x) / expected, 1e-15);

    [Theory]
    [InlineData(-800, 0)]
    [InlineData(0, 0.6931471805599453)]
    [InlineData(800, 800)]
    public void Softplus(double x, double expected) => Assert.Equal(expected, SpecialFunctions.Softplus(x), 1e-15);

    static readonly Bindings Numbers = new()
    {
        Inputs = { ["x"] = [1, 2, 3, 4, 5, 6], ["y"] = [1, -1] },
        Parameters = { ["w"] = [1, 10, 100, 2, 20, 200] },
    };

    static double[] Evaluate(Func<GraphBuilder, Node> build) => Interpreter.Evaluate(build(new()), 2, Numbers);

    static Node X(GraphBuilder g) => g.Input("x", TensorType.Batch(3));

    static Node Y(GraphBuilder g) => g.Input("y", TensorType.Batch());

    static Node W(GraphBuilder g) => g.Parameter("w", new(2, 3));

    [Fact]
    public void BroadcastsRowsAndAxes() => Assert.Equal([2, 3, 4, 3, 4, 5], Evaluate(g => g.Add(X(g), Y(g))));

    [Fact]
    public void BroadcastsASharedValueOverRows() =>
        Assert.Equal([1, 2, 3, 2, 4, 6, 4, 5, 6, 8, 10, 12],
            Evaluate(g => g.Mul(g.Reshape(X(g), new(1, 3)), g.Add(g.Mul(g.Slice(W(g), 1, 0, 1), 1), g.Constant(0)))));

    [Fact]
    public void MultipliesRowsByAMatrix() => Assert.Equal([321, 642, 654, 1308], Evaluate(g => g.MatMul(X(g), W(g), transposeB: true)));

    [Fact]
    public void ContractsTheRows() => Assert.Equal([-3, -3, -3], Evaluate(g => g.MatMul(X(g), g.Reshape(Y(g), new(1)), transposeA: true)));

    [Fact]
    public void MultipliesEachExampleAlone() =>
        Assert.Equal([1, 2, 3, -4, -5, -6], Evaluate(g => g.BatchMatMul(g.Reshape(Y(g), new(1, 1)), g.Reshape(X(g), new(1, 3)))));

    [Fact]
    public void SumsOverAnAxisAndOverRows()
    {
        Assert.Equal([111, 222], Evaluate(g => g.Sum(W(g), 1)));
        Assert.Equal([3, 30, 300], Evaluate(g => g.Sum(W(g), 0)));
        Assert.Equal([5, 7, 9], Evaluate(g => g.SumRows(X(g))));
        Assert.Equal([3, 6], Evaluate(g => g.ReduceMax(X(g))));
    }

    [Fact]
    public void SlicesAndConcatenates() =>
        Assert.Equal([2, 3, 1, 5, 6, 4], Evaluate(g => g.Concat(0, g.Slice(X(g), 0, 1, 2), g.Slice(X(g), 0, 0, 1))));

    [Fact]
    public void RowsOfAnExampleLieTogether() =>
        Assert.Equal([6, 15], Evaluate(g => g.Sum(g.Reshape(g.Reshape(X(g), 3, new()), 1, new(3)))));

    [Fact]
    public void AMeanDividesByTheRows() => Assert.Equal([2.5, 3.5, 4.5], Evaluate(g => g.MeanRows(X(g))));
}

using Xunit;
using Zoo.Generators.Graphs;

namespace Zoo.Tests.Graphs;

/// <summary>What a builder refuses, and that the message names what came.</summary>
public class GraphErrorTests
{
    static Node Batch(GraphBuilder g, params int[] shape) => g.Input("x", TensorType.Batch(shape));

    static Node Rows(GraphBuilder g, int rows, params int[] shape) => g.Input("y", new(rows, new Shape(shape)));

    static Node Shared(GraphBuilder g, params int[] shape) => g.Parameter("w", new(shape));

    static readonly (string Name, GraphError Error, Func<GraphBuilder, Node> Build, string[] Mentions)[] Mistakes =
    [
        ("sum of shapes", GraphError.ShapeMismatch, g => g.Add(Batch(g, 3), Shared(g, 4)), ["Add", "[3]", "[4]"]),
        ("select of shapes", GraphError.ShapeMismatch, g => g.Select(Batch(g, 2), Shared(g, 2), Shared(g, 3)), ["Select", "[2]", "[3]"]),
        ("sum of rows", GraphError.RowMismatch, g => g.Add(Batch(g, 3), Rows(g, 2, 3)), ["n×[3]", "2n×[3]"]),
        ("broadcast to a smaller axis", GraphError.ShapeMismatch, g => g.Broadcast(Batch(g, 3), TensorType.Batch(2)), ["n×[3]", "n×[2]"]),
        ("broadcast to a lower rank", GraphError.ShapeMismatch, g => g.Broadcast(Batch(g, 1, 3), TensorType.Batch(3)),
            ["n×[1, 3]", "n×[3]"]),
        ("broadcast from rows to shared", GraphError.ShapeMismatch, g => g.Broadcast(Batch(g, 3), TensorType.Shared(3)), ["n×[3]"]),
        ("reshape to another count", GraphError.ReshapeCount, g => g.Reshape(Batch(g, 2, 3), new(4)), ["[2, 3]", "6", "[4]", "4"]),
        ("reshape to shared", GraphError.ReshapeCount, g => g.Reshape(Batch(g, 3), 0, new(3)), ["[3]"]),
        ("slice that leaves the axis", GraphError.SliceOutOfRange, g => g.Slice(Batch(g, 4), 0, 2, 3), ["2 to 4", "axis 0", "[4]"]),
        ("slice from before the axis", GraphError.SliceOutOfRange, g => g.Slice(Batch(g, 4), 0, -1, 2), ["-1", "[4]"]),
        ("slice of nothing", GraphError.NotPositive, g => g.Slice(Batch(g, 4), 0, 2, 0), ["0"]),
        ("slice along no axis", GraphError.AxisOutOfRange, g => g.Slice(Batch(g, 4), 1, 0, 1), ["axis 1", "[4]"]),
        ("concatenation of shapes", GraphError.ShapeMismatch, g => g.Concat(0, Batch(g, 2, 3), Batch(g, 2, 4)),
            ["axis 0", "[2, 3]", "[2, 4]"]),
        ("concatenation of ranks", GraphError.ShapeMismatch, g => g.Concat(0, Batch(g, 2), Batch(g, 2, 4)), ["[2]", "[2, 4]"]),
        ("concatenation of rows", GraphError.RowMismatch, g => g.Concat(0, Batch(g, 2), Rows(g, 2, 2)), ["n×[2]", "2n×[2]"]),
        ("concatenation along no axis", GraphError.AxisOutOfRange, g => g.Concat(2, Batch(g, 2, 3), Batch(g, 2, 3)), ["axis 2", "[2, 3]"]),
        ("sum along no axis", GraphError.AxisOutOfRange, g => g.Sum(Batch(g, 2, 3), 2), ["axis 2", "[2, 3]"]),
        ("sum along a negative axis", GraphError.AxisOutOfRange, g => g.Sum(Batch(g, 2, 3), -1), ["axis -1", "[2, 3]"]),
        ("sum to another size", GraphError.ShapeMismatch, g => g.Sum(Batch(g, 4), TensorType.Batch(2)), ["n×[4]", "n×[2]"]),
        ("sum to more rows", GraphError.ShapeMismatch, g => g.Sum(Batch(g, 4), new TensorType(2, new(1))), ["n×[4]", "2n×[1]"]),
        ("mean over no batch", GraphError.BatchMismatch, g => g.MeanRows(Shared(g, 4)), ["[4]"]),
        ("product of inner sizes", GraphError.InnerSizeMismatch, g => g.MatMul(Batch(g, 3), Shared(g, 4, 5)), ["n×[3]", "[4, 5]"]),
        ("product of a transposed matrix", GraphError.InnerSizeMismatch, g => g.MatMul(Batch(g, 3), Shared(g, 3, 5), transposeB: true),
            ["n×[3]", "[3, 5]ᵀ"]),
        ("product of a vector", GraphError.WrongRank, g => g.MatMul(Batch(g, 3), Shared(g, 3)), ["[3]"]),
        ("product of images", GraphError.WrongRank, g => g.MatMul(Batch(g, 2, 3), Shared(g, 3, 2)), ["n×[2, 3]"]),
        ("product with the batch last", GraphError.BatchMismatch, g => g.MatMul(Shared(g, 4, 3), Batch(g, 3), transposeB: true),
            ["[4, 3]", "n×[3]"]),
        ("product over different rows", GraphError.InnerSizeMismatch, g => g.MatMul(Batch(g, 3), Rows(g, 2, 3), transposeA: true),
            ["n×[3]ᵀ", "2n×[3]"]),
        ("product per example, inner sizes", GraphError.InnerSizeMismatch, g => g.BatchMatMul(Batch(g, 2, 3), Batch(g, 4, 5)),
            ["[2, 3]", "[4, 5]", "3 and 4"]),
        ("product per example of vectors", GraphError.WrongRank, g => g.BatchMatMul(Batch(g, 3), Shared(g, 3, 2)), ["[3]", "[3, 2]"]),
        ("one-hot of a shared label", GraphError.BatchMismatch, g => g.OneHot(Shared(g), 3), ["OneHot", "[]"]),
        ("one-hot of several labels", GraphError.WrongRank, g => g.OneHot(Batch(g, 2), 3), ["OneHot", "n×[2]"]),
        ("one-hot of no class", GraphError.NotPositive, g => g.OneHot(Batch(g), 0), ["OneHot", "0", "16777216"]),
        ("one-hot of more classes than labels tell apart", GraphError.NotPositive, g => g.OneHot(Batch(g), 16777217), ["16777217"]),
        ("rows of a table per example", GraphError.WrongRank, g => g.Gather(Batch(g, 4, 3), Batch(g)), ["Gather", "n×[4, 3]"]),
        ("rows of a vector", GraphError.WrongRank, g => g.Gather(Shared(g, 4), Batch(g)), ["Gather", "[4]"]),
        ("rows by a value with an axis", GraphError.WrongRank, g => g.Gather(Shared(g, 4, 3), Batch(g, 1)), ["Gather", "n×[1]"]),
        ("sums by label of matrices", GraphError.WrongRank, g => g.Scatter(Batch(g, 2, 3), Batch(g), 4), ["Scatter", "n×[2, 3]"]),
        ("sums by label of other rows", GraphError.RowMismatch, g => g.Scatter(Rows(g, 2, 3), Batch(g), 4), ["Scatter", "2n×[3]", "n×[]"]),
        ("softmax of a number", GraphError.WrongRank, g => g.Softmax(Batch(g)), ["[]"]),
    ];

    public static IEnumerable<object[]> Names => Mistakes.Select(m => new object[] { m.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void IsRefusedWithBothShapes(string name)
    {
        var (_, error, build, mentions) = Mistakes.Single(m => m.Name == name);
        var exception = Assert.Throws<GraphException>(() => build(new()));
        Assert.Equal(error, exception.Error);
        Assert.All(mentions, text => Assert.Contains(text, exception.Message));
    }

    [Fact]
    public void EveryErrorIsTested() => Assert.Equal([], Enum.GetValues<GraphError>().Except(Mistakes.Select(m => m.Error)));

    [Fact]
    public void AnOpWithAnotherNumberOfOperandsIsRefused()
    {
        var g = new GraphBuilder();
        Assert.Throws<ArgumentException>(() => g.Unary(Op.Add, Batch(g, 2)));
        Assert.Throws<ArgumentException>(() => g.Unary(Op.Clamp, Batch(g, 2)));
        Assert.Throws<ArgumentException>(() => g.Binary(Op.Exp, Batch(g, 2), Batch(g, 2)));
    }
}

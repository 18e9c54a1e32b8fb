using Xunit;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Passes;

/// <summary>What becomes of the networks of adversarial models, [40 → 48 → 1] with 96 rows, from the graph to kernels: counted.</summary>
public class CriticPlanTests
{
    const int Rows = 96;

    /// <summary>Any model; its program and storages are replaced.</summary>
    static readonly ModelGraph Model = BuildPrograms.Run(GeneratorRun.Of(Declarations.FashionVae).Trace!).Graph;

    readonly GraphBuilder g = new();

    Node[] Weights =>
    [
        g.Parameter("critic.dense1.weight", new Shape(40, 48)), g.Parameter("critic.dense1.bias", new Shape(48)),
        g.Parameter("critic.dense2.weight", new Shape(48, 1)), g.Parameter("critic.dense2.bias", new Shape(1)),
    ];

    /// <summary>One number for each row.</summary>
    Node Critic(Node x)
    {
        var w = Weights;
        return g.Reshape(g.Affine(g.Unary(Op.Relu, g.Affine(x, w[0], w[1])), w[2], w[3]), Shape.Scalar);
    }

    Node X => g.Input("x", TensorType.Batch(40));

    ProgramPlan Plan(Node loss)
    {
        var gradients = Gradients.Of(g, loss, Weights);
        var roots = new Roots<ResultName>(
            Weights.Select((w, i) => (new ResultName(ResultKind.Gradient, w.Name), gradients[i]))
                .Prepend((new ResultName(ResultKind.Loss, "Critic"), loss)));
        var storages = Weights.Select(w => new Storage(w.Name, w.Shape, EquatableArray<StorageMember>.Empty, new([0])));
        var program = new ProgramGraph("Gradients", "", Rows, new(["x"]), roots);
        return Fuse.Run(Orient.Run(Simplify.Run(Model with { Storages = new(storages), Programs = new([program]) }))).Programs[0];
    }

    /// <summary>No product has one column, one row or one summand: the last layer lives in the kernels of the first.</summary>
    [Fact]
    public void TheLastLayerIsNoProduct()
    {
        var plan = Plan(g.MeanRows(Critic(X)));
        var products = plan.Kernels.OfType<ProductKernel>().ToList();
        // x·W and its gradient are what is left; the output is a row sum behind the first.
        Assert.Equal(2, products.Count);
        Assert.All(products, p => Assert.True(p.N > 1 && p.M.For(Rows) > 1 && p.K.For(Rows) > 1));
        Assert.Single(products[0].Epilogue!.RowSums);
        Assert.DoesNotContain(plan.Kernels, k => k is BatchProductKernel);
        Assert.True(plan.Kernels.Count <= 7, PlanPrinter.Print(plan));
    }

    /// <summary>Data and fakes: a weight's gradient is one product over the rows of both, and none is added to another in memory.</summary>
    [Fact]
    public void TwoCallsGiveOneProductForEachWeight()
    {
        Node Score(Node x) => g.MeanRows(g.Unary(Op.Softplus, Critic(x)));
        var plan = Plan(g.Add(Score(g.Unary(Op.Tanh, X)), Score(g.Unary(Op.Sin, X))));
        var products = plan.Kernels.OfType<ProductKernel>();
        var gradient = Assert.Single(products, p => plan.Buffers[p.C.Buffer].Kind == BufferKind.Gradient);
        Assert.Equal(2 * Rows, gradient.K.For(Rows));
        Assert.DoesNotContain(plan.Buffers, b => b is { Kind: BufferKind.Activation, Length: { IsFixed: true, Fixed: 40 * 48 } });
    }

    /// <summary>The same called once, on two rows an example: the forward products are one too, and each weight is read once.</summary>
    [Fact]
    public void OneCallOnTwoRowsAnExampleIsOneProductEachWay()
    {
        Node InOneRow(Node x) => g.Reshape(x, 1, new Shape(1, 40));
        var both = g.Reshape(g.Concat(0, InOneRow(g.Unary(Op.Tanh, X)), InOneRow(g.Unary(Op.Sin, X))), 2, new Shape(40));
        var scores = g.Reshape(Critic(both), 1, new Shape(2));
        Node Row(int row) => g.Reshape(g.Slice(scores, 0, row, 1), Shape.Scalar);
        Node Score(int row, float sign) => g.MeanRows(g.Unary(Op.Softplus, g.Mul(Row(row), sign)));
        var plan = Plan(g.Add(Score(0, -1), Score(1, 1)));
        var products = plan.Kernels.OfType<ProductKernel>().ToList();
        Assert.Equal(2, products.Count);
        Assert.Equal([2L * Rows, 40], products.Select(p => p.M.For(Rows)));
        Assert.Equal([40, 2L * Rows], products.Select(p => p.K.For(Rows)));
    }

    /// <summary>An activation times one of its own columns: the column is of another kernel, which has run.</summary>
    [Fact]
    public void NoKernelReadsWhatItWrites()
    {
        var y = g.Unary(Op.Tanh, g.Affine(X, Weights[0], Weights[1]));
        var plan = Plan(g.MeanRows(g.Sum(g.Mul(y, g.Slice(g.Unary(Op.Sigmoid, y), 0, 3, 1)))));
        Assert.All(plan.Kernels.OfType<MapKernel>(), k => Assert.DoesNotContain(k.Body.Reads(), k.Body.Writes().Contains));
        Assert.All(plan.Kernels.OfType<ProductKernel>().Where(k => k.Epilogue is not null), k =>
            Assert.DoesNotContain(k.Epilogue!.Instructions, i => !i.IsProduct && i.Load is { } load && k.Writes.Contains(load.Buffer)));
    }
}

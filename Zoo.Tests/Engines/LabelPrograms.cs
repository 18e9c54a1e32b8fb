using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>Programs with labels, as variants will write them.</summary>
static class LabelPrograms
{
    /// <summary>
    /// tanh([x, e(y)]·W + b)·V into a cross-entropy of the same labels, the mean over the rows; losses per row,
    /// the layer, and all gradients.
    /// </summary>
    /// <param name="name">Name of the engine's class.</param>
    /// <param name="batch">Rows.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="hidden">Columns of the layer.</param>
    /// <param name="samples">Rows per example: each has the example's x and a label of its own.</param>
    public static GraphProgram Classifier(string name, int batch, int inputs, int classes, int hidden, int samples = 1)
    {
        var g = new GraphBuilder();
        var random = new Random(classes);
        var bindings = new Bindings();
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        Node Weight(string weight, params int[] shape)
        {
            bindings.Parameters[weight] = Numbers(shape.Aggregate(1, (a, b) => a * b));
            return g.Parameter(weight, new(shape));
        }

        bindings.Inputs["x"] = Numbers(batch * samples * inputs);
        bindings.Inputs["y"] = [.. Enumerable.Range(0, batch * samples).Select(_ => (double)random.Next(-1, classes))];
        var (x, y) = (g.Input("x", new(samples, new(inputs))), g.OneHot(g.Input("y", new(samples, Shape.Scalar)), classes));
        Node[] weights =
        [
            Weight("net.dense1.weight", inputs + classes, hidden), Weight("net.dense1.bias", hidden),
            Weight("net.dense2.weight", hidden, classes),
        ];
        var h = g.Unary(Op.Tanh, g.Affine(g.Concat(0, x, y), weights[0], weights[1]));
        var rows = g.Neg(g.Sum(g.Mul(y, g.LogSoftmax(g.Affine(h, weights[2], null)))));
        var loss = g.MeanRows(rows);
        var gradients = Gradients.Of(g, loss, [.. weights, x]);
        return new(name, new(
        [
            (new(ResultKind.Loss, "Entropy"), loss), (new(ResultKind.RowLoss, "Entropies"), rows),
            (new(ResultKind.Output, "hidden"), h), (new(ResultKind.Output, "dx"), gradients[^1]),
            .. weights.Select((w, i) => (new ResultName(ResultKind.Gradient, w.Name), gradients[i])),
        ]), batch, bindings);
    }

    /// <summary>Labels that a program makes itself: what is read by them waits for them, whatever space it shares with them.</summary>
    public static GraphProgram ComputedLabels(int batch)
    {
        var g = new GraphBuilder();
        var bindings = new Bindings
        {
            Inputs = { ["y"] = [.. Enumerable.Range(0, batch).Select(i => (double)(i % 6))] },
            Parameters = { ["t"] = [1, -2, 3, 4], ["u"] = [.. Enumerable.Range(0, 12).Select(i => 0.5 * i - 2)] },
        };
        var y = g.Input("y", TensorType.Batch());
        // With one class or one column a label has the space of what is made of it, so that both might come to share registers.
        Node Column(Node x) => g.Reshape(x, new Shape(1));
        var (label, few) = (g.Clamp(g.Sub(y, g.Constant(2)), -1, 3), g.Clamp(g.Sub(y, g.Constant(3)), -1, 0));
        var rows = g.Add(g.Gather(g.Parameter("u", new(4, 3)), label), label);
        return new("Computed", new(
        [
            (new(ResultKind.Output, "number"), g.Mul(Column(label), g.Gather(g.Parameter("t", new(4, 1)), label))),
            (new(ResultKind.Output, "one"), g.Sub(Column(few), g.OneHot(few, 1))),
            (new(ResultKind.Output, "rows"), rows),
            (new(ResultKind.Output, "hot"), g.OneHot(label, 4)),
            (new(ResultKind.Output, "sums"), g.Scatter(rows, label, 4)),
        ]), batch, bindings);
    }

    /// <summary>Whether a program of few kernels has rows by label, one-hot rows in registers, and sums by label.</summary>
    public static bool IsSmallWithAll(GraphProgram program)
    {
        var plan = GraphEngines.Fused(program.Compile().Graph).Programs[0];
        var ops = Maps(plan).SelectMany(m => m.Instructions).Select(i => i.Op).ToHashSet();
        return plan.Kernels.Count <= 18 && ops.IsSupersetOf([Op.OneHot, Op.Gather]) && plan.Kernels.Any(k => k is ScatterKernel);
    }

    /// <summary>Maps of a program, alone and behind products.</summary>
    public static IEnumerable<MapBody> Maps(ProgramPlan plan) =>
        plan.Kernels.Select(k => k switch { MapKernel m => m.Body, ProductKernel p => p.Epilogue, _ => null }).OfType<MapBody>();

    /// <summary>A random program, as it is.</summary>
    public static GraphProgram Random(int seed)
    {
        var graph = RandomGraphs.Create(seed);
        var gradients = Gradients.Of(graph.Builder, graph.Loss, graph.Leaves);
        return new GraphProgram($"Random{seed}", new(
        [
            (new(ResultKind.Loss, "loss"), graph.Loss),
            .. graph.Leaves.Select((leaf, i) => (Name(leaf), gradients[i])),
            .. graph.Outputs.Select((output, i) => (new ResultName(ResultKind.Output, $"o{i}"), output)),
        ]), graph.Batch, graph.Bindings).WithDraws();
    }

    static ResultName Name(Node leaf) =>
        leaf.Type.IsShared ? new(ResultKind.Gradient, leaf.Name) : new(ResultKind.Output, $"d{leaf.Name}");
}

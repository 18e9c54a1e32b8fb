using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>A program written in IR, with values for its sources: what no declaration says yet, or would say at length.</summary>
/// <param name="Name">Name of the engine's class.</param>
/// <param name="Roots">Results; a gradient has the name of its parameter.</param>
/// <param name="Batch">Rows.</param>
/// <param name="Bindings">Values of the sources; draws are the engine's own, see <see cref="WithDraws"/>.</param>
sealed record GraphProgram(string Name, Roots<ResultName> Roots, int Batch, Bindings Bindings)
{
    /// <summary>Seed of the draws.</summary>
    public const ulong Seed = 5;

    /// <summary>As many inputs as an engine takes: where there are more, the values that are no labels travel as columns of one.</summary>
    const int MostInputs = Runtime.Inputs.Most;

    const string Packed = "packed";

    /// <summary>Results of the interpreter on the program as it was written.</summary>
    public Dictionary<string, double[]> Expected() => Interpreter.Evaluate(Roots, Batch, Bindings);

    /// <summary>The same program with the draws that an engine makes.</summary>
    public GraphProgram WithDraws()
    {
        foreach (var draw in Nodes(Op.Draw))
        {
            var (key, columns) = (Runtime.Philox.DrawKey(Seed, draw.Name), draw.Shape.Count);
            double Drawn(int i) => Runtime.Philox.Normal(key, (long)Bindings.StepCount, 0, i / columns, i % columns);
            Bindings.Draws[draw.Name] = [.. Enumerable.Range(0, (int)draw.Type.Count(Batch)).Select(Drawn)];
        }
        return this;
    }

    IEnumerable<Node> Nodes(Op op) => Topology.Sort(Roots.Select(r => r.Node)).Where(n => n.Op == op);

    /// <summary>What the compiler gets, and the data of its inputs in their order.</summary>
    public (ModelGraph Graph, float[][] Inputs) Compile()
    {
        var inputs = Nodes(Op.Input).ToList();
        var packed = inputs.Count <= MostInputs
            ? []
            : inputs.Where(n => n.Shape.Rank > 0).Concat(inputs.Where(n => n.Shape.Rank == 0).Skip(MostInputs - 1)).ToList();
        var g = new GraphBuilder();
        static int Width(Node input) => input.Type.Rows * input.Shape.Count;
        var width = packed.Sum(Width);
        var replaced = new Dictionary<Node, Node>();
        var at = 0;
        foreach (var node in packed)
        {
            replaced[node] = g.Reshape(g.Slice(g.Input(Packed, TensorType.Batch(width)), 0, at, Width(node)), node.Type.Rows, node.Shape);
            at += Width(node);
        }
        var roots = Roots.Select(g.Importer(node => replaced.TryGetValue(node, out var slice) ? slice : null));
        var names = inputs.Except(packed).Select(n => n.Name).Concat(packed.Count > 0 ? [Packed] : []).ToList();
        float[] Data(string name) => name == Packed
            ? [.. Enumerable.Range(0, Batch).SelectMany(row => packed.SelectMany(n => Row(n, row)))]
            : [.. Bindings.Inputs[name].Select(v => (float)v)];
        IEnumerable<float> Row(Node node, int row) =>
            Bindings.Inputs[node.Name].Skip(row * Width(node)).Take(Width(node)).Select(v => (float)v);

        // Also those that have a gradient and are not used.
        var storages = Nodes(Op.Parameter).Select(p => (p.Name, p.Shape))
            .Concat(Roots.Where(r => r.Name.Kind == ResultKind.Gradient).Select(r => (r.Name.Name, r.Node.Shape)))
            .DistinctBy(p => p.Name).DefaultIfEmpty(("none", new Shape(1))).Select(p => Storage(p.Item1, p.Item2)).ToList();
        var optimizer = new OptimizerGraph("Sgd", "", false, false, false);
        var phase = new PhaseGraph("Step", 1, false, new([optimizer]), null, true, new([]));
        var hyperparameters = optimizer.Properties.Select(optimizer.Hyperparameter).Concat(Nodes(Op.Hyperparameter).Select(h => h.Name));
        // A phase has a program without losses, too.
        var nothing = new Roots<ResultName>([(new(ResultKind.Output, "nothing"), g.Constant(0))]);
        return (new ModelGraph(
            new ModelIdentity("", new([]), Name, Name, "partial", "Tests"), Batch, Math.Max(Batch, 64), new(storages.Select(s => s.Name)),
            new(storages), new([phase]), new(hyperparameters.Select(h => new HyperparameterGraph(h, ValueRange.Finite))),
            new(
            [
                new ProgramGraph(phase.Gradients, "a program in IR", Batch, new(names), roots),
                new ProgramGraph(phase.TrainingGradients, "nothing", Batch, new([]), nothing),
            ])), [.. names.Select(Data)]);
    }

    static Storage Storage(string name, Shape shape) =>
        new(name, shape, new([new StorageMember(name, shape, FileAxis.Of(shape), "Zeros", 1, 1, 0)]), new([0]));
}

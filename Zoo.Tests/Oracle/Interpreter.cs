using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>
/// Evaluates the tensor IR in double precision, one node after the other, each by its definition. Written for being obviously right: it
/// shares no code with the compiler's back ends, which are compared with it.
/// </summary>
static class Interpreter
{
    /// <summary>Elements of <paramref name="root"/> for a batch of <paramref name="batch"/> examples, row-major, rows first.</summary>
    public static double[] Evaluate(Node root, int batch, Bindings bindings) => Evaluate([root], batch, bindings)[root];

    /// <summary>Elements of each root by name.</summary>
    public static Dictionary<string, double[]> Evaluate<TName>(Roots<TName> roots, int batch, Bindings bindings)
        where TName : IEquatable<TName>
    {
        var values = Evaluate(roots.Select(r => r.Node), batch, bindings);
        return roots.ToDictionary(r => r.Name.ToString()!, r => values[r.Node]);
    }

    /// <summary>Elements of every node that the roots reach.</summary>
    public static Dictionary<Node, double[]> Evaluate(IEnumerable<Node> roots, int batch, Bindings bindings)
    {
        var values = new Dictionary<Node, double[]>();
        foreach (var node in Topology.Sort(roots))
        {
            var value = Apply(node, [.. node.Inputs.Select(i => new Value(i.Type, batch, values[i]))], batch, bindings);
            if (value.Length != node.Type.Count(batch))
                throw new InvalidOperationException($"{node} has {node.Type.Count(batch)} elements for {batch} rows, but got "
                    + $"{value.Length}.");
            values[node] = value;
        }
        return values;
    }

    static double[] Apply(Node node, Value[] inputs, int batch, Bindings bindings) => node.Op switch
    {
        Op.Input => bindings.Inputs[node.Name],
        Op.Parameter or Op.State => bindings.Parameters[node.Name],
        Op.Hyperparameter => [bindings.Hyperparameters[node.Name]],
        Op.Draw => bindings.Draws[node.Name],
        Op.Carried => bindings.Carried[node.Name],
        Op.Constant => Filled(node.Attributes.Value, node.Type.Count(batch)),
        Op.StepCount => [bindings.StepCount],
        Op.RowCount => [bindings.RowCount ?? batch],
        Op.Select => [.. inputs[0].Data.Select((c, i) => c != 0 ? inputs[1].Data[i] : inputs[2].Data[i])],
        Op.StopGradient or Op.Reshape => inputs[0].Data,
        Op.Broadcast => Movement.Broadcast(inputs[0], new(node.Type, batch)),
        Op.Slice => Movement.Slice(inputs[0], new(node.Type, batch), node.Attributes.Axis, node.Attributes.Start),
        Op.Concat => Movement.Concat(inputs, new(node.Type, batch), node.Attributes.Axis),
        Op.Permute => Movement.Permute(inputs[0], new(node.Type, batch), node.Attributes.Axes),
        Op.Windows => Movement.Windows(inputs[0], new(node.Type, batch), node.Attributes.Windowing!.Value),
        Op.WindowSum => Movement.WindowSum(inputs[0], new(node.Type, batch), node.Attributes.Windowing!.Value),
        Op.Sum => Reduction.Reduce(inputs[0], new(node.Type, batch), 0, (a, b) => a + b),
        Op.ReduceMax => Reduction.Reduce(inputs[0], new(node.Type, batch), double.NegativeInfinity, Math.Max),
        Op.MatMul => Contraction.MatMul(inputs[0], inputs[1], node.Attributes.TransposeA, node.Attributes.TransposeB),
        Op.BatchMatMul => Contraction.BatchMatMul(inputs[0], inputs[1], node.Attributes.TransposeA, node.Attributes.TransposeB),
        Op.OneHot => Labels.OneHot(inputs[0], node.Shape[0]),
        Op.Gather => Labels.Gather(inputs[0], inputs[1]),
        Op.Scatter => Labels.Scatter(inputs[0], inputs[1], node.Shape[0]),
        _ when node.Op.IsUnary() => [.. inputs[0].Data.Select(x => Elementwise.Unary(node, x))],
        _ when node.Op.IsBinary() => [.. inputs[0].Data.Zip(inputs[1].Data, (a, b) => Elementwise.Binary(node.Op, a, b))],
        _ => throw new NotSupportedException($"The interpreter does not know {node.Op}."),
    };

    static double[] Filled(double value, long count)
    {
        var data = new double[count];
        Array.Fill(data, value);
        return data;
    }
}

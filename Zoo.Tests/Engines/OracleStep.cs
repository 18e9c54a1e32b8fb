using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>
/// Losses and gradients of a training step in double precision, from the traced declaration: no merging, no simplification, no kernels.
/// </summary>
sealed class OracleStep
{
    readonly ModelTrace trace;
    readonly ModelGraph graph;

    public OracleStep(ModelTrace trace)
    {
        this.trace = trace;
        graph = Differentiate.Run(BuildPrograms.Run(trace, merge: false).Graph);
    }

    /// <summary>Roots of a program (losses, gradients, results) for the model as it stands.</summary>
    public Dictionary<string, double[]> Run(string program, IGenerativeModel model, int rows, Dictionary<string, double[]> inputs, Dictionary<string, double[]> draws, long step)
    {
        var bindings = new Bindings { Inputs = inputs, Draws = draws, StepCount = step };
        foreach (var parameter in trace.Parameters) bindings.Parameters[parameter.Name] = Values(parameter, model.Parameters[parameter.Name]);
        foreach (var name in model.Hyperparameters.Names) bindings.Hyperparameters[name] = model.Hyperparameters[name];
        return Interpreter.Evaluate(graph.Program(program).Results, rows, bindings);
    }

    /// <summary>Names and lengths of a program's draws before anything is simplified away.</summary>
    public IEnumerable<(string Name, long Count)> Draws(string program, int rows) =>
        Topology.Sort(graph.Program(program).Results.Select(r => r.Node)).Where(n => n.Op == Op.Draw).Select(n => (n.Name, n.Type.Count(rows)));

    /// <summary>A parameter in the layout of the IR.</summary>
    public static double[] Values(ParameterTrace trace, Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return FromSurface(trace, values);
    }

    /// <summary>From PyTorch's layout to that of the IR.</summary>
    public static double[] FromSurface(ParameterTrace trace, float[] values)
    {
        if (!trace.IsTransposed) return [.. values.Select(v => (double)v)];
        var (rows, columns) = (trace.Shape[0], trace.Shape[1]);
        return [.. Enumerable.Range(0, rows * columns).Select(i => (double)values[i % columns * rows + i / columns])];
    }
}

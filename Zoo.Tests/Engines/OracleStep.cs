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

    /// <param name="trace">The declaration.</param>
    /// <param name="variant">What it is a declaration of, where that is none of the zoo's.</param>
    public OracleStep(ModelTrace trace, Variant? variant = null)
    {
        this.trace = trace;
        graph = Differentiate.Run((variant is null
            ? BuildPrograms.Run(trace, merge: false)
            : BuildPrograms.Run(trace, variant, merge: false)).Graph);
    }

    /// <summary>Roots of a program (losses, gradients, results) for the model as it stands.</summary>
    public Dictionary<string, double[]> Run(string program, IGenerativeModel model, int rows, Dictionary<string, double[]> inputs,
        Dictionary<string, double[]> draws, long step)
    {
        var bindings = new Bindings { Inputs = inputs, Draws = draws, StepCount = step };
        foreach (var parameter in trace.Parameters)
            bindings.Parameters[parameter.Name] = Values(parameter, model.Parameters[parameter.Name]);
        foreach (var storage in graph.Storages.Where(s => s.IsAdvanced))
        {
            var values = new float[storage.Shape.Count];
            model.Parameters[storage.Name].CopyTo(values);
            bindings.Parameters[storage.Name] = [.. values.Select(v => (double)v)];
        }
        foreach (var name in model.Hyperparameters.Names) bindings.Hyperparameters[name] = model.Hyperparameters[name];
        return Interpreter.Evaluate(graph.Program(program).Results, rows, bindings);
    }

    /// <summary>Names and lengths of a program's draws before anything is simplified away.</summary>
    public IEnumerable<(string Name, long Count)> Draws(string program, int rows) =>
        Topology.Sort(graph.Program(program).Results.Select(r => r.Node)).Where(n => n.Op == Op.Draw)
            .Select(n => (n.Name, n.Type.Count(rows)));

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
        var strides = new int[trace.Shape.Rank];
        for (int axis = strides.Length - 1, stride = 1; axis >= 0; stride *= trace.Shape[axis--]) strides[axis] = stride;
        var inside = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (rest, place) = (i, 0);
            for (var axis = trace.FileAxes.Count - 1; axis >= 0; axis--)
            {
                var (size, along, step) = trace.FileAxes[axis];
                (rest, var index) = Math.DivRem(rest, size);
                place += index * step * strides[along];
            }
            inside[place] = values[i];
        }
        return inside;
    }
}

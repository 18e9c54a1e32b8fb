using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Boltzmann;

/// <summary>
/// A machine's programs in double precision, loops counted by hand: every run with draws of its own, from their definition.
/// </summary>
sealed class BoltzmannOracle
{
    readonly ModelTrace trace;
    readonly ModelGraph graph;

    public BoltzmannOracle(ModelTrace trace)
    {
        this.trace = trace;
        graph = Differentiate.Run(BuildPrograms.Run(trace, merge: false).Graph);
    }

    public ModelGraph Graph => graph;

    /// <summary>Parameters, state and hyperparameters as they stand in a model.</summary>
    public Bindings Bind(IGenerativeModel model, params (string Name, float[] Values)[] inputs)
    {
        var bindings = new Bindings { Inputs = inputs.ToDictionary(i => i.Name, i => Doubles(i.Values)), StepCount = model.Steps };
        foreach (var parameter in trace.Parameters)
            bindings.Parameters[parameter.Name] = Engines.OracleStep.Values(parameter, model.Parameters[parameter.Name]);
        foreach (var storage in graph.Storages.Where(s => s.IsAdvanced))
        {
            var values = new float[storage.Shape.Count];
            model.Parameters[storage.Name].CopyTo(values);
            bindings.Parameters[storage.Name] = Doubles(values);
        }
        foreach (var name in model.Hyperparameters.Names) bindings.Hyperparameters[name] = model.Hyperparameters[name];
        return bindings;
    }

    /// <summary>A training step up to its gradients: loops first, each run one iteration further.</summary>
    public Dictionary<string, double[]> Gradients(Bindings bindings, ulong seed, long step, int rows)
    {
        var iteration = 0;
        foreach (var loop in graph.Phases[0].Loops)
            for (var time = 0; time < loop.Times; time++) Run(loop.Program, bindings, seed, step, iteration++, rows);
        return Run(graph.Phases[0].Gradients, bindings, seed, step, iteration, rows);
    }

    /// <summary>One run; what it advances and hands on is there for the next.</summary>
    public Dictionary<string, double[]> Run(string program, Bindings bindings, ulong seed, long step, int iteration, int rows)
    {
        var results = graph.Program(program).Results;
        foreach (var draw in Topology.Sort(results.Select(r => r.Node)).Where(n => n.Op == Op.Draw))
        {
            var (key, columns) = (Philox.DrawKey(seed, draw.Name), draw.Shape.Count);
            bindings.Draws[draw.Name] =
            [
                .. Enumerable.Range(0, (int)draw.Type.Count(rows)).Select(i => (double)(draw.Attributes.Draw == DrawKind.Normal
                    ? Philox.Normal(key, step, iteration, i / columns, i % columns)
                    : Philox.Uniform(key, step, iteration, i / columns, i % columns))),
            ];
        }
        return Evaluate(program, bindings, rows);
    }

    /// <summary>The same with draws that are bound already.</summary>
    public Dictionary<string, double[]> Evaluate(string program, Bindings bindings, int rows)
    {
        var results = graph.Program(program).Results;
        var values = Interpreter.Evaluate(results, rows, bindings);
        foreach (var (name, _) in results)
        {
            if (name.Kind == ResultKind.NextState) bindings.Parameters[name.Name] = values[name.ToString()];
            if (name.Kind == ResultKind.Carried) bindings.Carried[name.Name] = values[name.ToString()];
        }
        return values;
    }

    public static double[] Doubles(float[] values) => [.. values.Select(v => (double)v)];
}

using System.Reflection;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// Steps of a model with several phases, half by half beside the oracle: losses, gradients and updates of each phase that is due.
/// </summary>
sealed class PhasedSteps(ModelTrace trace, IGenerativeModel model)
{
    readonly ModelGraph graph = BuildPrograms.Run(trace).Graph;
    readonly OracleStep oracle = new(trace);
    readonly ModelEngine engine = Engine(model);
    readonly Dictionary<string, ReferenceOptimizers> optimizers = [];
    readonly Dictionary<string, long> updates = [];

    /// <summary>The engine that a generated class holds.</summary>
    public static ModelEngine Engine(IGenerativeModel model) =>
        (ModelEngine)model.GetType().GetField("zooEngine", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model)!;

    public static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Length];
        parameter.CopyTo(values);
        return values;
    }

    /// <summary>One step; returns the losses that the oracle has for it, NaN where a phase was not due.</summary>
    public double[] Step(TrainingBatch batch)
    {
        var losses = model.LossNames.ToArray().Select(_ => double.NaN).ToArray();
        var step = model.Steps;
        for (var first = 0; first < graph.Phases.Count;)
        {
            // Simultaneous phases have all their gradients before any of them moves a weight.
            var together = 1 + graph.Phases.Skip(first + 1).TakeWhile(p => p.IsSimultaneous).Count();
            var due = Enumerable.Range(first, together).Where(o => (step + 1) % graph.Phases[o].Every == 0).ToList();
            var expected = due.ToDictionary(ordinal => ordinal, ordinal =>
            {
                var before = Statistics();
                engine.Gradients(ordinal, batch.Inputs(engine));
                return Oracle(graph.Phases[ordinal], batch, step, before);
            });
            foreach (var ordinal in due)
            {
                var names = model.LossNames.ToArray();
                for (var i = 0; i < names.Length; i++)
                    if (expected[ordinal].TryGetValue($"loss.{names[i]}", out var loss)) losses[i] = loss[0];
                Update(ordinal, graph.Phases[ordinal], expected[ordinal], $"step {step} {graph.Phases[ordinal].Name}");
            }
            first += together;
        }
        Assert.Equal(step + 1, model.Steps);
        return losses;
    }

    Dictionary<string, float[]> Statistics() => trace.States.ToDictionary(s => s.Name, s => Values(model.Parameters[s.Name]));

    /// <summary>What the oracle has for a phase. Statistics are where it says, and those of networks that others train unmoved.</summary>
    Dictionary<string, double[]> Oracle(PhaseGraph phase, TrainingBatch batch, long step, Dictionary<string, float[]> before)
    {
        var after = Statistics();
        foreach (var (name, values) in before) model.Parameters[name].CopyFrom(values);
        var expected = Oracle(phase, batch, step);
        foreach (var (name, values) in after)
        {
            model.Parameters[name].CopyFrom(values);
            if (expected.TryGetValue($"next.{name}", out var next))
                Tolerances.Close($"step {step} {phase.Name} {name}", next, values, Tolerances.Gradient, 1e-3);
            else Assert.Equal(before[name], values);
        }
        return expected;
    }

    Dictionary<string, double[]> Oracle(PhaseGraph phase, TrainingBatch batch, long step)
    {
        var draws = model.Draws.Names.ToDictionary(n => n, n =>
        {
            var values = new float[model.Draws.Length(n)];
            model.Draws.CopyTo(n, values);
            return values.Select(v => (double)v).ToArray();
        });
        return oracle.Run(phase.Gradients, model, model.BatchSize, batch.Bindings(), draws, step);
    }

    void Update(int ordinal, PhaseGraph phase, Dictionary<string, double[]> expected, string what)
    {
        var trained = trace.Parameters.Where(p => graph.Storages.Any(s => s.Trainers[ordinal] >= 0
            && s.Members.Any(m => m.Parameter == p.Name))).ToList();
        Assert.NotEmpty(trained);
        Assert.Equal(trained.Select(p => p.Name).Order(),
            expected.Keys.Where(k => k.StartsWith("gradient.", StringComparison.Ordinal)).Select(k => k["gradient.".Length..]).Order());
        var (before, gradients) = (new Dictionary<string, double[]>(), new Dictionary<string, double[]>());
        foreach (var parameter in trace.Parameters) before[parameter.Name] = OracleStep.Values(parameter, model.Parameters[parameter.Name]);
        foreach (var parameter in trained)
        {
            var gradient = new float[model.Parameters[parameter.Name].Length];
            model.Parameters[parameter.Name].CopyGradientTo(gradient);
            var actual = OracleStep.FromSurface(parameter, gradient);
            Tolerances.Close($"{what} gradient of {parameter.Name}", expected[$"gradient.{parameter.Name}"],
                [.. actual.Select(v => (float)v)], Tolerances.Gradient, 1e-3);
            gradients[parameter.Name] = actual;
        }
        engine.Update(ordinal);
        if (!optimizers.TryGetValue(phase.Name, out var reference))
            optimizers[phase.Name] = reference = new(trace, graph.Phases.Count == 1 ? null : phase.Name);
        updates[phase.Name] = updates.GetValueOrDefault(phase.Name) + 1;
        var wanted = before.ToDictionary(b => b.Key, b => (double[])b.Value.Clone());
        reference.Update(wanted, gradients, updates[phase.Name]);
        foreach (var parameter in trace.Parameters)
        {
            var after = OracleStep.Values(parameter, model.Parameters[parameter.Name]);
            var start = before[parameter.Name];
            if (!trained.Contains(parameter))
            {
                Assert.Equal(start, after);
                continue;
            }
            if (phase.Bound is { } bound)
                wanted[parameter.Name] = [.. wanted[parameter.Name].Select(v => Math.Clamp(v, -model.Hyperparameters[bound],
                    model.Hyperparameters[bound]))];
            Tolerances.Close(
                $"{what} update of {parameter.Name}", [.. wanted[parameter.Name].Select((v, i) => v - start[i])],
                [.. after.Select((v, i) => (float)(v - start[i]))],
                Tolerances.Update, Tolerances.UpdateFloor);
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints what the runtime must know of a model: the table of its state, phases with their programs, and draws.</summary>
static class DescriptionEmitter
{
    /// <param name="w">Receives the method.</param>
    /// <param name="plan">The plan of one target.</param>
    /// <param name="state">Its state.</param>
    /// <param name="activationFloats">How much of the activations the host has.</param>
    /// <param name="programs">Class with the programs' ordinals and a dot, where that is another.</param>
    public static void Write(CodeWriter w, ModelPlan plan, StateTable state, int activationFloats, string programs = "")
    {
        w.Line("/// <summary>The model's description, with first values of the hyperparameters in their order in memory.</summary>");
        using (w.Block("public static ModelDescription Describe(string name, string variant, string[] lossNames, float[] hyperparameters)"))
        {
            w.Line("return new ModelDescription(");
            w.Line($"    name, variant, \"{Fingerprint(plan)}\", {Text.Number(plan.Batch)},");
            Parameters(w, plan);
            w.Line($"    {Text.Number(plan.SectionFloats)}, {Text.Number(state.GradientOffset)}, {Text.Number(state.GradientFloats)},");
            w.Line($"    [{string.Join(", ", Moments(plan, state))}],");
            w.Line("    [");
            for (var i = 0; i < plan.Hyperparameters.Count; i++)
            {
                var (name, range) = plan.Hyperparameters[i];
                var offset = Text.Number(state.HyperparameterOffset + i);
                w.Line($"        new({Text.String(name)}, hyperparameters[{Text.Number(i)}], {offset}, HyperparameterRange.{range}),");
            }
            w.Line("    ],");
            w.Line("    [");
            foreach (var draw in Draws(plan)) w.Line($"        new({draw}),");
            w.Line("    ],");
            w.Line("    [.. lossNames],");
            w.Line("    [");
            foreach (var phase in plan.Phases) w.Line($"        new({Phase(phase, programs)}){Loops(phase, programs)},");
            w.Line("    ],");
            w.Line($"    {Text.Number(state.StateFloats)}, {Text.Number(activationFloats)});");
        }
    }

    static void Parameters(CodeWriter w, ModelPlan plan)
    {
        var places = plan.Storages.SelectMany(s => s.Storage.Members.Select(m => (Member: m, s.Storage, s.Offset)))
            .ToDictionary(p => p.Member.Parameter);
        w.Line("    [");
        foreach (var name in plan.Parameters)
        {
            var (member, storage, offset) = places[name];
            // In a turned storage the last axis of the members is the outer one.
            var strides = Strides(storage.Shape);
            if (storage.IsTurned) strides = [strides[1], strides[0]];
            var start = offset + (strides.Length == 0 ? 0 : member.Start * strides[strides.Length - 1]);
            int[] shape = [.. member.FileAxes.Select(a => a.Size)];
            int[] steps = [.. member.FileAxes.Select(a => a.Step * strides[a.Axis])];
            var place = $"[{Join(shape)}], {Text.Number(start)}, [{Join(steps)}]";
            var first = $"global::Zoo.Init.{member.Init}, {Text.Number(member.FanIn)}, {Text.Number(member.FanOut)}";
            w.Line($"        new({Text.String(name)}, {place}, {first}, {(storage.IsTrained ? "true" : "false")}){FurtherOf(member)},");
        }
        w.Line("    ],");
    }

    /// <summary>What few parameters have.</summary>
    static string FurtherOf(StorageMember member)
    {
        var gain = member.Gain == 1 ? null : $"Gain = {Text.Number(member.Gain)}";
        var vector = member.Vector is { } of
            ? $"Vector = new({Text.String(of.Weight)}, {Text.Number(of.OutputAxis)}, {(of.IsLeft ? "true" : "false")})"
            : null;
        return gain is null && vector is null ? "" : $" {{ {string.Join(", ", new[] { gain, vector }.OfType<string>())} }}";
    }

    /// <summary>Each moment over each stretch of parameters that its optimiser updates.</summary>
    static IEnumerable<string> Moments(ModelPlan plan, StateTable state)
    {
        for (var i = 0; i < plan.Phases.Count; i++)
        {
            var phase = plan.Phases[i];
            var ranges = state.Ranges(i);
            foreach (var moment in phase.Optimizers.SelectMany(o => o.Moments).Distinct())
                foreach (var range in ranges)
                    if (phase.Optimizers[range.Optimizer].Moments.ToList().IndexOf(moment) is >= 0 and var ordinal)
                        yield return $"new({Text.String(Key(phase))}, {Text.String(moment)}, {Text.Number(range.Moments[ordinal])}, "
                            + $"{Text.Number(range.Start)}, {Text.Number(range.Length)})";
        }
        if (plan.KeepsAverages)
            yield return $"new(\"\", \"average\", {Text.Number(state.AverageOffset)}, 0, {Text.Number(state.GradientFloats)})";
    }

    /// <summary>What a step draws, under the name of each phase that reads it.</summary>
    static IEnumerable<string> Draws(ModelPlan plan)
    {
        var names = new HashSet<string>();
        foreach (var phase in plan.Phases)
        {
            // Of a draw that a loop makes again and again, the last.
            var programs = phase.Reads.Select(PhaseGraph.Shared).Concat(phase.Loops.Select(l => l.Program)).Append(phase.Gradients);
            foreach (var program in programs.Select(plan.Program))
            {
                foreach (var kernel in program.Kernels.OfType<DrawKernel>())
                {
                    // Under the name of another phase: a draw that both share.
                    var name = kernel.Draw.StartsWith(phase.Prefix, System.StringComparison.Ordinal)
                        ? kernel.Draw
                        : phase.Prefix + kernel.Draw.Substring(kernel.Draw.IndexOf(':') + 1);
                    if (!names.Add(name)) continue;
                    var size = $"{Text.Number(kernel.Rows.For(plan.Batch))}, {Text.Number(kernel.Columns)}";
                    yield return $"{Text.String(name)}, {size}, {Text.Number(program.Buffers[kernel.Target].Offset)}, "
                        + $"{Text.Number(kernel.Columns)}";
                }
            }
        }
    }

    static string Phase(PhaseGraph phase, string prefix)
    {
        string Ordinal(string program) => prefix + EngineNames.Program(program);
        var shared = string.Join(", ", phase.Reads.Select(r => Ordinal(PhaseGraph.Shared(r))));
        var programs = $"{Ordinal(phase.Gradients)}, {Ordinal(phase.TrainingGradients)}, {Ordinal(phase.Update)}, [{shared}]";
        return $"{Text.String(Key(phase))}, {Text.Number(phase.Every)}, {(phase.IsSimultaneous ? "true" : "false")}, {programs}";
    }

    static string Loops(PhaseGraph phase, string prefix)
    {
        if (phase.Loops.Count == 0) return "";
        var loops = phase.Loops.Select(l => $"new({prefix}{EngineNames.Program(l.Program)}, {Text.Number(l.Times)})");
        return $" {{ Loops = [{string.Join(", ", loops)}] }}";
    }

    /// <summary>Name of a phase in files.</summary>
    static string Key(PhaseGraph phase) => Naming.SnakeCase(phase.Name);

    static int[] Strides(Shape shape)
    {
        var strides = new int[shape.Rank];
        var stride = 1;
        for (var i = shape.Rank - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    static string Join(int[] numbers) => string.Join(", ", numbers.Select(n => Text.Number(n)));

    /// <summary>Names and shapes of what a checkpoint holds.</summary>
    static string Fingerprint(ModelPlan plan)
    {
        var members = plan.Storages.SelectMany(s => s.Storage.Members).ToDictionary(m => m.Parameter);
        var hash = Hash128.Start;
        foreach (var name in plan.Parameters)
        {
            hash = hash.Add(name);
            foreach (var d in members[name].Shape.Dimensions) hash = hash.Add(d);
        }
        foreach (var moment in plan.Phases.SelectMany(p => p.Optimizers).SelectMany(o => o.Moments).Distinct()) hash = hash.Add(moment);
        foreach (var (name, _) in plan.Hyperparameters) hash = hash.Add(name);
        if (plan.Phases.Count > 1) foreach (var phase in plan.Phases) hash = hash.Add(phase.Name);
        return hash.ToString();
    }
}

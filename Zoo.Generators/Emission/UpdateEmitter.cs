using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>
/// Prints the update of each phase: one flat pass of an optimiser over each contiguous stretch of parameters that it trains.
/// </summary>
static class UpdateEmitter
{
    public static void Write(CodeWriter w, ModelPlan plan, StateTable state, UpdateDialect dialect)
    {
        for (var i = 0; i < plan.Phases.Count; i++)
        {
            w.Line();
            Phase(w, plan, state, i, dialect);
        }
    }

    static void Phase(CodeWriter w, ModelPlan plan, StateTable state, int ordinal, UpdateDialect dialect)
    {
        var phase = plan.Phases[ordinal];
        var ranges = state.Ranges(ordinal);
        w.Line(phase.IsOnly
            ? "// Parameters and moments from the gradients of the last batch."
            : $"// Parameters and moments of the {phase.Name} phase from its gradients of the last batch.");
        using (w.Block(dialect.Head(phase.Update)))
        using (w.Block("unchecked"))
        {
            w.Line(dialect.Hyperparameters);
            if (phase.Optimizers.Any(o => o.ClipsNorm) && !dialect.ScaleIsInMemory)
            {
                w.Line($"\n// The Euclidean norm of the whole gradient, from partial sums of squares in fixed blocks.");
                var blocks = 0;
                foreach (var range in ranges)
                {
                    w.Line($"Optimizer.SquaredNorm(worker, {dialect.Address(state.GradientOffset + range.Start)}, "
                        + $"{Text.Number(range.Length)}, Memory.At({Text.Number(plan.KeptFloats + blocks)}));");
                    blocks += NormBlocks(range.Length);
                }
                w.Line("worker.Barrier();");
            }
            for (var i = 0; i < ranges.Count; i++) Range(w, plan, state, ordinal, ranges[i], dialect, isOnly: ranges.Count == 1);
            if (phase.Bound is { } bound) Clamp(w, state, bound, ranges, dialect);
            if (plan.KeepsAverages) Average(w, state, ordinal, ranges, dialect);
        }
    }

    /// <summary>Partial sums of a stretch: <c>Optimizer.NormBlocks</c>.</summary>
    static int NormBlocks(int length) => (length + 4095) / 4096;

    static void Range(CodeWriter w, ModelPlan plan, StateTable state, int phase, UpdateRange range, UpdateDialect dialect, bool isOnly)
    {
        var optimizer = plan.Phases[phase].Optimizers[range.Optimizer];
        var (start, length) = (range.Start, Text.Number(range.Length));
        // Each hyperparameter under its name; with several stretches each has a scope of its own.
        string Hyper(string property) => char.ToLowerInvariant(property[0]) + property.Substring(1);
        string Moment(int moment) => dialect.Address(range.Moments[moment]);
        w.Line();
        using var scope = isOnly ? null : w.Block("");
        w.Line($"// {optimizer.Kind} over {Text.Number(range.Parameters)} parameters.");
        foreach (var property in optimizer.Properties)
            w.Line($"var {Hyper(property.Name)} = state[{Text.Number(state.Hyperparameter(optimizer.Hyperparameter(property)))}];");
        var (scale, place) = ("1f", "");
        if (dialect.ScaleIsInMemory)
        {
            place = ", -1";
            if (optimizer.ClipsNorm)
            {
                w.Line("// The Euclidean norm of the whole gradient, and the factor that brings it to at most the given one.");
                var stretches = string.Join(", ",
                    state.Ranges(phase).Select(r => $"({Text.Number(state.GradientOffset + r.Start)}, {Text.Number(r.Length)})"));
                w.Line($"var scale = ClipScale([{stretches}], Memory + {Text.Number(plan.KeptFloats)}, {Hyper("ClipNorm")});");
                place = ", scale";
            }
        }
        else if (optimizer.ClipsNorm)
            scale = $"Optimizer.ClipScale(Memory.At({Text.Number(plan.KeptFloats)}), "
                + $"{Text.Number(state.Ranges(phase).Sum(r => NormBlocks(r.Length)))}, {Hyper("ClipNorm")})";
        string Call(string name, string moments, string settings) =>
            $"{dialect.Call.Prefix}{name}(\n    {dialect.Call.First}{dialect.Address(start)}, "
                + $"{dialect.Address(state.GradientOffset + start)}, {moments}, {length}{place},\n    {settings});";
        var (rate, decay, count) = (Hyper("LearningRate"), Hyper("WeightDecay"), $"UpdateCount({Text.Number(phase)})");
        var momentum = optimizer.HasMomentum ? Hyper("Momentum") : "0f";
        if (optimizer.HasSchedule)
        {
            var curve = optimizer.Schedule == RateSchedule.Constant ? "1f, 1f" : $"{Hyper("ScheduleSteps")}, {Hyper("ScheduleFactor")}";
            var warmUp = optimizer.WarmsUp ? Hyper("ScheduleWarmUp") : "0f";
            w.Line($"{rate} = LearningRate.At(global::Zoo.LearningRateSchedule.{optimizer.Schedule}, {rate}, {curve}, {warmUp}, {count});");
        }
        var retention = "";
        if (optimizer.IsDecoupled)
        {
            w.Line($"var retention = Optimizer.Retention({rate}, {decay});");
            (decay, retention) = ("0f", ", retention");
        }
        w.Line(optimizer.Kind switch
        {
            "Adam" => Call("Adam", $"{Moment(0)}, {Moment(1)}",
                $"AdamSettings.At({rate}, {Hyper("Beta1")}, {Hyper("Beta2")}, {Hyper("Epsilon")}, {decay}, {count}, {scale}{retention})"),
            "RmsProp" => Call("RmsProp", Moment(0),
                $"new RmsPropSettings({rate}, {Hyper("Alpha")}, {Hyper("Epsilon")}, {decay}, {scale}{retention})"),
            _ => Call(
                "Sgd", optimizer.HasMomentum ? Moment(0) : "default",
                $"new SgdSettings({rate}, {momentum}, {(optimizer.IsNesterov ? "true" : "false")}, {decay}, {scale}, {count} == 1"
                    + $"{retention})"),
        });
    }

    /// <summary>What programs outside training read.</summary>
    static void Average(
        CodeWriter w, StateTable state, int phase, System.Collections.Generic.IReadOnlyList<UpdateRange> ranges, UpdateDialect dialect)
    {
        w.Line();
        w.Line("// Averages of the weights, in the shares in which these have just been written.");
        w.Line($"var averaging = AverageSettings.At(state[{Text.Number(state.Hyperparameter(BuildPrograms.AverageDecay))}], "
            + $"UpdateCount({Text.Number(phase)}));");
        foreach (var range in ranges)
            w.Line($"{dialect.Call.Prefix}Average({dialect.Call.First}{dialect.Address(state.AverageOffset + range.Start)}, "
                + $"{dialect.Address(range.Start)}, {Text.Number(range.Length)}, averaging);");
    }

    /// <summary>No weight is larger than the bound from here on.</summary>
    static void Clamp(
        CodeWriter w, StateTable state, string bound, System.Collections.Generic.IReadOnlyList<UpdateRange> ranges, UpdateDialect dialect)
    {
        w.Line();
        w.Line("// Every weight to at most the bound, in the shares in which the optimisers have just written them.");
        w.Line($"var bound = state[{Text.Number(state.Hyperparameter(bound))}];");
        foreach (var range in ranges)
            w.Line($"{dialect.Call.Prefix}Clamp({dialect.Call.First}{dialect.Address(range.Start)}, {Text.Number(range.Length)}, bound);");
    }
}

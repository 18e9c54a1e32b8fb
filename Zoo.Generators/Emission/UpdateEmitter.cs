using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints the update program: one flat pass of an optimiser over each contiguous range of parameters that it trains.</summary>
static class UpdateEmitter
{
    public static void Write(CodeWriter w, ModelPlan plan, StateLayout layout)
    {
        w.Line("// Parameters and moments from the gradients of the last batch.");
        using (w.Block("void Update(Worker worker)"))
        using (w.Block("unchecked"))
        {
            w.Line("var state = StateMemory;");
            if (plan.Optimizers.Any(o => o.ClipsNorm))
            {
                w.Line($"\n// The Euclidean norm of the whole gradient, from partial sums of squares in fixed blocks.");
                w.Line($"Optimizer.SquaredNorm(worker, {State(layout.GradientOffset)}, {Text.Number(plan.SectionFloats)}, Memory.At({Text.Number(plan.KeptFloats)}));");
                w.Line("worker.Barrier();");
            }
            for (var i = 0; i < plan.Optimizers.Count; i++) Range(w, plan, layout, i);
        }
    }

    static string State(int offset) => offset == 0 ? "state" : $"state.At({Text.Number(offset)})";

    static void Range(CodeWriter w, ModelPlan plan, StateLayout layout, int ordinal)
    {
        var optimizer = plan.Optimizers[ordinal];
        var storages = plan.Storages.Where(s => s.Storage.Optimizer == ordinal).ToList();
        var start = storages[0].Offset;
        var end = storages[storages.Count - 1] is var last ? last.Offset + (last.Storage.Shape.Count + 15) / 16 * 16 : 0;
        var length = end - start;
        // Each hyperparameter under its name; with several optimisers each range has a scope of its own.
        string Hyper(string property) => char.ToLowerInvariant(property[0]) + property.Substring(1);
        string Section(int section) => State(section + start);
        string Moment(string name) => Section(layout.MomentOffset(name));
        var scale = optimizer.ClipsNorm ? $"Optimizer.ClipScale(Memory.At({Text.Number(plan.KeptFloats)}), Optimizer.NormBlocks({Text.Number(plan.SectionFloats)}), {Hyper("ClipNorm")})" : "1f";
        w.Line();
        using var scope = plan.Optimizers.Count > 1 ? w.Block("") : null;
        w.Line($"// {optimizer.Kind} over {Text.Number(storages.Sum(s => (long)s.Storage.Shape.Count))} parameters.");
        foreach (var property in OptimizerFacts.Properties(optimizer))
            w.Line($"var {Hyper(property)} = state[{Text.Number(layout.Hyperparameter(optimizer.Prefix + Naming.SnakeCase(property)))}];");
        switch (optimizer.Kind)
        {
            case "Adam":
                w.Line($"Optimizer.Adam(\n    worker, {Section(0)}, {Section(layout.GradientOffset)}, {Moment("exp_avg")}, {Moment("exp_avg_sq")}, {Text.Number(length)},\n    AdamSettings.At({Hyper("LearningRate")}, {Hyper("Beta1")}, {Hyper("Beta2")}, {Hyper("Epsilon")}, {Hyper("WeightDecay")}, UpdateCount, {scale}));");
                break;
            case "RmsProp":
                w.Line($"Optimizer.RmsProp(\n    worker, {Section(0)}, {Section(layout.GradientOffset)}, {Moment("square_avg")}, {Text.Number(length)},\n    new RmsPropSettings({Hyper("LearningRate")}, {Hyper("Alpha")}, {Hyper("Epsilon")}, {Hyper("WeightDecay")}, {scale}));");
                break;
            default:
                var momentum = optimizer.HasMomentum ? Moment("momentum_buffer") : "default";
                w.Line($"Optimizer.Sgd(\n    worker, {Section(0)}, {Section(layout.GradientOffset)}, {momentum}, {Text.Number(length)},\n    new SgdSettings({Hyper("LearningRate")}, {(optimizer.HasMomentum ? Hyper("Momentum") : "0f")}, {(optimizer.IsNesterov ? "true" : "false")}, {Hyper("WeightDecay")}, {scale}, UpdateCount == 1));");
                break;
        }
    }
}

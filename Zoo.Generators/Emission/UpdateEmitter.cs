using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints the update program: one flat pass of an optimiser over each contiguous range of parameters that it trains.</summary>
static class UpdateEmitter
{
    public static void Write(CodeWriter w, ModelPlan plan, StateLayout layout, UpdateDialect dialect)
    {
        w.Line("// Parameters and moments from the gradients of the last batch.");
        using (w.Block(dialect.Head))
        using (w.Block("unchecked"))
        {
            w.Line(dialect.Hyperparameters);
            if (plan.Optimizers.Any(o => o.ClipsNorm) && !dialect.ScaleIsInMemory)
            {
                w.Line($"\n// The Euclidean norm of the whole gradient, from partial sums of squares in fixed blocks.");
                w.Line($"Optimizer.SquaredNorm(worker, {dialect.Address(layout.GradientOffset)}, {Text.Number(plan.SectionFloats)}, Memory.At({Text.Number(plan.KeptFloats)}));");
                w.Line("worker.Barrier();");
            }
            for (var i = 0; i < plan.Optimizers.Count; i++) Range(w, plan, layout, i, dialect);
        }
    }

    static void Range(CodeWriter w, ModelPlan plan, StateLayout layout, int ordinal, UpdateDialect dialect)
    {
        var optimizer = plan.Optimizers[ordinal];
        var storages = plan.Storages.Where(s => s.Storage.Optimizer == ordinal).ToList();
        var start = storages[0].Offset;
        var end = storages[storages.Count - 1] is var last ? last.Offset + (last.Storage.Shape.Count + 15) / 16 * 16 : 0;
        var length = end - start;
        // Each hyperparameter under its name; with several optimisers each range has a scope of its own.
        string Hyper(string property) => char.ToLowerInvariant(property[0]) + property.Substring(1);
        string Section(int section) => dialect.Address(section + start);
        string Moment(string name) => Section(layout.MomentOffset(name));
        w.Line();
        using var scope = plan.Optimizers.Count > 1 ? w.Block("") : null;
        w.Line($"// {optimizer.Kind} over {Text.Number(storages.Sum(s => (long)s.Storage.Shape.Count))} parameters.");
        foreach (var property in OptimizerFacts.Properties(optimizer))
            w.Line($"var {Hyper(property)} = state[{Text.Number(layout.Hyperparameter(optimizer.Prefix + Naming.SnakeCase(property)))}];");
        var (scale, place) = ("1f", "");
        if (dialect.ScaleIsInMemory)
        {
            place = ", -1";
            if (optimizer.ClipsNorm)
            {
                w.Line("// The Euclidean norm of the whole gradient, and the factor that brings it to at most the given one.");
                w.Line($"var scale = ClipScale({dialect.Address(layout.GradientOffset)}, {Text.Number(plan.SectionFloats)}, Memory + {Text.Number(plan.KeptFloats)}, {Hyper("ClipNorm")});");
                place = ", scale";
            }
        }
        else if (optimizer.ClipsNorm) scale = $"Optimizer.ClipScale(Memory.At({Text.Number(plan.KeptFloats)}), Optimizer.NormBlocks({Text.Number(plan.SectionFloats)}), {Hyper("ClipNorm")})";
        string Call(string name, string state, string settings) =>
            $"{dialect.Call.Prefix}{name}(\n    {dialect.Call.First}{Section(0)}, {Section(layout.GradientOffset)}, {state}, {Text.Number(length)}{place},\n    {settings});";
        w.Line(optimizer.Kind switch
        {
            "Adam" => Call("Adam", $"{Moment("exp_avg")}, {Moment("exp_avg_sq")}", $"AdamSettings.At({Hyper("LearningRate")}, {Hyper("Beta1")}, {Hyper("Beta2")}, {Hyper("Epsilon")}, {Hyper("WeightDecay")}, UpdateCount, {scale})"),
            "RmsProp" => Call("RmsProp", Moment("square_avg"), $"new RmsPropSettings({Hyper("LearningRate")}, {Hyper("Alpha")}, {Hyper("Epsilon")}, {Hyper("WeightDecay")}, {scale})"),
            _ => Call("Sgd", optimizer.HasMomentum ? Moment("momentum_buffer") : "default", $"new SgdSettings({Hyper("LearningRate")}, {(optimizer.HasMomentum ? Hyper("Momentum") : "0f")}, {(optimizer.IsNesterov ? "true" : "false")}, {Hyper("WeightDecay")}, {scale}, UpdateCount == 1)"),
        });
    }
}

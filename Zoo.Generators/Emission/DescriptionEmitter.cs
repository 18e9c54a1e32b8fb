using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Prints what the runtime must know of a model: the table of parameters with their places, sections, hyperparameters and draws.</summary>
static class DescriptionEmitter
{
    /// <param name="w">Receives the method.</param>
    /// <param name="plan">The plan of one target.</param>
    /// <param name="layout">The state.</param>
    /// <param name="activationFloats">How much of the activations the host has.</param>
    public static void Write(CodeWriter w, ModelPlan plan, StateLayout layout, int activationFloats)
    {
        var places = plan.Storages.SelectMany(s => s.Storage.Members.Select(m => (Member: m, s.Storage, s.Offset))).ToDictionary(p => p.Member.Parameter);
        w.Line("/// <summary>The model's description, with first values of the hyperparameters in their order in memory.</summary>");
        using (w.Block("public static ModelDescription Describe(string name, string variant, string[] lossNames, float[] hyperparameters)", "}"))
        {
            w.Line("return new ModelDescription(");
            w.Line($"    name, variant, \"{Fingerprint(plan, layout)}\", {Text.Number(plan.Batch)},");
            w.Line("    [");
            foreach (var name in plan.Parameters)
            {
                var (member, storage, offset) = places[name];
                // In a turned storage the last axis of the members is the outer one.
                var strides = Strides(storage.Shape);
                if (storage.IsTurned) strides = [strides[1], strides[0]];
                var start = offset + (strides.Length == 0 ? 0 : member.Start * strides[strides.Length - 1]);
                int[] shape = [.. member.Shape.Dimensions];
                if (member.IsTransposed) (shape, strides) = ([.. Enumerable.Reverse(shape)], [.. Enumerable.Reverse(strides)]);
                w.Line($"        new({Text.String(name)}, [{Join(shape)}], {Text.Number(start)}, [{Join(strides)}], global::Zoo.Init.{member.Init}, {Text.Number(member.FanIn)}, {Text.Number(member.FanOut)}, true),");
            }
            w.Line("    ],");
            w.Line($"    {Text.Number(plan.SectionFloats)}, {Text.Number(layout.GradientOffset)},");
            w.Line($"    [{string.Join(", ", layout.Moments.Select(m => $"new(\"step\", {Text.String(m)}, {Text.Number(layout.MomentOffset(m))})"))}],");
            w.Line("    [");
            for (var i = 0; i < layout.Hyperparameters.Count; i++)
                w.Line($"        new({Text.String(layout.Hyperparameters[i])}, hyperparameters[{Text.Number(i)}], {Text.Number(layout.HyperparameterOffset + i)}),");
            w.Line("    ],");
            w.Line("    [");
            var gradients = plan.Program("Gradients");
            foreach (var kernel in gradients.Kernels.OfType<DrawKernel>())
                w.Line($"        new({Text.String(kernel.Draw)}, {Text.Number(kernel.Rows.For(plan.Batch))}, {Text.Number(kernel.Columns)}, {Text.Number(gradients.Buffers[kernel.Target].Offset)}, {Text.Number(kernel.Columns)}),");
            w.Line("    ],");
            w.Line($"    [.. lossNames], [\"step\"], {Text.Number(layout.StateFloats)}, {Text.Number(activationFloats)});");
        }
    }

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
    static string Fingerprint(ModelPlan plan, StateLayout layout)
    {
        var members = plan.Storages.SelectMany(s => s.Storage.Members).ToDictionary(m => m.Parameter);
        var hash = Hash128.Start;
        foreach (var name in plan.Parameters)
        {
            hash = hash.Add(name);
            foreach (var d in members[name].Shape.Dimensions) hash = hash.Add(d);
        }
        foreach (var text in layout.Moments.Concat(layout.Hyperparameters)) hash = hash.Add(text);
        return hash.ToString();
    }
}

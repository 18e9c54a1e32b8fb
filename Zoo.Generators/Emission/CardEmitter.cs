using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints the model's card: as a table in the remarks of the class, and as the static property.</summary>
static class CardEmitter
{
    public static void Remarks(CodeWriter w, Surface surface)
    {
        w.Line("/// <remarks>");
        w.Line("/// <para>For one thread at a time: calls of one model that overlap are refused with an InvalidOperationException.");
        w.Line("/// Several models may share a device.</para>");
        w.Line("/// <list type=\"table\">");
        w.Line("/// <listheader><term>Layer</term><description>Shape; parameters; FLOPs forward per example</description></listheader>");
        foreach (var layer in surface.Layers)
            w.Line($"/// <item><term>{Text.Xml(layer.Name)}</term><description>{layer.Kind} {layer.Input} → {layer.Output}; "
                + $"{layer.Parameters.ToString("N0", CultureInfo.InvariantCulture)}; "
                + $"{layer.FlopsPerExample.ToString("N0", CultureInfo.InvariantCulture)}</description></item>");
        w.Line("/// </list>");
        var parameters = surface.Parameters;
        w.Line($"/// {parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters, "
            + $"{(parameters * 4).ToString("N0", CultureInfo.InvariantCulture)} bytes; "
            + $"{surface.Layers.Sum(l => l.FlopsPerExample).ToString("N0", CultureInfo.InvariantCulture)} FLOPs forward per example.");
        w.Line("/// </remarks>");
    }

    public static void Property(CodeWriter w, Surface surface, string engine)
    {
        w.Line("/// <summary>Layers, sizes and costs, as the compiler counted them.</summary>");
        w.Line("public static global::Zoo.ModelCard Card { get; } = new(");
        w.Line($"    {Text.String(surface.Identity.Name.TrimStart('@'))}, {Text.String(Naming.SnakeCase(surface.Variant))}, "
            + $"{Text.Number(surface.Parameters)}, {engine}.FlopsPerStep, {engine}.StateBytes, {engine}.ActivationBytes,");
        w.Line("    new global::Zoo.LayerCard[]");
        w.Line("    {");
        foreach (var layer in surface.Layers)
            w.Line($"        new({Text.String(layer.Name)}, {Text.String(layer.Kind)}, {Array(layer.Input)}, {Array(layer.Output)}, "
                + $"{Text.Number(layer.Parameters)}, {Text.Number(layer.FlopsPerExample)}),");
        w.Line("    })");
        using (w.Block("", "};"))
        {
            if (surface.Summary.Length > 0) w.Line($"Summary = {Summary(surface.Summary)},");
            w.Line($"Input = {Array(surface.Input)},");
            w.Line($"BatchSize = {Text.Number(surface.Batch)},");
            if (CapabilityEmitter.Classes(surface) is > 0 and var classes) w.Line($"Classes = {Text.Number(classes)},");
            if (CapabilityEmitter.Condition(surface) is > 0 and var condition) w.Line($"Condition = {Text.Number(condition)},");
            CapabilityEmitter.Card(w, surface);
            Structure(w, surface);
        }
    }

    /// <summary>A line for each node.</summary>
    static void Structure(CodeWriter w, Surface surface)
    {
        w.Line("Structure = new global::Zoo.ProgramStructure[]");
        using (w.Block("", "},"))
            foreach (var program in surface.Structure)
            {
                w.Line($"new({Text.String(program.Name)}, {(program.IsTraining ? "true" : "false")}, {Texts(program.Trains)}, "
                    + $"{Text.String(program.Minimises)}, new global::Zoo.StructureNode[]");
                using (w.Block("", "}),"))
                    foreach (var node in program.Nodes)
                        w.Line($"new(global::Zoo.StructureKind.{node.Kind}, {Text.String(node.Name)}, {Text.String(node.Detail)}, "
                            + $"{Texts(node.Inputs)}, {Texts(node.Gradients)}),");
            }
    }

    static string Texts(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text.String))}]";

    /// <summary>A literal for each line.</summary>
    static string Summary(string text)
    {
        var lines = Text.Wrap(text, 100).ToList();
        return string.Join("\n    + ", lines.Select((line, i) => Text.String(i + 1 < lines.Count ? line + " " : line)));
    }

    static string Array(Shape shape) =>
        shape.Rank == 0
            ? "global::System.Array.Empty<int>()"
            : $"new[] {{ {string.Join(", ", shape.Dimensions.Select(d => Text.Number(d)))} }}";
}

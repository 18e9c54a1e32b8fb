using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>What both engines print of a plan.</summary>
static class PlanFacts
{
    /// <summary>Names of the draws of all programs; an engine knows a draw by its ordinal here.</summary>
    public static List<string> DrawNames(ModelPlan plan) => [.. plan.Programs.SelectMany(p => p.Kernels).OfType<DrawKernel>().Select(k => k.Draw).Distinct()];

    /// <summary>A size: a literal, or so many per row of the run.</summary>
    public static string Size(Extent e, int rows) =>
        e.IsFixed ? Text.Number(e.Fixed) : rows > 0 ? Text.Number(e.For(rows)) : e.PerRow == 1 ? "rows" : $"{Text.Number(e.PerRow)} * rows";

    /// <summary>The program's summary as the beginning of a sentence.</summary>
    public static string Sentence(ProgramPlan program) => char.ToUpperInvariant(program.Summary[0]) + program.Summary.Substring(1);

    /// <summary>Operations of a program.</summary>
    public static string Work(ProgramPlan program) => program.Rows > 0
        ? $"{(program.Flops(program.Rows) / 1e6).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} MFLOP"
        : $"{(program.Flops(1) / 1e6).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)} MFLOP a row";
}

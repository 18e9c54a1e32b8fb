using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Literals and comments as C# has them.</summary>
static class Text
{
    public static string Number(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A size: a literal, or so many per row of the run.</summary>
    public static string Size(Extent size, int rows, string rowsOfRun = "rows") => size switch
    {
        { IsFixed: true } => Number(size.Fixed),
        _ when rows > 0 => Number(size.For(rows)),
        { PerRow: 1 } => rowsOfRun,
        _ => $"{Number(size.PerRow)} * {rowsOfRun}",
    };

    /// <summary>A list of them, as a collection expression.</summary>
    public static string Numbers(IEnumerable<int> values) => $"[{string.Join(", ", values.Select(v => Number(v)))}]";

    /// <summary>How windows lie over an image.</summary>
    public static string Geometry(Windowing w) =>
        $"new({Number(w.Height)}, {Number(w.Width)}, {Number(w.Kernel)}, {Number(w.Stride)}, {Number(w.Padding)}, {Number(w.Dilation)})";

    /// <summary>Ordinal of a draw's first row among the rows of the call; what all examples share is the same in all its runs.</summary>
    public static string FirstRow(DrawKernel draw) => draw.Rows switch
    {
        { IsFixed: true } => "0",
        { PerRow: 1 } => "FirstRow",
        var rows => $"FirstRow * {Number(rows.PerRow)}",
    };

    /// <summary>What stands above a program: what it computes, in how many kernels, with how much work.</summary>
    public static string Heading(ProgramPlan program, bool hasBarriers)
    {
        var barriers = hasBarriers ? $", {Number(program.Kernels.Max(k => k.Level))} barriers" : "";
        var work = program.Rows > 0
            ? $"{(program.Flops(program.Rows) / 1e6).ToString("0.00", CultureInfo.InvariantCulture)} MFLOP"
            : $"{(program.Flops(1) / 1e6).ToString("0.000", CultureInfo.InvariantCulture)} MFLOP a row";
        return $"{char.ToUpperInvariant(program.Summary[0])}{program.Summary.Substring(1)}: {Number(program.Kernels.Count)} "
            + $"kernels{barriers}, {work}.";
    }

    public static string String(string value) => "\"" + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    public static string Xml(string value) => value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>Words on lines of at most <paramref name="width"/> characters.</summary>
    public static IEnumerable<string> Wrap(string value, int width)
    {
        var line = new StringBuilder();
        foreach (var word in value.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }
}

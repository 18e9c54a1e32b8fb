using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>One instruction of a map as a C# expression over <c>TVector</c>.</summary>
static class InstructionPrinter
{
    public static string Print(MapInstruction i, IReadOnlyList<string> values, System.Func<int, string> buffer)
    {
        string At(int input) => values[i.Inputs[input]];
        return i.Op switch
        {
            Op.Input when i.Load!.ColumnStride == 0 => $"TVector.Broadcast({buffer(i.Load.Buffer)}[{Index(i.Load)}])",
            Op.Input => $"TVector.Load({buffer(i.Load!.Buffer)}, {Index(i.Load)})",
            Op.Constant when i.Value == 0 && 1 / i.Value > 0 => "default(TVector)",
            Op.Constant => $"TVector.Broadcast({Text.Number(i.Value)})",
            Op.Neg => $"-{At(0)}",
            Op.Square => $"{At(0)} * {At(0)}",
            Op.Abs or Op.Sqrt => $"TVector.{i.Op}({At(0)})",
            Op.Add => $"{At(0)} + {At(1)}",
            Op.Sub => $"{At(0)} - {At(1)}",
            Op.Mul => $"{At(0)} * {At(1)}",
            Op.Div => $"{At(0)} / {At(1)}",
            Op.Max or Op.Min => $"TVector.{i.Op}({At(0)}, {At(1)})",
            Op.Select => $"VectorMath.Choose({At(0)}, {At(1)}, {At(2)})",
            Op.Clamp => $"VectorMath.Clamp({At(0)}, {Text.Number(i.Value)}, {Text.Number(i.Value2)})",
            _ => $"VectorMath.{i.Op}({string.Join(", ", i.Inputs.Select(input => values[input]))})",
        };
    }

    /// <summary>The index of an element, from <c>row</c> and <c>column</c>.</summary>
    public static string Index(Operand operand)
    {
        var terms = operand.Rows.Select(Term).ToList();
        if (operand.Offset != 0) terms.Add(Text.Number(operand.Offset));
        if (operand.ColumnStride != 0) terms.Add("column");
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    static string Term(RowTerm term)
    {
        var row = term.Divisor == 1 ? "row" : $"row / {Text.Number(term.Divisor)}";
        if (term.Modulus != 0) row += $" % {Text.Number(term.Modulus)}";
        return term.Stride == 1 ? row : $"{row} * {Text.Number(term.Stride)}";
    }
}

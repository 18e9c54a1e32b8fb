using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>Instructions of a map as C#: one mathematics for all targets, over vectors or over a thread's number.</summary>
static class InstructionPrinter
{
    /// <summary>Statements that compute and store; <paramref name="values"/> receives an expression for each instruction.</summary>
    public static List<string> Statements(MapBody body, MapDialect dialect, out string[] values)
    {
        var statements = new List<string>();
        values = new string[body.Instructions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var expression = Print(body.Instructions[i], values, dialect);
            if (body.Instructions[i].Op == Op.Constant) values[i] = expression;
            else
            {
                values[i] = "v" + i.ToString(CultureInfo.InvariantCulture);
                statements.Add($"var {values[i]} = {expression};");
            }
        }
        foreach (var store in body.Stores) statements.Add(dialect.Store(values[store.Value], store.Target));
        return statements;
    }

    static string Print(MapInstruction i, IReadOnlyList<string> values, MapDialect dialect)
    {
        string At(int input) => values[i.Inputs[input]];
        return i.Op switch
        {
            Op.Input => dialect.Load(i),
            Op.Gather => dialect.LoadRow(i),
            Op.OneHot when i.Class!.ColumnStride == 0 => $"VectorMath.Equal({At(0)}, {dialect.Vector}.Broadcast({Index(i.Class)}))",
            Op.OneHot => $"VectorMath.Equal({At(0)}, {dialect.Vector}.Iota({Index(i.Class!)}))",
            Op.Constant when i.Value == 0 && 1 / i.Value > 0 => $"default({dialect.Vector})",
            Op.Constant => $"{dialect.Vector}.Broadcast({Text.Number(i.Value)})",
            Op.Neg => $"-{At(0)}",
            Op.Square => $"{At(0)} * {At(0)}",
            Op.Abs or Op.Sqrt => $"{dialect.Vector}.{i.Op}({At(0)})",
            Op.Add => $"{At(0)} + {At(1)}",
            Op.Sub => $"{At(0)} - {At(1)}",
            Op.Mul => $"{At(0)} * {At(1)}",
            Op.Div => $"{At(0)} / {At(1)}",
            Op.Max or Op.Min => $"{dialect.Vector}.{i.Op}({At(0)}, {At(1)})",
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

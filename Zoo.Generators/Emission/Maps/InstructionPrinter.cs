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
            // Printed already, with its partner.
            if (values[i] is not null) continue;
            var instruction = body.Instructions[i];
            if (instruction.Op == Op.Constant)
            {
                values[i] = Print(instruction, values, dialect);
                continue;
            }
            values[i] = Name(i);
            if (Partner(body.Instructions, i) is not { } partner)
            {
                statements.Add($"var {values[i]} = {Print(instruction, values, dialect)};");
                continue;
            }
            values[partner] = Name(partner);
            var (sigmoid, softplus) = instruction.Op == Op.Sigmoid ? (i, partner) : (partner, i);
            var x = values[instruction.Inputs[0]];
            statements.Add($"var ({Name(sigmoid)}, {Name(softplus)}) = VectorMath.SigmoidSoftplus({x});");
        }
        foreach (var store in body.Stores) statements.Add(dialect.Store(values[store.Value], store.Target));
        return statements;
    }

    /// <summary>A later softplus of what this is the sigmoid of, or the reverse: one exponential gives both, to the same bits.</summary>
    static int? Partner(EquatableArray<MapInstruction> instructions, int ordinal)
    {
        if (instructions[ordinal] is not { Op: Op.Sigmoid or Op.Softplus, Inputs: [var x] } one) return null;
        var other = one.Op == Op.Sigmoid ? Op.Softplus : Op.Sigmoid;
        for (var i = ordinal + 1; i < instructions.Count; i++)
            if (instructions[i].Op == other && instructions[i].Inputs[0] == x) return i;
        return null;
    }

    static string Name(int ordinal) => "v" + ordinal.ToString(CultureInfo.InvariantCulture);

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

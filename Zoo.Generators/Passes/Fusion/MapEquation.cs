using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A map as mathematics: <c>h = relu(C + b)</c>. Values used more than once get a letter.</summary>
static class MapEquation
{
    /// <param name="body">The map.</param>
    /// <param name="slots">Buffers, for their names.</param>
    /// <param name="product">Buffer that loads as C, or −1.</param>
    public static string Of(MapBody body, IReadOnlyList<MemorySlot> slots, int product)
    {
        var uses = new int[body.Instructions.Count];
        foreach (var input in body.Instructions.SelectMany(i => i.Inputs)) uses[input]++;
        var named = new Dictionary<int, string>();
        var parts = new List<string>();
        string Value(int i)
        {
            if (named.TryGetValue(i, out var name)) return name;
            var instruction = body.Instructions[i];
            var isLeaf = instruction.Op is Op.Input or Op.Constant or Op.Gather;
            var text = Text(i);
            if (isLeaf || uses[i] < 2) return text;
            name = ((char)('p' + named.Count % 10)).ToString() + (named.Count < 10 ? "" : (named.Count / 10).ToString(CultureInfo.InvariantCulture));
            parts.Add($"{name} = {text}");
            return named[i] = name;
        }

        string Text(int i)
        {
            var instruction = body.Instructions[i];
            string At(int input) => Value(instruction.Inputs[input]);
            string Factor(int input) => body.Instructions[instruction.Inputs[input]].Op is Op.Add or Op.Sub or Op.Neg && !named.ContainsKey(instruction.Inputs[input]) && At(input).Contains(' ') ? $"({At(input)})" : At(input);
            return instruction.Op switch
            {
                Op.Input => instruction.Load!.Buffer == product ? "C" : slots[instruction.Load.Buffer].Label,
                Op.Constant => instruction.Value.ToString("R", CultureInfo.InvariantCulture),
                Op.Gather => $"{slots[instruction.Load!.Buffer].Label}[{slots[instruction.Label!.Buffer].Label}]",
                Op.OneHot => $"[{At(0)} = class]",
                Op.Add => $"{At(0)} + {At(1)}",
                Op.Sub => $"{At(0)} − {Factor(1)}",
                Op.Mul => $"{Factor(0)}·{Factor(1)}",
                Op.Div => $"{Factor(0)}/({At(1)})",
                Op.Neg => $"−{Factor(0)}",
                Op.Square => $"({At(0)})²",
                Op.Step => $"[{At(0)} > 0]",
                Op.Greater => $"[{At(0)} > {At(1)}]",
                Op.Equal => $"[{At(0)} = {At(1)}]",
                Op.Sigmoid => $"σ({At(0)})",
                Op.Select => $"({At(0)} ? {At(1)} : {At(2)})",
                Op.Clamp => $"clamp({At(0)}, {instruction.Value.ToString("R", CultureInfo.InvariantCulture)}, {instruction.Value2.ToString("R", CultureInfo.InvariantCulture)})",
                _ => $"{instruction.Op.ToString().ToLowerInvariant()}({string.Join(", ", instruction.Inputs.Select(Value))})",
            };
        }

        var results = new List<string>();
        foreach (var store in body.Stores) results.Add($"{slots[store.Target.Buffer].Label} = {Value(store.Value)}");
        foreach (var sum in body.RowSums) results.Add($"{slots[sum.Buffer].Label} = Σ {Value(sum.Value)} over columns");
        foreach (var sum in body.ColumnSums) results.Add($"{slots[sum.Buffer].Label} = Σ {Value(sum.Value)} over rows");
        return string.Join("; ", parts.Concat(results));
    }
}

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
    public static string Of(MapBody body, IReadOnlyList<MemorySlot> slots)
    {
        var labels = Labels(body, slots);
        string Label(Operand operand) => labels[operand];
        var uses = new int[body.Instructions.Count];
        foreach (var instruction in body.Instructions)
            foreach (var input in instruction.Inputs) uses[input]++;
        var named = new string?[body.Instructions.Count];
        var parts = new List<string>();
        var letter = 0;
        HashSet<string>? taken = null;
        // Each is written once: a factor is asked for twice, and so would be all that it is made of, twice again at each step down.
        var texts = new string?[body.Instructions.Count];
        string Value(int i)
        {
            if (named[i] is { } name) return name;
            var instruction = body.Instructions[i];
            var isLeaf = instruction.Op is Op.Input or Op.Constant or Op.Gather;
            var text = texts[i] ??= Text(i);
            if (isLeaf || uses[i] < 2) return text;
            taken ??= new(labels.Values);
            name = Letter(letter++);
            while (taken.Contains(name)) name = Letter(letter++);
            parts.Add($"{name} = {text}");
            return named[i] = name;
        }

        string Text(int i)
        {
            var instruction = body.Instructions[i];
            string At(int input) => Value(instruction.Inputs[input]);
            string Factor(int input) =>
                body.Instructions[instruction.Inputs[input]].Op is Op.Add or Op.Sub or Op.Neg && named[instruction.Inputs[input]] is null
                    && At(input).Contains(' ') ? $"({At(input)})" : At(input);
            return instruction.Op switch
            {
                Op.Input => instruction.IsProduct ? "C" : Label(instruction.Load!),
                Op.Constant => instruction.Value.ToString("R", CultureInfo.InvariantCulture),
                Op.Gather => Chosen(instruction.Load!, instruction.Row!),
                Op.OneHot => $"[{At(0)} = column]",
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
                Op.Clamp => $"clamp({At(0)}, {instruction.Value.ToString("R", CultureInfo.InvariantCulture)}, "
                    + $"{instruction.Value2.ToString("R", CultureInfo.InvariantCulture)})",
                _ => $"{instruction.Op.ToString().ToLowerInvariant()}({string.Join(", ", instruction.Inputs.Select(Value))})",
            };
        }

        // Of a table that begins at another row than the buffer, W[20 + y].
        string Chosen(Operand table, LabelledRow row)
        {
            var (first, within) = row.Stride == 0 ? (0, 0) : (table.Offset / row.Stride, table.Offset % row.Stride);
            var start = first == 0 ? "" : $"{first.ToString(CultureInfo.InvariantCulture)} + ";
            return $"{slots[table.Buffer].Label}[{start}{Label(row.Label)}{(within == 0 ? "" : ", " + From(within).Trim('[', ']'))}]";
        }

        var results = new List<string>();
        foreach (var store in body.Stores) results.Add($"{Label(store.Target)} = {Value(store.Value)}");
        foreach (var sum in body.RowSums) results.Add($"{SumLabel(body.RowSums, sum, slots)} = Σ {Value(sum.Value)} over columns");
        foreach (var sum in body.ColumnSums) results.Add($"{SumLabel(body.ColumnSums, sum, slots)} = Σ {Value(sum.Value)} over rows");
        return string.Join("; ", parts.Concat(results));
    }

    static string Letter(int ordinal) =>
        (char)('p' + ordinal % 10) + (ordinal < 10 ? "" : (ordinal / 10).ToString(CultureInfo.InvariantCulture));

    /// <summary>Sums into parts of one buffer are told apart by where they begin.</summary>
    static string SumLabel(EquatableArray<MapSum> sums, MapSum sum, IReadOnlyList<MemorySlot> slots) =>
        slots[sum.Buffer].Label + (sums.Count(s => s.Buffer == sum.Buffer) == 1 ? "" : From(sum.Offset));

    static string From(int offset) => $"[{offset.ToString(CultureInfo.InvariantCulture)}..]";

    /// <summary>
    /// A name for each place that the map loads from or stores to. Halves of one buffer are told apart by where they begin, other walks
    /// through the same elements by a stroke.
    /// </summary>
    static Dictionary<Operand, string> Labels(MapBody body, IReadOnlyList<MemorySlot> slots)
    {
        var labels = new Dictionary<Operand, string>();
        var places = new List<Operand>();
        foreach (var instruction in body.Instructions)
            if (!instruction.IsProduct && (instruction.Row is null ? instruction.Load : instruction.Row.Label) is { } load) Add(load);
        foreach (var store in body.Stores) Add(store.Target);
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            var (isPart, strokes) = (false, 0);
            for (var j = 0; j < places.Count; j++)
            {
                if (places[j].Buffer != place.Buffer) continue;
                if (places[j].Offset != place.Offset) isPart = true;
                else if (j < i) strokes++;
            }
            labels[place] = slots[place.Buffer].Label + (isPart ? From(place.Offset) : "") + new string('′', strokes);
        }
        return labels;

        void Add(Operand place)
        {
            if (labels.ContainsKey(place)) return;
            labels.Add(place, "");
            places.Add(place);
        }
    }
}

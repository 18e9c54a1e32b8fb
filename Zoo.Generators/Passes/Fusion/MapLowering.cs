using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>The straight-line code of one kernel's map, in topological order, so that the text follows the mathematics.</summary>
sealed class MapLowering(Assignment assignment, KernelDraft draft, int split)
{
    readonly List<MapInstruction> instructions = [];
    readonly Dictionary<Node, int> values = [];

    public MapBody Run()
    {
        foreach (var member in draft.Group.Members) Emit(member);
        var stores = assignment.StoresOf(draft).Select(s =>
            new MapStore(Emit(s.Value), Addressing.Operand(s.Target.View, draft.Axes, split) with { ColumnStride = 1 })).ToList();
        var rowSums = draft.RowSums.Select(Sum).ToList();
        var columnSums = draft.ColumnSums.Select(Sum).ToList();
        return new(new(instructions), new(stores), new(rowSums), new(columnSums));
    }

    int Emit(Node node)
    {
        if (values.TryGetValue(node, out var known)) return known;
        var inner = FusionGroup.Canonical(node);
        if (inner != node && values.TryGetValue(inner, out known)) return values[node] = known;
        if (inner.Op == Op.Constant) return Push(node, new(Op.Constant, new([]), inner.Attributes.Value));
        if (inner == draft.Group.Product)
            return values[node] = Push(inner, new(Op.Input, new([]), Load: Addressing.Operand(draft.Product!, draft.Axes, split),
                IsProduct: true));
        if (!assignment.Grouping.IsComputedIn(inner, draft.Group))
            return Push(node, new(Op.Input, new([]), Load: Addressing.Operand(ViewOf(node), draft.Axes, split)));
        if (inner.Op.IsByLabel()) return values[node] = EmitByLabel(inner);
        var inputs = inner.Inputs.Select(Emit).ToArray();
        return values[node] = Push(inner, new(inner.Op, new(inputs), inner.Attributes.Value, inner.Attributes.Value2));
    }

    int EmitByLabel(Node node)
    {
        if (!draft.ByLabel.TryGetValue(node, out var reading)) throw Nowhere(node);
        var label = Addressing.Operand(reading.Label.View, draft.Axes, split);
        if (reading.Row is { } row)
        {
            var first = Addressing.Operand(row.View, draft.Axes, split);
            var choice = new LabelledRow(label with { ColumnStride = 0 }, node.Inputs[0].Shape[0], reading.Stride);
            return Push(node, new(Op.Gather, new([]), Load: first, Row: choice));
        }
        instructions.Add(new(Op.Input, new([]), Load: label));
        var number = Addressing.Operand(LabelReading.Classes(node), draft.Axes, split);
        return Push(node, new(Op.OneHot, new([instructions.Count - 1]), Class: number));
    }

    int Push(Node node, MapInstruction instruction)
    {
        instructions.Add(instruction);
        return values[node] = instructions.Count - 1;
    }

    ValueView ViewOf(Node node) =>
        draft.Loads.TryGetValue(node, out var load) ? load.View : throw Nowhere(node);

    InvalidOperationException Nowhere(Node node) => new($"Lower: a map of {assignment.Grouping.Program.Name} loads {node} from nowhere.");

    MapSum Sum(Node sum)
    {
        var home = assignment.Homes[sum].View;
        if (!home.IsContiguous) throw new InvalidOperationException($"Lower: the memory of {sum} is not contiguous.");
        return new(Emit(sum.Inputs[0]), home.Slot.Id, home.Offset, default);
    }
}

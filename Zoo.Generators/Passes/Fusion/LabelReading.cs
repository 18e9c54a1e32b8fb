using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Where a map finds what it makes one-hot rows of, or chooses rows of a table by.</summary>
/// <param name="Label">The labels over the space of the result: each the same for all columns.</param>
/// <param name="Row">Of Gather: row 0 of the table, for every row of the result; which row it is in truth, the label says.</param>
/// <param name="Stride">Of Gather: floats from one row of the table to the next.</param>
public sealed record LabelReading(Reading Label, Reading? Row = null, int Stride = 0)
{
    static readonly MemorySlot Nowhere = new(-1, "", BufferKind.Activation, default);

    public IEnumerable<Home> Homes => new[] { Label, Row }.OfType<Reading>().Select(r => r.Home);

    /// <summary>Rows of a table by label.</summary>
    public static LabelReading Of(Node gather, Reading label, Reading table) =>
        new(label, table.Through(t => AlongColumns(gather, t.Slot, t.Offset, t.Strides[1])), table.View.Strides[0]);

    /// <summary>The class that each element of one-hot rows stands for: as if the address were the number found there.</summary>
    public static ValueView Classes(Node oneHot) => AlongColumns(oneHot, Nowhere, 0, 1);

    static ValueView AlongColumns(Node node, MemorySlot slot, int offset, int stride)
    {
        var sizes = ValueView.Axes(node.Type);
        var strides = new int[sizes.Length];
        strides[sizes.Length - 1] = stride;
        return new(slot, offset, sizes, strides);
    }
}

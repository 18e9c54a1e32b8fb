using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>What maps make of labels, as strides over the space of the result.</summary>
static class LabelledRows
{
    static readonly MemorySlot Nowhere = new(-1, "", BufferKind.Activation, default);

    /// <summary>The class that each element of one-hot rows stands for: as if the address were the number found there.</summary>
    public static ValueView Classes(Node oneHot) => AlongColumns(oneHot, Nowhere, 0, 1);

    /// <summary>Row 0 of the table, for every row of the result: which row it is in truth, the label says.</summary>
    public static ValueView Row(ValueView table, Node gather) => AlongColumns(gather, table.Slot, table.Offset, table.Strides[1]);

    static ValueView AlongColumns(Node node, MemorySlot slot, int offset, int stride)
    {
        var sizes = ValueView.Axes(node.Type);
        var strides = new int[sizes.Length];
        strides[sizes.Length - 1] = stride;
        return new(slot, offset, sizes, strides);
    }
}

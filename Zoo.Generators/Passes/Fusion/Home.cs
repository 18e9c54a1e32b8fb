using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>Where a value lies in memory, for kernels that read what others made.</summary>
/// <param name="value">The value.</param>
/// <param name="view">The memory.</param>
public sealed class Home(Node value, ValueView view)
{
    public Node Value { get; } = value;

    public ValueView View { get; } = view;

    /// <summary>Of a concatenation: where its parts lie, each made by a kernel of its own.</summary>
    public List<Home> Parts { get; } = [];

    /// <summary>Whether the value is there before the program runs.</summary>
    public bool IsGiven => View.Slot.Kind.IsGiven();
}

/// <summary>What a kernel finds of an operand: the home, and the walk through it.</summary>
public readonly record struct Reading(Home Home, ValueView View)
{
    public static Reading Of(Home home) => new(home, home.View);

    public Reading Through(Func<ValueView, ValueView> walk) => this with { View = walk(View) };
}

/// <summary>A kernel whose nodes and memory are decided.</summary>
public sealed class KernelDraft(FusionGroup group)
{
    public FusionGroup Group { get; } = group;

    /// <summary>Sums over each row that the kernel adds up while their operands are in registers.</summary>
    public List<Node> RowSums { get; } = [];

    /// <summary>Sums over each column, likewise.</summary>
    public List<Node> ColumnSums { get; } = [];

    public IEnumerable<Node> Sums => RowSums.Concat(ColumnSums);

    /// <summary>Values that it stores besides members with a home: copies, and parts of concatenations.</summary>
    public List<(Node Value, Home Target)> Stores { get; } = [];

    /// <summary>Operands of a product or a reduction, in their order.</summary>
    public List<Reading> Operands { get; } = [];

    /// <summary>What its map loads.</summary>
    public Dictionary<Node, Reading> Loads { get; } = [];

    /// <summary>What its map makes of labels.</summary>
    public Dictionary<Node, LabelReading> ByLabel { get; } = [];

    public IEnumerable<Home> Reads =>
        Operands.Concat(Loads.Values).Select(r => r.Home).Concat(ByLabel.Values.SelectMany(l => l.Homes));

    /// <summary>Where the product's own elements lie, if only until the map overwrites them.</summary>
    public ValueView? Product { get; set; }

    /// <summary>Of a reduction of several runs of axes: what lies between them.</summary>
    public List<MemorySlot> Between { get; } = [];

    /// <summary>How many leading axes are rows, once a sum has decided it.</summary>
    public int? Split { get; set; }

    /// <summary>
    /// Behind a product, where its columns begin. Images of one channel that windows sum up to have their positions as columns, because one
    /// column would leave vectors empty.
    /// </summary>
    public int? FixedSplit => Group.Product switch
    {
        null => null,
        { Op: Op.WindowSum, Shape.Count: 1 } sum when sum.Type.Rows == sum.Attributes.Windowing!.Value.Positions => 1,
        _ => Axes.Length - 1,
    };

    /// <summary>Axes of the map's space. A product keeps rows and columns even where they are 1.</summary>
    public int[] Axes { get; } = group.Product is null ? [.. ValueView.Axes(group.Type).Where(a => a != 1)] : ValueView.Axes(group.Type);

    /// <summary>How the map walks through all that it reads, and through what it stores.</summary>
    public WalkedStrides Walks(IEnumerable<(Node Value, Home Target)> stores)
    {
        int[] Along(ValueView view) => Addressing.Strides(view, Axes);
        var loads = Loads.Values.Select(r => Along(r.View)).ToList();
        var perRow = new List<int[]>();
        foreach (var reading in ByLabel)
        {
            var label = Along(reading.Value.Label.View);
            (reading.Value.Row is null ? loads : perRow).Add(label);
            loads.Add(Along(reading.Value.Row?.View ?? LabelReading.Classes(reading.Key)));
        }
        return new(loads, [.. stores.Select(s => Along(s.Target.View))], perRow);
    }
}

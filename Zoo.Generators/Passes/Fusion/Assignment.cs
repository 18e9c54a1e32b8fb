using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Fusion;

/// <summary>A program in kernels that know where everything lies that they read and write.</summary>
/// <param name="Grouping">The program in groups.</param>
/// <param name="Slots">Memory, some of it asked for in vain.</param>
/// <param name="Homes">Where values lie that some kernel reads, or the host.</param>
/// <param name="Kernels">In the order of groups, copies last.</param>
/// <param name="Labels">Names of values for people.</param>
public sealed record Assignment(
    Grouping Grouping, IReadOnlyList<MemorySlot> Slots, IReadOnlyDictionary<Node, Home> Homes, IReadOnlyList<KernelDraft> Kernels,
    NodeLabels Labels)
{
    /// <summary>All that a kernel stores: members that have a home, then the rest.</summary>
    public IEnumerable<(Node Value, Home Target)> StoresOf(KernelDraft kernel) =>
        kernel.Group.Members.Where(Homes.ContainsKey).Select(m => (m, Homes[m])).Concat(kernel.Stores);

    /// <summary>Kernels with the numbers that the graph's own text gives the nodes.</summary>
    public override string ToString()
    {
        var number = Grouping.Order.Select((node, i) => (node, i)).ToDictionary(p => p.node, p => p.i);
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        string Name(Node node) => $"%{Number(number[node])} {node.Op}";
        string Offset(ValueView view) => view.Offset == 0 ? "" : $" + {Number(view.Offset)}";
        string Place(ValueView view) => $"{view.Slot.Label}{Offset(view)} by ({string.Join(", ", view.Strides.Select(Number))})";
        var text = new StringBuilder($"program {Grouping.Program.Name}\n");
        for (var i = 0; i < Kernels.Count; i++)
        {
            var (kernel, group) = (Kernels[i], Kernels[i].Group);
            var makes = new[] { group.Alone, group.Product }.OfType<Node>().Concat(group.Members).Select(Name).ToList();
            text.Append($"  kernel {Number(i)}: {(makes.Count == 0 ? "copy" : string.Join(", ", makes))}\n");
            foreach (var read in kernel.Operands) text.Append($"    operand {Name(read.Home.Value)} in {Place(read.View)}\n");
            foreach (var load in kernel.Loads) text.Append($"    load {Name(load.Key)} from {Place(load.Value.View)}\n");
            foreach (var made in kernel.ByLabel)
            {
                var table = made.Value.Row is { } row ? $" from {Place(row.View)}" : "";
                text.Append($"    make {Name(made.Key)}{table} by label {Place(made.Value.Label.View)}\n");
            }
            if (kernel.Product is { } product) text.Append($"    C in {Place(product)}\n");
            if (group.Alone is { } alone) text.Append($"    result in {Place(Homes[alone].View)}\n");
            foreach (var (value, target) in StoresOf(kernel)) text.Append($"    store {Name(value)} to {Place(target.View)}\n");
            foreach (var sum in kernel.Sums) text.Append($"    {Name(sum)} to {Place(Homes[sum].View)}\n");
        }
        return text.ToString();
    }
}

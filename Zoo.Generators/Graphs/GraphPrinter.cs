using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Zoo.Generators.Graphs;

/// <summary>
/// The IR as text, one node a line in topological order: <c>%3 = MatMul(%0, %2) : n×[400]</c>. For tests, snapshots and people.
/// </summary>
public static class GraphPrinter
{
    public static string Print(IEnumerable<(string Name, Node Node)> roots)
    {
        var list = roots.ToList();
        var order = Topology.Sort(list.Select(r => r.Node));
        var number = new Dictionary<Node, int>();
        var text = new StringBuilder();
        foreach (var node in order)
        {
            number[node] = number.Count;
            text.Append('%').Append(number[node].ToString(CultureInfo.InvariantCulture)).Append(" = ").Append(node.Op);
            text.Append('(').Append(string.Join(", ", node.Inputs.Select(i => $"%{number[i]}").Concat(Details(node)))).Append(')');
            text.Append(" : ").Append(node.Type).Append('\n');
        }
        foreach (var (name, node) in list) text.Append(name).Append(" = %").Append(number[node].ToString(CultureInfo.InvariantCulture))
            .Append('\n');
        return text.ToString();
    }

    internal static string Line(Node node) =>
        $"{node.Op}({string.Join(", ", node.Inputs.Select(i => i.Op.ToString()).Concat(Details(node)))}) : {node.Type}";

    static IEnumerable<string> Details(Node node)
    {
        var a = node.Attributes;
        if (a.Name is { } name) yield return $"\"{name}\"";
        switch (node.Op)
        {
            case Op.Constant: yield return Number(a.Value); break;
            case Op.Clamp: yield return Number(a.Value); yield return Number(a.Value2); break;
            case Op.Draw: yield return a.Draw.ToString(); break;
            case Op.Concat: yield return $"axis {a.Axis}"; break;
            case Op.Slice: yield return $"axis {a.Axis}"; yield return $"from {a.Start}"; break;
            case Op.Permute: yield return $"axes {string.Join(" ", a.Axes)}"; break;
            case Op.Windows or Op.WindowSum: yield return a.Windowing!.Value.ToString(); break;
            case Op.MatMul or Op.BatchMatMul:
                if (a.TransposeA) yield return "Aᵀ";
                if (a.TransposeB) yield return "Bᵀ";
                break;
        }
    }

    static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}

using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Windows are linear: sums of them are windows of a sum, so that no window is ever written to be added to another.</summary>
/// <remarks>
/// <para>Before: <c>windowsum(k, 2, 1, 0) + windowsum(exp(k), 2, 1, 0)</c></para>
/// <para>After: <c>windowsum(k + exp(k), 2, 1, 0)</c></para>
/// <para>Invariant: the same value in exact arithmetic, from fewer additions.</para>
/// <para>Misses: windows of unlike geometry, and factors.</para>
/// </remarks>
static class WindowRules
{
    public static readonly RewriteRule[] Table = [SumOfWindows];

    static Node? SumOfWindows(GraphBuilder g, Node node)
    {
        // windows(p, 2, 1, 0) + windows(exp(p), 2, 1, 0) = windows(p + exp(p), 2, 1, 0)
        // windows(p, 2, 1, 1) − windows(exp(p), 2, 1, 1) = windows(p − exp(p), 2, 1, 1)
        // windows(p, 2, 1, 0) + exp(windows(p, 2, 1, 0)) stays
        if (node is not { Op: Op.Add or Op.Sub, Inputs: [{ Op: Op.Windows or Op.WindowSum } left, var right] }) return null;
        if (right.Op != left.Op || !right.Attributes.Equals(left.Attributes)) return null;
        var sum = g.Binary(node.Op, left.Inputs[0], right.Inputs[0]);
        var windowing = left.Attributes.Windowing!.Value;
        return left.Op == Op.Windows ? g.Windows(sum, windowing) : g.WindowSum(sum, windowing);
    }
}

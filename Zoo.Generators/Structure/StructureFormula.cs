using System;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Structure;

/// <summary>
/// Short formulas read off a graph: z = μ + σ·ε. What is longer than a person reads at a glance, or has an operation without a sign of its
/// own, has none.
/// </summary>
/// <param name="symbol">What a node is called where it is a part of the structure; null where the formula goes on into it.</param>
/// <param name="isKnown">Whether the node is a part of the structure: without a symbol it then has no formula.</param>
sealed class StructureFormula(Func<Node, string?> symbol, Func<Node, bool> isKnown)
{
    const int Longest = 64, MostOperations = 64;

    // How tightly an operation binds.
    const int Sum = 0, Product = 1, Sign = 2, Atom = 3;

    // What is used twice is written twice, so that a small graph may have a formula without end.
    int operations;

    /// <summary>The formula; empty where there is none.</summary>
    public string Of(Node node)
    {
        operations = 0;
        return Write(node, isRoot: true) is (var text, _) && text.Length <= Longest ? text : "";
    }

    (string Text, int Binds)? Write(Node node, bool isRoot = false)
    {
        if (++operations > MostOperations) return null;
        if (!isRoot || node.Inputs.Count == 0)
        {
            if (symbol(node) is { } known) return (known, Atom);
            if (isKnown(node)) return null;
        }
        (string, int)? Of(int i) => Write(node.Inputs[i]);
        string? At(int i, int binds) => Of(i) is (var text, var own) ? own >= binds ? text : $"({text})" : null;
        (string, int)? Two(string sign, int binds, int right) =>
            (At(0, binds), At(1, right)) is ({ } a, { } b) ? (a + sign + b, binds) : null;
        (string, int)? Call(string name) => Of(0) is (var text, _) ? ($"{name}({text})", Atom) : null;
        switch (node.Op)
        {
            case Op.Constant:
                var number = node.Attributes.Value.ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');
                return (number, node.Attributes.Value < 0 ? Sign : Atom);
            case Op.Hyperparameter:
                return (DrawWords.Name(node.Name), Atom);
            case Op.StepCount:
                return ("t", Atom);
            case Op.Broadcast or Op.Reshape or Op.StopGradient:
                return Of(0);
            // A sum over what all examples share is none over the rows.
            case Op.Sum when node.Shape == node.Inputs[0].Shape || node.Inputs[0].Shape.Count == 1:
                return Of(0);
            case Op.Sum:
                return At(0, Product) is { } summed ? ($"Σ {summed}", Product) : null;
            // A mean over the rows is what losses are reported as.
            case Op.Div when IsRowCount(node.Inputs[1]):
                return Of(0);
            // A deviation: of a log-variance that a network gives, that is learned as it is, or that is given.
            case Op.Exp when Half(node.Inputs[0]) is { } variance && (variance.Op == Op.Parameter || symbol(variance) == LogVariance):
                return ("σ", Atom);
            case Op.Exp when Half(node.Inputs[0])?.Constant is { } logVariance:
                return (Math.Exp(logVariance / 2).ToString("0.###", CultureInfo.InvariantCulture), Atom);
            case Op.Neg:
                return At(0, Product) is { } negated ? ("−" + negated, Sign) : null;
            case Op.Add:
                return Two(" + ", Sum, Sum);
            case Op.Sub:
                return Two(" − ", Sum, Product);
            case Op.Mul:
                return Two("·", Product, Product);
            case Op.Div:
                return Two("/", Product, Atom);
            case Op.Square:
                return At(0, Atom) is { } squared ? (squared + "²", Atom) : null;
            case Op.Sqrt:
                return Call("√");
            case Op.Abs:
                return Of(0) is (var size, _) ? ($"|{size}|", Atom) : null;
            case Op.Relu:
                return Of(0) is (var positive, _) ? ($"[{positive}]₊", Atom) : null;
            case Op.Softplus:
                return Call("softplus");
            case Op.Max or Op.Min:
                return Of(0) is (var left, _) && Of(1) is (var right, _)
                    ? ($"{(node.Op == Op.Max ? "max" : "min")}({left}, {right})", Atom)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The symbol of a log-variance.</summary>
    public const string LogVariance = "log σ²";

    static bool IsRowCount(Node node) =>
        node.Op == Op.RowCount || (node.Op is Op.Mul or Op.Broadcast or Op.Reshape && node.Inputs.Any(IsRowCount));

    /// <summary>v of v·½, where v may be spread.</summary>
    static Node? Half(Node node)
    {
        if (node.Op is Op.Broadcast or Op.Reshape) return Half(node.Inputs[0]);
        if (node.Op != Op.Mul || node.Inputs[1].Constant != 0.5f) return null;
        var half = node.Inputs[0];
        while (half.Op is Op.Broadcast or Op.Reshape) half = half.Inputs[0];
        return half;
    }
}

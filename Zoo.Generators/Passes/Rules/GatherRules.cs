using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>
/// One-hot rows in a product: never multiplied. With y the labels and e(y) their one-hot rows, [x, e(y)]·W = x·W₁ + W₂[y], and the gradient
/// of W is [xᵀ·G; the sums of G's rows by label], each part straight in its place.
/// </summary>
static class GatherRules
{
    public static readonly RewriteRule[] Table =
        [RowsByLabel, SumsByLabel, PartsOfProduct, PartsOfGradient, GradientOfPart, SumOfOneHot, OfZeros];

    /// <summary>e(y)·W = W[y].</summary>
    static Node? RowsByLabel(GraphBuilder g, Node node) =>
        IsPlain(node) && node is { Inputs: [{ Op: Op.OneHot, Inputs: [var label] }, var table] }
            ? g.Gather(table, label)
            : null;

    /// <summary>e(y)ᵀ·G: the rows of G summed by label.</summary>
    static Node? SumsByLabel(GraphBuilder g, Node node) =>
        IsGradient(node) && node is { Inputs: [{ Op: Op.OneHot, Inputs: [var label] } hot, var values] }
            ? g.Scatter(values, label, hot.Shape[0])
            : null;

    /// <summary>[x, e(y)]·W = x·W₁ + W₂[y].</summary>
    static Node? PartsOfProduct(GraphBuilder g, Node node) =>
        IsPlain(node) && node is { Inputs: [{ Op: Op.Concat } rows, var table] } && HasLabels(rows)
            ? Runs(g, rows).Select(run => g.MatMul(run.Part, g.Slice(table, 0, run.Start, run.Part.Shape[0]))).Aggregate(g.Add)
            : null;

    /// <summary>[x, e(y)]ᵀ·G = [xᵀ·G; e(y)ᵀ·G].</summary>
    static Node? PartsOfGradient(GraphBuilder g, Node node) =>
        IsGradient(node) && node is { Inputs: [{ Op: Op.Concat } rows, var values] } && HasLabels(rows)
            ? g.Concat(0, [.. Runs(g, rows).Select(run => g.MatMul(run.Part, values, transposeA: true))])
            : null;

    /// <summary>(G·Wᵀ)[:, from..to] = G·W[from..to]ᵀ: the gradient of one part, without the columns that one-hot rows would have.</summary>
    static Node? GradientOfPart(GraphBuilder g, Node node) =>
        node is { Op: Op.Slice, Inputs: [{ Op: Op.MatMul, Attributes.TransposeB: true, Inputs: [var values, var table] } product] }
        && node.Attributes.Axis == product.Shape.Rank - 1
            ? g.MatMul(values, g.Slice(table, 0, node.Attributes.Start, node.Shape.Last), product.Attributes.TransposeA, transposeB: true)
            : null;

    /// <summary>Σ e(y) = [y > −1]: what the gradient of a cross-entropy asks of its labels.</summary>
    static Node? SumOfOneHot(GraphBuilder g, Node node) =>
        node is { Op: Op.Sum, Type.IsShared: false, Shape.Count: 1, Inputs: [{ Op: Op.OneHot, Inputs: [var label] }] }
            ? g.Reshape(g.Binary(Op.Greater, label, g.Constant(-1)), node.Shape)
            : null;

    static Node? OfZeros(GraphBuilder g, Node node) =>
        node is { Op: Op.Gather or Op.Scatter, Inputs: [var source, _] } && source.IsConstant(0) ? g.Constant(0, node.Type) : null;

    /// <summary>A·B.</summary>
    static bool IsPlain(Node node) => node is { Op: Op.MatMul, Attributes: { TransposeA: false, TransposeB: false } };

    /// <summary>Aᵀ·B.</summary>
    static bool IsGradient(Node node) => node is { Op: Op.MatMul, Attributes: { TransposeA: true, TransposeB: false } };

    static bool HasLabels(Node concat) => concat.Inputs.Any(part => part.Op == Op.OneHot);

    /// <summary>The concatenation cut where one-hot rows begin and end.</summary>
    static IEnumerable<(Node Part, int Start)> Runs(GraphBuilder g, Node concat)
    {
        var (run, start) = (new List<Node>(), 0);
        foreach (var part in concat.Inputs)
        {
            if (run.Count > 0 && (part.Op == Op.OneHot || run[0].Op == Op.OneHot))
            {
                var whole = g.Concat(0, [.. run]);
                yield return (whole, start);
                start += whole.Shape[0];
                run.Clear();
            }
            run.Add(part);
        }
        yield return (g.Concat(0, [.. run]), start);
    }
}

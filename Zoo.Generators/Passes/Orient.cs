using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 5: the layout of every weight, for all programs together. A weight lies [in, out], so that the forward product is A·B and its
/// gradient Aᵀ·B; the one A·Bᵀ of a step, the gradient of the layer's input, meets packing that turns panels in registers, so that the
/// micro-kernel always sees rows. A layer with few outputs is the exception: its gradient would be a product with few columns, most of a
/// vector idle. Such a weight lies [out, in] instead: its gradient is then [out × batch]·[batch × in], as wide as the input.
/// </summary>
public static class Orient
{
    /// <summary>Columns below which the vectors of a product's micro-kernel stay partly empty.</summary>
    const int NarrowColumns = 32;

    public static ModelGraph Run(ModelGraph model, CancellationToken cancellation = default)
    {
        var turned = new HashSet<string>(model.Storages.Where(IsNarrow).Select(s => s.Name));
        foreach (var program in model.Programs)
        {
            cancellation.ThrowIfCancellationRequested();
            turned.ExceptWith(Fixed(program));
        }
        if (turned.Count == 0) return model;
        return model with
        {
            Storages = new(model.Storages.Select(s => turned.Contains(s.Name) ? s with { Shape = Turned(s.Shape), IsTurned = true } : s)),
            Programs = new(model.Programs.Select(p => p with { Results = Turn(p.Results, turned) })),
        };
    }

    // What programs advance themselves is no weight.
    static bool IsNarrow(Storage storage) =>
        !storage.IsAdvanced && storage.Shape.Rank == 2 && storage.Shape[1] < NarrowColumns && storage.Shape[0] > storage.Shape[1];

    static Shape Turned(Shape shape) => new(shape[1], shape[0]);

    /// <summary>
    /// The weights that the program does not use as a product's right operand only, or whose gradient is something else than a product over
    /// the rows.
    /// </summary>
    static IEnumerable<string> Fixed(ProgramGraph program)
    {
        var order = Topology.Sort(program.Results.Select(r => r.Node));
        var users = Topology.Users(order);
        var results = program.Results.ToLookup(r => r.Node);
        foreach (var (name, node) in program.Results)
        {
            if (node.Op == Op.Parameter) yield return node.Name;
            if (name is { Kind: ResultKind.Gradient, Name: var storage }
                && (!IsWeightGradient(node) || users[node].Count > 0 || results[node].Count() > 1)) yield return storage;
        }
        foreach (var parameter in order.Where(n => n.Op == Op.Parameter))
            if (!users[parameter].All(u => u.Op == Op.MatMul && u.Inputs[1] == parameter && u.Inputs[0] != parameter))
                yield return parameter.Name;
    }

    static bool IsWeightGradient(Node node) => node.Op == Op.MatMul && node.Attributes is { TransposeA: true, TransposeB: false };

    static Roots<ResultName> Turn(Roots<ResultName> roots, HashSet<string> turned)
    {
        var g = new GraphBuilder();
        bool IsTurned(Node node) => node.Op == Op.Parameter && turned.Contains(node.Name);
        var rewrite = g.Rewriter((node, inputs) =>
        {
            if (IsTurned(node)) return g.Parameter(node.Name, Turned(node.Shape));
            if (node.Op != Op.MatMul || !IsTurned(node.Inputs[1])) return null;
            return g.MatMul(inputs[0], inputs[1], node.Attributes.TransposeA, !node.Attributes.TransposeB);
        });
        return new(roots.Select(r =>
        {
            if (r.Name.Kind != ResultKind.Gradient || !turned.Contains(r.Name.Name) || !IsWeightGradient(r.Node))
                return (r.Name, rewrite(r.Node));
            return (r.Name, g.MatMul(rewrite(r.Node.Inputs[1]), rewrite(r.Node.Inputs[0]), transposeA: true));
        }));
    }
}

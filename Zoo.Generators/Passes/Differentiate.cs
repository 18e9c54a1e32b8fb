using System.Linq;
using System.Threading;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>Stage 3: programs with an objective get a gradient for each storage instead. Afterwards nothing needs <see cref="Op.StopGradient"/>.</summary>
public static class Differentiate
{
    public static ModelGraph Run(ModelGraph model, CancellationToken cancellation = default) =>
        model with { Programs = new(model.Programs.Select(p => p with { Roots = Run(model, p, cancellation) })) };

    static Roots Run(ModelGraph model, ProgramGraph program, CancellationToken cancellation)
    {
        var g = new GraphBuilder();
        var import = g.Importer(_ => null);
        var roots = program.Roots.Select(import);
        if (roots.Find("objective") is { } objective)
        {
            var targets = model.Storages.Select(s => g.Parameter(s.Name, s.Shape)).ToList();
            var gradients = Gradients.Of(g, objective, targets, cancellation);
            roots = new(roots.Where(r => r.Name != "objective").Concat(model.Storages.Select((s, i) => ($"gradient.{s.Name}", gradients[i]))));
        }
        return roots.Select(new GraphBuilder().Rewriter((node, inputs) => node.Op == Op.StopGradient ? inputs[0] : null));
    }
}

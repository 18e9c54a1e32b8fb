using System.Linq;
using System.Threading;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Stage 3: a program with an objective gets a gradient for each storage that its phase trains instead. Afterwards nothing needs
/// <see cref="Op.StopGradient"/>.
/// <para>before: objective = Mul(w, x); after: gradient.w = x. Storages that the phase does not train are constants to it.</para>
/// </summary>
public static class Differentiate
{
    public static ModelGraph Run(ModelGraph model, CancellationToken cancellation = default) =>
        model with { Programs = new(model.Programs.Select(p => p with { Results = Run(model, p, cancellation) })) };

    static Roots<ResultName> Run(ModelGraph model, ProgramGraph program, CancellationToken cancellation)
    {
        var g = new GraphBuilder();
        var import = g.Importer(_ => null);
        var results = program.Results.Select(import);
        for (var phase = 0; phase < model.Phases.Count; phase++)
        {
            var name = new ResultName(ResultKind.Objective, model.Phases[phase].Name);
            if (results.Find(name) is not { } objective) continue;
            var trained = model.Storages.Where(s => s.Trainers[phase] >= 0).ToList();
            var gradients = Gradients.Of(g, objective, [.. trained.Select(s => g.Parameter(s.Name, s.Shape))], cancellation);
            results = new(results.Where(r => r.Name != name)
                .Concat(trained.Select((s, i) => (new ResultName(ResultKind.Gradient, s.Name), gradients[i]))));
        }
        return results.Select(new GraphBuilder().Rewriter((node, inputs) => node.Op == Op.StopGradient ? inputs[0] : null));
    }
}

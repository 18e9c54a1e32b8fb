using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>Stage 2: from a traced declaration to programs over one state.</summary>
public static class BuildPrograms
{
    public static ModelGraph Run(ModelTrace trace, CancellationToken cancellation = default) => Run(trace, merge: true, cancellation);

    /// <param name="trace">The declaration.</param>
    /// <param name="merge">False: every parameter keeps a storage of its own, for tests that compare.</param>
    /// <param name="cancellation">Ends the stage early.</param>
    public static ModelGraph Run(ModelTrace trace, bool merge, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var g = new GraphBuilder();
        var (networks, storages) = MergeParallelProducts.Run(g, trace, merge);
        var library = new NetworkLibrary(g, networks);
        var (programs, hyperparameters) = trace.Variant switch
        {
            "Vae" => VaePrograms.Build(g, library, trace.Options, Vae.Latent(trace.Network("Encoder")!)),
            _ => throw new InvalidOperationException($"No programs for the variant {trace.Variant}."),
        };
        var (optimizers, optimizerOf) = Optimizers(trace);
        var batch = trace.Options.Int("Batch", 1);
        // By optimiser, so that each updates one contiguous range; a stable sort keeps the order of declaration.
        var placed = storages.Select(s => s with { Optimizer = optimizerOf(s.Members[0].Parameter) }).OrderBy(s => s.Optimizer);
        return new(trace.Identity, batch, Math.Max(batch, 64), new(trace.Parameters.Select(p => p.Name)), new(placed), new(optimizers), new(hyperparameters), new(programs));
    }

    /// <summary>The most specific optimiser of each parameter: one narrowed to its network, else that of the class, else Adam.</summary>
    static (List<OptimizerGraph> Optimizers, Func<string, int> Of) Optimizers(ModelTrace trace)
    {
        var (used, of) = UsedOptimizers(trace);
        return ([.. used.Select(Graph)], of);
    }

    /// <summary>The attributes that some parameter follows, in the order of their ranges; null stands for the default.</summary>
    public static (IReadOnlyList<OptimizerTrace?> Used, Func<string, int> Of) UsedOptimizers(ModelTrace trace)
    {
        var owner = trace.Parameters.ToDictionary(p => p.Name, p => p.Network);
        var used = new List<OptimizerTrace?>();
        int Of(string parameter)
        {
            var chosen = trace.Optimizers.FirstOrDefault(o => o.For == owner[parameter]) ?? trace.Optimizers.FirstOrDefault(o => o.For is null);
            if (!used.Contains(chosen)) used.Add(chosen);
            return used.IndexOf(chosen);
        }
        foreach (var parameter in trace.Parameters) Of(parameter.Name);
        return (used, Of);
    }

    public static OptimizerGraph Graph(OptimizerTrace? optimizer) => optimizer is null
        ? new("Adam", "", false, false, false)
        : new(optimizer.Kind, Prefix(optimizer), optimizer.Values.Float("Momentum", 0) != 0, optimizer.Values.Flag("Nesterov"), optimizer.Values.Float("ClipNorm", 0) > 0);

    /// <summary>Before the names of an optimiser's hyperparameters.</summary>
    public static string Prefix(OptimizerTrace optimizer) => optimizer.For is { } network ? Naming.SnakeCase(network) + "." : "";
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// The optimisers of one phase. A parameter follows the attribute narrowed to its network and the phase, else the one narrowed to the
/// phase, else the one narrowed to its network, else that of the class, else Adam.
/// </summary>
sealed class PhaseOptimizers
{
    readonly ModelTrace trace;
    readonly PhaseDeclaration phase;
    readonly HashSet<string> trained;
    readonly List<OptimizerTrace?> used = [];
    readonly string prefix;

    public PhaseOptimizers(ModelTrace trace, PhaseDeclaration phase, Variant variant)
    {
        (this.trace, this.phase) = (trace, phase);
        prefix = variant.Phases(trace).Count == 1 ? "" : Naming.SnakeCase(phase.Name) + ":";
        trained = [.. phase.Trains];
        // What a network calls it trains with it; own losses say themselves what they train.
        if (!variant.HasOwnLosses)
        {
            var owners = trace.Parameters.ToDictionary(p => p.Name, p => p.Network);
            foreach (var network in trace.Networks.Where(n => phase.Trains.Contains(n.Name)))
                foreach (var node in Topology.Sort(network.Outputs.Select(r => r.Node)))
                    if (node.Op == Op.Parameter) trained.Add(owners[node.Name]);
        }
        foreach (var parameter in trace.Parameters) Of(parameter);
    }

    /// <summary>Ordinal of the parameter's optimiser, or −1 where the phase does not train it.</summary>
    public int Of(ParameterTrace parameter)
    {
        if (!trained.Contains(parameter.Network)) return -1;
        var chosen = Find(parameter.Network, inPhase: true) ?? Find(null, inPhase: true) ?? Find(parameter.Network, inPhase: false)
            ?? Find(null, inPhase: false);
        if (!used.Contains(chosen)) used.Add(chosen);
        return used.IndexOf(chosen);
    }

    public IEnumerable<OptimizerGraph> Graphs => used.Select(o => OptimizerGraph.Of(o, prefix));

    /// <summary>First values, in their order in memory.</summary>
    public IEnumerable<HyperparameterSpec> Hyperparameters => used.SelectMany(attribute =>
    {
        var graph = OptimizerGraph.Of(attribute, prefix);
        return graph.Properties.Select(p => new HyperparameterSpec(graph.Hyperparameter(p),
            attribute?.Values.Float(p.Name, p.Default) ?? p.Default, p.Range));
    });

    OptimizerTrace? Find(string? network, bool inPhase) =>
        trace.Optimizers.FirstOrDefault(o => o.For == network
            && (inPhase ? o.Phase is { } named && IsName(named, phase.Name) : o.Phase is null));

    /// <summary>Whether an attribute's text names a phase: as in the enum, or in snake case as hyperparameters have it.</summary>
    public static bool IsName(string text, string phase) => text == phase || text == Naming.SnakeCase(phase);
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Whether phases can train what they name.</summary>
static class PhaseChecks
{
    /// <summary>Of a variant's phases: each trains something, and what has parameters is trained.</summary>
    public static IEnumerable<VariantError> OfVariant(ModelTrace trace, Variant variant)
    {
        if (variant.HasOwnLosses) yield break;
        var phases = variant.Phases(trace);
        var trained = phases.Select(p => (Phase: p, Optimizers: new PhaseOptimizers(trace, p, variant))).ToList();
        foreach (var (phase, optimizers) in trained)
            if (trace.Parameters.All(p => optimizers.Of(p) < 0))
                yield return new(VariantErrorKind.IdlePhase, phase.Trains[0],
                    $"Phase '{phase.Name}' trains nothing: {string.Join(" and ", phase.Trains)} must have a layer or a parameter");
        foreach (var network in trace.Parameters.Where(p => trained.All(t => t.Optimizers.Of(p) < 0)).Select(p => p.Network).Distinct())
            if (trace.Network(network) is not null)
                yield return new(VariantErrorKind.UntrainedNetwork, network,
                    $"{network} has parameters that no phase trains: {string.Join(", ", phases.Select(p => $"{p.Name} trains {
                        string.Join(" and ", p.Trains)}"))}");
    }

    /// <summary>Of own losses.</summary>
    /// <param name="trace">The declaration with its parameters.</param>
    /// <param name="networks">Networks that own parameters.</param>
    public static IEnumerable<VariantError> Run(ModelTrace trace, IReadOnlyList<string> networks)
    {
        foreach (var phase in trace.Phases)
        {
            VariantError Wrong(string message) => new(VariantErrorKind.InvalidPhase, phase.Name, message);
            var reached = Reached(phase.Outputs);
            foreach (var network in phase.Trains)
            {
                if (!networks.Contains(network))
                    yield return Wrong($"Phase '{phase.Name}' trains '{network}', but the networks with parameters are "
                        + $"{string.Join(", ", networks)}");
                else if (!trace.Parameters.Any(p => p.Network == network && reached.Contains(p.Name)))
                    yield return Wrong($"Phase '{phase.Name}' trains '{network}', but its losses have no gradient for it");
            }
            if (phase.Trains.Count == 0 && !trace.Parameters.Any(p => reached.Contains(p.Name)))
                yield return Wrong($"Phase '{phase.Name}' trains nothing: its losses have no gradient for any parameter");
        }
    }

    static HashSet<string> Reached(Roots outputs)
    {
        var (names, seen, open) = (new HashSet<string>(), new HashSet<Node>(), new Stack<Node>(outputs.Select(r => r.Node)));
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (!seen.Add(node) || node.Op == Op.StopGradient) continue;
            if (node.Op == Op.Parameter) names.Add(node.Name);
            foreach (var input in node.Inputs) open.Push(input);
        }
        return names;
    }
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Whether own losses can train what they name.</summary>
static class PhaseChecks
{
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

using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Whether the optimisers of a class can be used as declared.</summary>
static class OptimizerChecks
{
    /// <param name="attributes">The attributes, as written.</param>
    /// <param name="phases">Names of the phases, or null where tracing failed.</param>
    /// <param name="networks">Names of the networks that own parameters, or null where tracing failed.</param>
    public static void Run(
        IReadOnlyList<AttributeData> attributes, IReadOnlyList<string>? phases, IReadOnlyCollection<string>? networks, TraceLog log,
        CancellationToken cancellation)
    {
        var taken = new HashSet<(string?, string?)>();
        foreach (var attribute in attributes)
        {
            var optimizer = AttributeReader.ReadOptimizer(attribute);
            void Report(string? argument, string message) =>
                log.Report(Descriptors.InvalidOptimizer, AttributeReader.Place(attribute, argument, cancellation), message);

            foreach (var (name, _, range) in OptimizerGraph.AllProperties(optimizer.Kind))
                if (optimizer.Values.Has(name) && optimizer.Values.Float(name, 0) is var value && !range.Holds(value))
                    Report(name, range.Refusal(name, value));
            if (optimizer.Values.Flag("Nesterov") && !(optimizer.Values.Float("Momentum", 0) > 0))
                Report("Nesterov", "Nesterov needs a Momentum above 0");
            foreach (var (choice, fault) in OptionChecks.Choices(attribute)) Report(choice, fault);
            if (optimizer.Values.Int("Schedule", 0) != 0 && !optimizer.Values.Has("ScheduleSteps"))
                Report("Schedule", "Schedule needs ScheduleSteps, the number of updates after which ScheduleFactor is left");
            var named = optimizer.Phase is { } text ? phases?.FirstOrDefault(p => PhaseOptimizers.IsName(text, p)) : null;
            if (optimizer.Phase is { } unknown && phases is not null && (named is null || phases.Count == 1))
            {
                Report("Phase", phases.Count == 1
                    ? $"Phase is '{unknown}', but the model has a single phase: leave Phase out"
                    : $"Phase is '{unknown}', but the phases are {string.Join(", ", phases.Select(Naming.SnakeCase))}");
            }
            if (!taken.Add((optimizer.For, named ?? optimizer.Phase)))
                Report(optimizer.For is not null ? "For" : optimizer.Phase is not null ? "Phase" : null, Twice(optimizer));
            else if (optimizer.For is { } network && networks?.Contains(network) == false)
                Report("For", $"For is '{network}', but the networks with parameters are {string.Join(", ", networks)}");
        }
    }

    static string Twice(OptimizerTrace optimizer) => (optimizer.For, optimizer.Phase) switch
    {
        ({ } network, { } phase) => $"Network '{network}' has an optimiser in phase '{phase}' already",
        ({ } network, null) => $"Network '{network}' has an optimiser already",
        (null, { } phase) => $"Phase '{phase}' has an optimiser already: narrow one of the two with For",
        _ => "The class has an optimiser already: narrow one of the two with For or Phase",
    };
}

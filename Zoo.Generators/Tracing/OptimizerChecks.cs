using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>Whether the optimisers of a class can be used as declared.</summary>
static class OptimizerChecks
{
    static readonly (string Option, Func<float, bool> Holds, string Range)[] Ranges =
    [
        ("LearningRate", NotNegative, "a finite number of at least 0"),
        ("WeightDecay", NotNegative, "a finite number of at least 0"),
        ("ClipNorm", NotNegative, "a finite number of at least 0"),
        ("Momentum", NotNegative, "a finite number of at least 0"),
        ("Beta1", Decay, "in [0, 1)"),
        ("Beta2", Decay, "in [0, 1)"),
        ("Alpha", Decay, "in [0, 1)"),
        ("Epsilon", v => v > 0 && NotNegative(v), "a finite number above 0"),
    ];

    /// <param name="networks">Names of the networks that own parameters, or null where tracing failed.</param>
    public static void Run(IReadOnlyList<AttributeData> attributes, string variant, IReadOnlyCollection<string>? networks, TraceLog log, CancellationToken cancellation)
    {
        var taken = new HashSet<string?>();
        foreach (var attribute in attributes)
        {
            var optimizer = AttributeReader.ReadOptimizer(attribute);
            void Report(string? argument, string message) => log.Report(Descriptors.InvalidOptimizer, AttributeReader.Place(attribute, argument, cancellation), message);

            foreach (var (option, holds, range) in Ranges)
                if (optimizer.Values.Has(option) && optimizer.Values.Float(option, 0) is var value && !holds(value)) Report(option, FormattableString.Invariant($"{option} must be {range}, but is {value}"));
            if (optimizer.Values.Flag("Nesterov") && !(optimizer.Values.Float("Momentum", 0) > 0)) Report("Nesterov", "Nesterov needs a Momentum above 0");
            if (optimizer.Phase is { } phase) Report("Phase", $"Phase is '{phase}', but a {variant} has a single phase: leave Phase out");
            if (!taken.Add(optimizer.For)) Report(optimizer.For is null ? null : "For", optimizer.For is { } twice ? $"Network '{twice}' has an optimiser already" : "The class has an optimiser already: narrow one of the two with For");
            else if (optimizer.For is { } network && networks?.Contains(network) == false) Report("For", $"For is '{network}', but the networks with parameters are {string.Join(", ", networks)}");
        }
    }

    static bool NotNegative(float value) => value >= 0 && value <= float.MaxValue;

    static bool Decay(float value) => value >= 0 && value < 1;
}

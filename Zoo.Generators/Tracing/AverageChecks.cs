using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>The attribute that has averages of the weights kept.</summary>
static class AverageChecks
{
    /// <summary>Its decay, if it stands on the class and can be used.</summary>
    /// <param name="type">The class.</param>
    /// <param name="ofVariant">Weights that no network owns, which members of the runtime read themselves.</param>
    /// <param name="log">Gets what is wrong.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static float? Run(INamedTypeSymbol type, IReadOnlyCollection<ParameterTrace> ofVariant, TraceLog log,
        CancellationToken cancellation)
    {
        if (type.GetAttributes().FirstOrDefault(a => a.AttributeClass.IsZoo("ExponentialMovingAverageAttribute")) is not { } attribute)
            return null;
        var decay = AttributeReader.Read(attribute).Float("Decay", 0.999f);
        void Report(string? argument, string message) =>
            log.Report(Descriptors.InvalidOptimizer, AttributeReader.Place(attribute, argument, cancellation), message);

        if (!ValueRange.Fraction.Holds(decay)) Report("Decay", ValueRange.Fraction.Refusal("Decay", decay));
        if (ofVariant.Count > 0)
            Report(null, $"Averages are kept of networks' weights, but {string.Join(", ", ofVariant.Select(p => p.Name))} belong to none");
        return decay;
    }
}

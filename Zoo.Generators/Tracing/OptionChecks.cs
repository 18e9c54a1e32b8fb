using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>Arguments of the variant's attribute against their ranges.</summary>
static class OptionChecks
{
    /// <summary>Whether all hold; shapes cannot be trusted otherwise.</summary>
    public static bool Run(Variant variant, AttributeData attribute, AttributeValues options, IReadOnlyCollection<string> networks, TraceLog log, CancellationToken cancellation)
    {
        var errors = Errors(variant, options, networks).ToList();
        foreach (var (option, message) in errors) log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, option, cancellation), message);
        return errors.Count == 0;
    }

    static IEnumerable<(string Option, string Message)> Errors(Variant variant, AttributeValues options, IReadOnlyCollection<string> networks)
    {
        foreach (var name in new[] { "Input", "Latent", "Condition" })
        {
            var (shape, isRequired) = (options.Shape(name), name == "Input" || variant.RequiredShapes.Contains(name));
            if (shape is null or { Rank: 0 } && isRequired)
            {
                yield return (name, $"{name} must give the shape of one {(name == "Latent" ? "code" : "example")}, such as {(name == "Latent" ? "[64]" : "[784]")}");
                continue;
            }
            if (shape is not { } sizes) continue;
            if (sizes.Dimensions.Any(size => size < 1)) yield return (name, $"{name} must have positive sizes, but is {sizes}");
            else if (sizes.Dimensions.Aggregate(1.0, (a, b) => a * b) > int.MaxValue) yield return (name, $"{name} must have at most {int.MaxValue} elements, but is {sizes}");
        }
        foreach (var option in variant.Options.Prepend(new("Batch", 0, ValueRange.PositiveCount)))
            if (options.Float(option.Name, option.Default) is var value && !option.Range.Holds(value)) yield return (option.Name, option.Range.Refusal(option.Name, value));
        foreach (var error in variant.CheckOptions(options, networks)) yield return (error.Target, error.Message);
    }
}

using System;
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
    public static bool Run(
        Variant variant, AttributeData attribute, AttributeValues options, IReadOnlyDictionary<string, IMethodSymbol> networks,
        TraceLog log, CancellationToken cancellation)
    {
        var errors = Errors(variant, options, networks).Concat(Choices(attribute)).ToList();
        foreach (var (option, message) in errors)
            log.Report(Descriptors.InvalidOption, AttributeReader.Place(attribute, option, cancellation), message);
        return errors.Count == 0;
    }

    /// <summary>C# takes any number for an enum where it is cast.</summary>
    public static IEnumerable<(string Option, string Message)> Choices(AttributeData attribute) => attribute.NamedArguments
        .Where(a => a.Value is { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type } value
            && !type.GetMembers().OfType<IFieldSymbol>().Any(f => Equals(f.ConstantValue, value.Value)))
        .Select(a => (a.Key, FormattableString.Invariant($"{a.Key} must be a member of {a.Value.Type!.Name}, but is {a.Value.Value}")));

    /// <summary>Rows of a step that the compiler follows one by one.</summary>
    const int MostRows = 1 << 20;

    /// <summary>What a batch would make too large, where the widest value has so many numbers for a row.</summary>
    public static IEnumerable<(string Option, string Message)> Sizes(AttributeValues options, long widest)
    {
        var rows = (double)options.Int("Batch", 1) * options.Int("Samples", 1);
        if (rows * widest > int.MaxValue)
        {
            var message = FormattableString.Invariant($"Batch gives {rows:0} rows of a value of {widest} numbers");
            yield return ("Batch", $"{message}, and a value has at most {int.MaxValue}");
        }
    }

    static IEnumerable<(string Option, string Message)> Errors(
        Variant variant, AttributeValues options, IReadOnlyDictionary<string, IMethodSymbol> networks)
    {
        foreach (var name in new[] { "Input", "Latent", "Condition" })
        {
            var (shape, isRequired) = (options.Shape(name), name == "Input" || variant.RequiredShapes.Contains(name));
            if (shape is null or { Rank: 0 } && isRequired)
            {
                var (what, such) = name == "Latent" ? ("code", "[64]") : ("example", "[784]");
                yield return (name, $"{name} must give the shape of one {what}, such as {such}");
                continue;
            }
            if (shape is not { } sizes) continue;
            if (sizes.Dimensions.Any(size => size < 1)) yield return (name, $"{name} must have positive sizes, but is {sizes}");
            else if (sizes.Dimensions.Aggregate(1.0, (a, b) => a * b) > int.MaxValue)
                yield return (name, $"{name} must have at most {int.MaxValue} elements, but is {sizes}");
        }
        foreach (var option in variant.Options.Prepend(new("Batch", 0, ValueRange.PositiveCount)))
        {
            if (options.Float(option.Name, option.Default) is var value && !option.Range.Holds(value))
                yield return (option.Name, option.Range.Refusal(option.Name, value));
        }
        var rows = (double)options.Int("Batch", 1) * options.Int("Samples", 1);
        if (rows > MostRows)
        {
            var (name, what) = options.Int("Batch", 1) > MostRows ? ("Batch", "Batch") : ("Samples", "Batch times Samples");
            yield return (name, FormattableString.Invariant($"{what} must be at most {MostRows}, but is {rows:0}"));
        }
        var parameters = networks.ToDictionary(n => n.Key, n => (IReadOnlyList<string>)[.. n.Value.Parameters.Select(p => p.Name)]);
        foreach (var error in variant.CheckOptions(options, parameters.Keys).Concat(variant.CheckParameters(options, parameters)))
            yield return (error.Target, error.Message);
    }
}

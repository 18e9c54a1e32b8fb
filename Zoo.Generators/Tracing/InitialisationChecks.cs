using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>The attributes that say how layers begin, as data, and whether they can be used as declared.</summary>
static class InitialisationChecks
{
    public static IReadOnlyList<AttributeData> Attributes(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(a => a.AttributeClass.IsZoo("InitialisationAttribute"))];

    public static FirstValues Read(AttributeData attribute)
    {
        var values = AttributeReader.Read(attribute);
        return new(Member(attribute, "Weight"), values.Float("Gain", 1), Member(attribute, "Bias"), values.Text("For"));
    }

    // What is no member of the enum is reported, and then counts for none.
    static string Member(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == argument).Value is { Kind: TypedConstantKind.Enum, Type: { } type } given
        && type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => Equals(f.ConstantValue, given.Value)) is { } member
            ? member.Name
            : "Default";

    /// <param name="attributes">The attributes, as written.</param>
    /// <param name="networks">Names of the networks that have layers, or null where tracing failed.</param>
    public static void Run(
        IReadOnlyList<AttributeData> attributes, IReadOnlyCollection<string>? networks, TraceLog log, CancellationToken cancellation)
    {
        var taken = new List<string?>();
        foreach (var attribute in attributes)
        {
            var values = Read(attribute);
            void Report(string? argument, string message) =>
                log.Report(Descriptors.InvalidInit, AttributeReader.Place(attribute, argument, cancellation), message);

            foreach (var (argument, message) in OptionChecks.Choices(attribute)) Report(argument, message);
            if (!ValueRange.NotNegative.Holds(values.Gain)) Report("Gain", ValueRange.NotNegative.Refusal("Gain", values.Gain));
            if (values.Bias == "Orthogonal")
                Report("Bias", "Bias is Orthogonal, which takes a shape with at least two axes, and a bias has one");
            if (taken.Contains(values.For))
                Report(values.For is null ? null : "For", values.For is { } network
                    ? $"Network '{network}' has its first values already"
                    : "The class has its first values already: narrow one of the two with For");
            else if (values.For is { } unknown && networks?.Contains(unknown) == false)
                Report("For", $"For is '{unknown}', but the networks with layers are {string.Join(", ", networks)}");
            taken.Add(values.For);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Attributes as plain data, and the places of their arguments.</summary>
static class AttributeReader
{
    /// <summary>Named arguments by name, so that their order in the source does not matter.</summary>
    public static AttributeValues Read(AttributeData attribute) => new(new EquatableArray<AttributeValue>(
        attribute.NamedArguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => Read(a.Key, a.Value)).OfType<AttributeValue>()));

    static AttributeValue? Read(string name, TypedConstant value) => value.Kind switch
    {
        TypedConstantKind.Array when value.IsNull => null,
        TypedConstantKind.Array => new(name, new EquatableArray<double>(value.Values.Select(Number).OfType<double>()), null),
        _ when value.Value is string text => new(name, [], text),
        _ => Number(value) is { } number ? new(name, new([number]), null) : null,
    };

    // An erroneous argument has no value and is reported by C#.
    static double? Number(TypedConstant value) => value.Kind switch
    {
        TypedConstantKind.Primitive or TypedConstantKind.Enum when value.Value is bool flag => flag ? 1 : 0,
        TypedConstantKind.Primitive
            or TypedConstantKind.Enum when value.Value is IConvertible and not string => Convert.ToDouble(value.Value,
                CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Attributes of optimisers, as written.</summary>
    public static IEnumerable<AttributeData> Optimizers(INamedTypeSymbol type) =>
        type.GetAttributes().Where(a => a.AttributeClass?.BaseType.IsZoo("OptimizerAttribute") == true);

    public static OptimizerTrace ReadOptimizer(AttributeData attribute)
    {
        var values = Read(attribute);
        var name = attribute.AttributeClass!.Name;
        return new(name.Substring(0, name.Length - "Attribute".Length), values.Text("For"), values.Text("Phase"), values);
    }

    /// <summary>The argument of that name, or the attribute's own name where it is not written.</summary>
    public static Location Place(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellation);
        var written = syntax.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == argument);
        return written?.GetLocation() ?? syntax.Name.GetLocation();
    }
}

using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A member of the zoo, as the tracer sees it. Knows nothing of Roslyn.</summary>
public abstract class Variant
{
    /// <summary>Attribute without its suffix, e.g. <c>Vae</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Networks in the order in which they are traced: a later one may take a shape from an earlier one.</summary>
    public abstract IReadOnlyList<NetworkSignature> Networks { get; }

    /// <summary>Shape of a network's parameter (x, z, …), given the networks traced so far.</summary>
    public abstract Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced);

    /// <summary>What is wrong with the class as a whole, once every network is traced.</summary>
    public abstract IEnumerable<VariantError> Check(ModelTrace trace);

    /// <summary>Every variant there is; a new one is added here.</summary>
    public static IReadOnlyList<Variant> All { get; } = [new Vae()];
}

/// <summary>A mistake in a declaration as a whole.</summary>
/// <param name="Kind">Which diagnostic.</param>
/// <param name="Target">Argument of the variant's attribute, or a network's name, that the squiggle goes under.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record VariantError(VariantErrorKind Kind, string Target, string Message);

/// <summary>Kinds of <see cref="VariantError"/>.</summary>
public enum VariantErrorKind
{
    /// <summary>An argument of the variant's attribute is out of range; the target is its name.</summary>
    InvalidOption,
    /// <summary>A network's result has the wrong shape; the target is the network.</summary>
    WrongOutputShape,
}

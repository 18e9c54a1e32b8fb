using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Where the user's partial class stands and how its other half must be declared.</summary>
/// <param name="Namespace">Dotted, empty for the global namespace.</param>
/// <param name="Containing">Types around it, outermost first.</param>
/// <param name="Name">Simple name, escaped with @ where it is a keyword.</param>
/// <param name="MetadataName">Full metadata name: hint names are made of it.</param>
/// <param name="Modifiers">Accessibility as written by the compiler's view of the class, e.g. <c>public</c> or <c>internal</c>.</param>
/// <param name="Assembly">Name of the assembly that declares it.</param>
public sealed record ModelIdentity(
    string Namespace, EquatableArray<ContainingType> Containing, string Name, string MetadataName, string Modifiers, string Assembly)
{
    /// <summary>
    /// Eight hexadecimal digits that tell names apart which differ in case, in <c>.</c>, <c>+</c> and <c>_</c>, or in their assembly.
    /// </summary>
    public string Hash => Hash128.Start.Add(MetadataName).Add(Assembly).ToString().Substring(0, 8);
}

/// <summary>A type around a model: <c>partial class Outer</c>.</summary>
/// <param name="Keyword">class, struct, record, record struct, interface.</param>
/// <param name="Name">Name with its type parameters, e.g. <c>Outer</c>.</param>
public sealed record ContainingType(string Keyword, string Name);

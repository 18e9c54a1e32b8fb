using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A member that the generator adds to a class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">
/// Types of a method's parameters, as <see cref="InheritedMember.Parameters"/>; null where it is no method.
/// </param>
/// <param name="Type">What it returns; null where it can override nothing, being static, private or a type.</param>
public readonly record struct GeneratedMember(string Name, string? Parameters = null, string? Type = null)
{
    /// <summary>As <see cref="InheritedMember.Overridable"/> has it.</summary>
    public string Declaration => Parameters is null ? $"{Type} {Name}" : $"{Type} {Name}({Parameters})";

    /// <summary>What a base would write to be overridden.</summary>
    public string? Asked => Type is null ? null : $"public virtual {Declaration}{(Parameters is null ? " { get; }" : "")}";

    /// <summary>Whether C# sees the two as members that cannot stand side by side.</summary>
    public bool Meets(InheritedMember other) =>
        Name == other.Name
        && (Parameters is null || other.Parameters is null || Parameters == other.Parameters)
        && (Type is null || other.Overridable != Declaration);
}

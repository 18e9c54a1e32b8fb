using System.Linq;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A member that the generator adds to a class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">
/// Types of a method's parameters, as <see cref="InheritedMember.Parameters"/>; null where it is no method.
/// </param>
/// <param name="Type">What it returns; null where it can override nothing, being static, private or a type.</param>
/// <param name="Accessors">Of a property: <see cref="Read"/> or <see cref="ReadAndWritten"/>.</param>
public readonly record struct GeneratedMember(
    string Name, string? Parameters = null, string? Type = null, string Accessors = GeneratedMember.Read)
{
    public const string Read = "{ get; }", ReadAndWritten = "{ get; set; }";

    /// <summary>Whether C# makes accessors of it.</summary>
    public bool IsProperty => Parameters is null && (Type is not null || Name is "Card" or "ZooNetworks");

    /// <summary>The types without what they say of null.</summary>
    string? Signature => Parameters?.Replace("?", "");

    /// <summary>As <see cref="InheritedMember.Overridable"/> has it.</summary>
    string Declaration => Declared(Parameters);

    string Declared(string? parameters) => parameters is null ? $"{Type} {Name} {Accessors}" : $"{Type} {Name}({parameters})";

    /// <summary>What a base would write to be overridden.</summary>
    public string? Asked => Type is null ? null : $"public virtual {Declaration}";

    /// <summary>Whether it can override a base's member: it may take null where that does not.</summary>
    public bool Fits(InheritedMember other) =>
        Type is not null && (other.Overridable == Declaration || other.Overridable == Declared(Signature));

    /// <summary>Whether it implements a member of an interface, and promises less than that asks for.</summary>
    public bool Breaks(AskedMember asked)
    {
        if (Name != asked.Name || Signature is null || Signature != asked.Parameters) return false;
        return asked.NeverReturns || asked.TakesNull.Split(',').Zip(Parameters!.Split(','), (theirs, own) =>
            theirs.Contains("?") && !own.Contains("?")).Any(isLess => isLess);
    }

    /// <summary>Whether C# sees the two as members that cannot stand side by side.</summary>
    public bool Meets(InheritedMember other) =>
        Name == other.Name
        && (Parameters is null || other.Parameters is null || Signature == other.Parameters)
        && !Fits(other);
}

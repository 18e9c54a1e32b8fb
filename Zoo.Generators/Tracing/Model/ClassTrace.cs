using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>What the generated half of a class must heed in the class's base and in the user's own half.</summary>
/// <param name="Inherited">What the class can see of its bases' members, the nearest of each signature.</param>
/// <param name="Disposal">How the model's memory is freed beside what the base frees.</param>
/// <param name="SetsRequiredMembers">Whether the base's constructor says that it sets what is required.</param>
/// <param name="SilencedInConstructor">Warnings that the generated constructor would get for what is not its doing.</param>
/// <param name="HidesNameof">Whether <c>nameof</c> is something to call here, a method or a delegate, and not C#'s own.</param>
public sealed record ClassTrace(
    EquatableArray<InheritedMember> Inherited, DisposalTrace Disposal, bool SetsRequiredMembers,
    EquatableArray<string> SilencedInConstructor, bool HidesNameof)
{
    /// <summary>A class with no base and no members of its own that matter.</summary>
    public static ClassTrace Plain { get; } = new([], DisposalTrace.Own, false, [], false);

    /// <summary>Whether a generated member takes the place of one that the base asks for or offers.</summary>
    /// <param name="member">The generated one.</param>
    public bool Overrides(GeneratedMember member) => Inherited.Any(m => member.Name == m.Name && member.Fits(m));
}

/// <summary>A member of a base class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">
/// Types of a method's parameters, as <c>System.ReadOnlySpan&lt;float&gt;, int</c>; null where it is no method.
/// </param>
/// <param name="Shown">Class and name for a message.</param>
/// <param name="Overridable">
/// The declaration that overrides it, as <c>void Save(string)</c> or <c>long Steps { get; }</c>; null where none can.
/// </param>
public readonly record struct InheritedMember(string Name, string? Parameters, string Shown, string? Overridable);

/// <summary>How a class frees the model's memory beside what its base frees.</summary>
/// <param name="Plain">Modifiers of <c>Dispose()</c>; null where the base's is enough, because it calls <c>Dispose(bool)</c>.</param>
/// <param name="CallsPlain">Whether the base's <c>Dispose()</c> is called.</param>
/// <param name="Pattern">Modifiers of <c>Dispose(bool)</c>; null where the base has none to override.</param>
/// <param name="CallsPattern">Whether the base's <c>Dispose(bool)</c> is called.</param>
public readonly record struct DisposalTrace(string? Plain, bool CallsPlain = false, string? Pattern = null, bool CallsPattern = false)
{
    /// <summary>The base has nothing to dispose, and nobody derives from the class.</summary>
    public static DisposalTrace Own => new("public");

    /// <summary>The base has nothing to dispose: the pattern begins here, for classes that derive from this one.</summary>
    public static DisposalTrace OwnPattern => new("public", Pattern: "protected virtual");

    /// <summary>Whether both methods are new, and so meet what the base has of their name.</summary>
    public bool IsNew => this == Own || this == OwnPattern;
}

using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>A member that the user has written, or the class itself.</summary>
/// <param name="Name">Its name; <c>.ctor</c> for a constructor that has the generated one's parameters.</param>
/// <param name="Place">Where it stands.</param>
public readonly record struct UserMember(string Name, SourceSpan Place);

/// <summary>
/// Members of the user that a generated one would meet. What is generated is known only when the variant has written its surface.
/// </summary>
static class MemberClashes
{
    public static EquatableArray<UserMember> Members(INamedTypeSymbol type) => new(type.GetMembers()
        // Each half of a partial member has its own symbol, and the type lists one.
        .Where(m => !m.IsImplicitlyDeclared && CanMeet(m))
        .Select(m => new UserMember(SimpleName(m), SourceSpan.Of(m.Locations[0])))
        .Append(new UserMember(type.Name, SourceSpan.Of(type.Locations[0]))));

    /// <summary>An explicit implementation's name has its interface in front.</summary>
    static string SimpleName(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? member.Name : member.Name.Split('.').Last();

    /// <summary>One diagnostic for each member with a name that is taken, and one for all that is inherited.</summary>
    public static IEnumerable<DiagnosticInfo> Find(TraceResult trace, Surface surface)
    {
        var generated = surface.Generated().ToList();
        // Whichever Dispose there is beside the base's, and what C# makes of a property.
        var taken = new HashSet<string>(generated.Select(g => g.Name)) { "Dispose" };
        foreach (var property in generated.Where(g => g.IsProperty)) taken.UnionWith([$"get_{property.Name}", $"set_{property.Name}"]);
        var name = surface.Identity.Name.TrimStart('@');
        foreach (var member in trace.Members.Where(m => m.Name == ".ctor" || taken.Contains(m.Name)))
        {
            var shown = member.Name == ".ctor" ? $"{name}(ulong, Device?)" : member.Name;
            yield return new(Descriptors.MemberClash.Id, member.Place, new([shown, name]));
        }
        foreach (var asked in trace.Asked)
            if (generated.Where(g => g.Breaks(asked)).Select(g => g.Name).FirstOrDefault() is { } breaks)
                yield return new(Descriptors.InterfaceClash.Id, asked.Place, new([breaks, asked.Declared, name]));
        string[] inherited =
        [
            .. surface.Class.Inherited
                .Select(m => (Member: m, Met: generated.Where(g => g.Meets(m)).Select(g => (GeneratedMember?)g).FirstOrDefault()))
                .Where(pair => pair.Met is not null).Select(pair => $"'{pair.Member.Shown}' ({Remedy(pair.Member, pair.Met!.Value)})"),
        ];
        if (inherited.Length > 0) yield return new(Descriptors.InheritedClash.Id, trace.Base, new([name, string.Join(", ", inherited)]));
    }

    static string Remedy(InheritedMember member, GeneratedMember generated) => generated.Asked switch
    {
        null => "rename it",
        // What implements an interface cannot have another name.
        var asked when member.Shown.EndsWith(".IDisposable.Dispose()", StringComparison.Ordinal) => $"write '{asked}'",
        var asked => $"rename it, or write '{asked}'",
    };

    static bool CanMeet(ISymbol member) => member switch
    {
        IMethodSymbol { AssociatedSymbol: not null } => false,
        IMethodSymbol { ExplicitInterfaceImplementations: [_, ..] explicitly } => explicitly.Any(IsOfModels),
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => true,
        IMethodSymbol method => IsGeneratedConstructor(method),
        IPropertySymbol { ExplicitInterfaceImplementations: [_, ..] explicitly } => explicitly.Any(IsOfModels),
        IEventSymbol { ExplicitInterfaceImplementations: [_, ..] } => false,
        _ => true,
    };

    /// <summary>Whether a generated member implements it.</summary>
    static bool IsOfModels(ISymbol member) =>
        BaseMembers.IsDispose(member) || (member.ContainingType.Name == "IGenerativeModel" && member.ContainingType.IsZoo());

    public static bool IsGeneratedConstructor(IMethodSymbol member) => member is
    {
        MethodKind: MethodKind.Constructor,
        Parameters: [{ Type.SpecialType: SpecialType.System_UInt64, RefKind: RefKind.None }, { Type: var device, RefKind: RefKind.None }],
    } && device.IsZoo("Device");
}

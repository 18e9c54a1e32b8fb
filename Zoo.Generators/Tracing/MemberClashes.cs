using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Tracing;

/// <summary>A member that the user has written.</summary>
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
        .Where(m => !m.IsImplicitlyDeclared && (m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary } || IsGeneratedConstructor(m)))
        .Select(m => new UserMember(m.Name, SourceSpan.Of(m.Locations[0]))));

    /// <summary>One diagnostic for each member with a name that is taken.</summary>
    public static IEnumerable<DiagnosticInfo> Find(TraceResult trace, Surface surface)
    {
        var taken = new HashSet<string>(surface.MemberNames());
        var name = surface.Identity.Name.TrimStart('@');
        foreach (var member in trace.Members)
            if (member.Name == ".ctor" || taken.Contains(member.Name))
                yield return new(Descriptors.MemberClash.Id, member.Place, new([member.Name == ".ctor" ? $"{name}(ulong, Device?)" : member.Name, name]));
    }

    static bool IsGeneratedConstructor(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [{ Type.SpecialType: SpecialType.System_UInt64 }, { Type: var device }] } && device.IsZoo("Device");
}

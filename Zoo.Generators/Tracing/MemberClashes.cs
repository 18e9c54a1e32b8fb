using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Zoo.Generators.Diagnostics;

namespace Zoo.Generators.Tracing;

/// <summary>Members of the user that a generated one would meet.</summary>
static class MemberClashes
{
    static readonly HashSet<string> Generated =
    [
        "BatchSize", "Card", "Decode", "Dispose", "Draws", "Encode", "Evaluate", "Gradients", "Hyperparameters", "Load", "LogLikelihood", "LossNames",
        "Losses", "Parameters", "Reconstruct", "Sample", "Save", "Step", "Steps", "Train", "Update", "ZooLosses", "ZooNetworks", "zooEngine", "zooLossNames",
    ];

    public static void Run(INamedTypeSymbol type, TraceLog log)
    {
        foreach (var member in type.GetMembers())
        {
            // Each half of a partial member has its own symbol, and the type lists one.
            if (member.IsImplicitlyDeclared || !(Generated.Contains(member.Name) || IsGeneratedConstructor(member))) continue;
            log.Report(Descriptors.MemberClash, member.Locations[0], member.Name == ".ctor" ? $"{type.Name}(ulong, Device?)" : member.Name, type.Name);
        }
    }

    static bool IsGeneratedConstructor(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [{ Type.SpecialType: SpecialType.System_UInt64 }, { Type: var device }] } && device.IsZoo("Device");
}

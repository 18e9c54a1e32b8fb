using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Emission;

/// <summary>Names that the emitted files of one model share.</summary>
static class EngineNames
{
    /// <summary>Namespace of everything emitted that is not the user's class.</summary>
    public const string Namespace = "Zoo.Generated";

    /// <summary>The engine class: one identifier made of the full name.</summary>
    public static string Cpu(ModelIdentity identity) => Mangled(identity) + "Cpu";

    /// <summary>The engine class for accelerators.</summary>
    public static string Gpu(ModelIdentity identity) => Mangled(identity) + "Gpu";

    public static string GlobalGpu(ModelIdentity identity) => $"global::{Namespace}.{Gpu(identity)}";

    public static string Global(ModelIdentity identity) => $"global::{Namespace}.{Cpu(identity)}";

    /// <summary>Constant with a program's ordinal.</summary>
    public static string Program(string program) => program + "Program";

    /// <summary>Constant with the place of a result, whatever its kind.</summary>
    public static string Result(string program, string name) => program + Naming.PascalCase(name.Substring(name.IndexOf('.') + 1)) + "Result";

    /// <summary>
    /// Names that read alike, and classes of one name in assemblies that see each other's internals, are told apart by a hash of all that
    /// tells classes apart.
    /// </summary>
    static string Mangled(ModelIdentity identity) =>
        $"{string.Concat(identity.MetadataName.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}_{identity.Hash}_";
}

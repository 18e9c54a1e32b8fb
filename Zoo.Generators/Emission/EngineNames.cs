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

    /// <summary>
    /// Constant with a program's ordinal. Names that users choose stand in a class of their own, so that none meets another kind of name.
    /// </summary>
    public static string Program(string program) => $"Programs.{program}";

    /// <summary>Constant with the place of a program's result.</summary>
    public static string Result(string program, string result) => $"ResultPlaces.{program}.{Constant(program, result)}";

    /// <summary>Two results that differ in letters' case alone are two: what is written otherwise than usual stays as it is.</summary>
    public static string Constant(string program, string result)
    {
        var pascal = Naming.PascalCase(result);
        var isUsual = result == pascal || result == string.Join(".", result.Split('.').Select(Naming.SnakeCase));
        var name = isUsual ? pascal : Keyword.Escape(result.Replace('.', '_'));
        return name == program ? name + "_" : name;
    }

    /// <summary>
    /// Names that read alike, and classes of one name in assemblies that see each other's internals, are told apart by a hash of all that
    /// tells classes apart.
    /// </summary>
    static string Mangled(ModelIdentity identity) =>
        $"{string.Concat(identity.MetadataName.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}_{identity.Hash}_";
}

using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Plans;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

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

    /// <summary>Constant with the place of a program's output, which is named in snake case.</summary>
    public static string Output(string program, string output) => $"ResultPlaces.{program}.{Constant(program, ResultKind.Output, output)}";

    /// <summary>Constant with the place of a loss of a batch or of each row.</summary>
    public static string Loss(string program, string loss) => $"ResultPlaces.{program}.{Constant(program, ResultKind.Loss, loss)}";

    /// <summary>Losses are called what users call them: two that differ in the case of letters are two.</summary>
    public static string Constant(string program, ResultKind kind, string result)
    {
        var name = kind == ResultKind.Output ? Naming.PascalCase(result) : Keyword.Escape(result);
        return name == program ? name + "_" : name;
    }

    /// <summary>
    /// Names that read alike, and classes of one name in assemblies that see each other's internals, are told apart by a hash of all that
    /// tells classes apart.
    /// </summary>
    static string Mangled(ModelIdentity identity) =>
        $"{string.Concat(identity.MetadataName.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}_{identity.Hash}_";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoo.Benchmarks.Generation;

/// <summary>A model's declaration as Roslyn hands it to the compiler.</summary>
static class ModelSource
{
    /// <param name="source">The declaration.</param>
    /// <param name="hasGpu">Whether the project references ILGPU, and so has the half for accelerators too.</param>
    public static CSharpCompilation Compile(string source, bool hasGpu = false) => CSharpCompilation.Create(
        "Measured", [Parse(source)], hasGpu ? References.Append(Gpu) : References,
        new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What tracing is given of a class with <c>[Vae]</c>.</summary>
    public static (INamedTypeSymbol Type, AttributeData Attribute, SemanticModel Semantics) Declaration(string source, string name)
    {
        var compilation = Compile(source);
        var type = compilation.GetTypeByMetadataName(name)!;
        return (type, type.GetAttributes().Single(a => a.AttributeClass?.Name == "VaeAttribute"),
            compilation.GetSemanticModel(compilation.SyntaxTrees[0]));
    }

    public static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest), "Model.cs");

    // Read once, as a compiler that stays warm shares them: metadata read anew for every compilation is unmanaged memory whose release
    // makes the collector run over the whole heap, in the middle of what is measured.
    static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path)
                is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Collections.dll" or "System.Memory.dll"
                    or "netstandard.dll"
                or "System.Collections.Immutable.dll" or "System.Linq.dll")
            .Append(typeof(Device).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    static readonly MetadataReference Gpu = MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location);
}

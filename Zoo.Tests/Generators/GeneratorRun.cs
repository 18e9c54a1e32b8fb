using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Zoo.Generators;
using Zoo.Generators.Infrastructure;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Generators;

/// <summary>The generator over some sources, as a compiler runs it, under the strictest settings a user's project can have.</summary>
sealed class GeneratorRun
{
    static readonly ImmutableArray<MetadataReference> References = [.. Platform().Append(typeof(Device).Assembly.Location)
        .Select(path => MetadataReference.CreateFromFile(path))];
    static readonly ImmutableArray<MetadataReference> WithIlgpu =
        References.Add(MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location));

    // No implicit usings, documentation wanted, warnings for missing documentation (CS1591).
    static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest)
        .WithDocumentationMode(DocumentationMode.Diagnose);
    static readonly CSharpParseOptions WithoutNulls = Parsing.WithFeatures([new("run-nullable-analysis", "never")]);

    readonly GeneratorDriver driver;

    GeneratorRun(GeneratorDriver driver, Compilation input)
    {
        Input = input;
        this.driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        (Output, Diagnostics) = (output, diagnostics);
        Result = this.driver.GetRunResult().Results.Single();
    }

    public Compilation Input { get; }

    /// <summary>With the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>The generator's own.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorRunResult Result { get; }

    public IEnumerable<(string Name, string Text)> Files => Result.GeneratedSources.Select(s => (s.HintName, s.SourceText.ToString()));

    public static GeneratorRun Of(params string[] sources) => Of(Compile(sources));

    /// <param name="input">What is compiled.</param>
    /// <param name="plantedFault">A stage that is to fail.</param>
    /// <param name="variants">Members of the zoo that the generator knows; null for all there are.</param>
    public static GeneratorRun Of(Compilation input, string? plantedFault = null, IReadOnlyList<Variant>? variants = null) => new(
        CSharpGeneratorDriver.Create(
            [(variants is null ? new ZooGenerator() : new ZooGenerator(variants)).AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)input.SyntaxTrees.First().Options,
            optionsProvider: new Options(plantedFault),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)),
        input);

    /// <summary>The next run of the same driver, after an edit.</summary>
    public GeneratorRun Then(Compilation edited) => new(driver, edited);

    /// <summary>A compilation of files Model0.cs, Model1.cs, … that asks for both halves of its models.</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(sources, hasIlgpu: true);

    /// <param name="sources">One file each.</param>
    /// <param name="hasIlgpu">Whether models are to have their GPU half.</param>
    /// <param name="analysesNulls">
    /// Whether the compiler follows what may be null: a quarter of its time on a program. The models of the zoo and the projects of
    /// <see cref="SettingsTests"/> have it; where programs are compiled to be run, none of it is read.
    /// </param>
    public static CSharpCompilation Compile(IEnumerable<string> sources, bool hasIlgpu, bool analysesNulls = true) =>
        CSharpCompilation.Create("Declared",
        sources.Select((text, i) => Parse(text, $"Model{i}.cs", analysesNulls ? Parsing : WithoutNulls)),
        hasIlgpu ? WithIlgpu : References,
        new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, checkOverflow: true));

    public static SyntaxTree Parse(string text, string path) => Parse(text, path, Parsing);

    static SyntaxTree Parse(string text, string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), options, path);

    /// <summary>What tracing gave for the one model.</summary>
    public ModelTrace? Trace =>
        Result.TrackedSteps.TryGetValue(TrackingNames.Trace, out var steps)
            ? (ModelTrace?)steps.Single().Outputs.SingleOrDefault().Value
            : null;

    /// <summary>What tracing gave for each model.</summary>
    public IEnumerable<ModelTrace> Traces =>
        Result.TrackedSteps.TryGetValue(TrackingNames.Trace, out var steps)
            ? steps.SelectMany(s => s.Outputs).Select(o => (ModelTrace)o.Value)
            : [];

    /// <summary>What happened at each tracked step of the generator.</summary>
    public IEnumerable<(string Step, IncrementalStepRunReason Reason)> Reasons =>
        Result.TrackedSteps.OrderBy(s => s.Key, StringComparer.Ordinal)
            .SelectMany(s => s.Value.SelectMany(run => run.Outputs.Select(output => (s.Key, output.Reason))));

    /// <summary>Diagnostics as <c>ZOO0001 @ text under the squiggle: message</c>.</summary>
    public IReadOnlyList<string> Reported =>
        [.. Diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)
            .Select(d => $"{d.Id} @ {Under(d)}: {d.GetMessage()}")];

    public static string Under(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "";

    /// <summary>Assemblies of the running framework: what a plain class library references.</summary>
    static IEnumerable<string> Platform()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == folder);
    }

    sealed class Options(string? plantedFault) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(plantedFault);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    sealed class Values(string? plantedFault) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "zoo_internal_planted_fault" ? plantedFault : null;
            return value is not null;
        }
    }
}

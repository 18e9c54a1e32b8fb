using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Zoo.Generators.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>
/// What the README says of other projects: whatever their settings are, what is emitted has no error and no warning. Each row is one
/// project; among them every pair of settings is met.
/// </summary>
public sealed class SettingsTests
{
    /// <summary>One of each kind, as a stranger would write them who knows an older C#.</summary>
    internal const string Models = """
        using Zoo;

        namespace Strange;

        /// <summary>A model.</summary>
        [Vae(Input = new[] { 8 }, Batch = 4)]
        public partial class Encoding
        {
            static Gaussian Encoder(Tensor x) { return new Gaussian(x.Dense(3), x.Dense(3)); }
            static Bernoulli Decoder(Tensor z) { return new Bernoulli(z.Dense(8)); }
        }

        /// <summary>A model.</summary>
        [Gan(Input = new[] { 2 }, Latent = new[] { 3 }, Batch = 4, InstanceNoise = 0.5f)]
        public partial class Playing
        {
            static Tensor Generator(Tensor z) { return z.Dense(2); }
            static Tensor Discriminator(Tensor x) { return x.Dense(1); }
        }

        /// <summary>A model.</summary>
        [WassersteinGan(Input = new[] { 2 }, Latent = new[] { 3 }, Batch = 4, Penalty = 1f)]
        [Sgd(Momentum = 0.5f, ClipNorm = 1f)]
        public partial class Transporting
        {
            static Tensor Generator(Tensor z) { return z.Dense(2); }
            static Tensor Critic(Tensor x) { return x.Dense(4).Tanh().Dense(1); }
        }

        /// <summary>A model.</summary>
        [Model(Input = new[] { 2 }, Batch = 4, Classes = 3)]
        public partial class Classifying
        {
            [Network] static Tensor Logits(Tensor x) { return x.Dense(3); }
            [Phase] static (Tensor Error, Tensor Size) Loss(Tensor x, Tensor y)
            { return ((Logits(x) - y).Square().Sum(), 0.1f * Logits(x).Square().Sum()); }
        }

        /// <summary>A model.</summary>
        [RestrictedBoltzmannMachine(Input = new[] { 8 }, Hidden = 3, Batch = 4, GibbsSteps = 2, Persistent = true, Centered = true)]
        public partial class Believing
        {
        }
        """;

    const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    static readonly LanguageVersion[] Versions = [LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.CSharp14,
        LanguageVersion.Preview];

    /// <summary>An orthogonal array: each two columns have all their pairs.</summary>
    public static TheoryData<string, bool, bool, bool, bool> Projects
    {
        get
        {
            var rows = new TheoryData<string, bool, bool, bool, bool>();
            for (var i = 0; i < Versions.Length; i++)
            {
                var (low, high) = ((i & 1) != 0, (i & 2) != 0);
                foreach (var x in (bool[])[false, true]) rows.Add(Versions[i].ToDisplayString(), x, x ^ low, x ^ high, x ^ low ^ high);
            }
            return rows;
        }
    }

    [Theory, Trait("Speed", "Slow")]
    [MemberData(nameof(Projects))]
    public void AProjectHasNoWarningOfOurs(string version, bool nullable, bool isChecked, bool isCompliant, bool implicitUsings)
    {
        var run = Build(version, nullable, isChecked, isCompliant, implicitUsings);
        Assert.Empty(run.Reported);
        Assert.Equal(15, run.Files.Count());
        var reported = run.Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).ToList();
        // That a claim of compliance does not go with arrays in attributes is said of the declaration, which has one.
        Assert.All(reported,
            d => Assert.True(d.Id == "CS3016" && isCompliant && d.Location.SourceTree?.FilePath == "Models.cs", d.ToString()));
    }

    /// <summary>
    /// And that is taken back by a suppressor, which travels with the generator: of our attributes, and of nobody else's.
    /// </summary>
    [Fact]
    public async Task ArraysInOurAttributesAreCompliantEnough()
    {
        var run = Build("14.0", nullable: true, isChecked: false, isCompliant: true, implicitUsings: false, more: """
            /// <summary>An attribute of the project's own.</summary>
            public sealed class SizesAttribute : System.Attribute
            {
                /// <summary>Some numbers.</summary>
                public int[] Sizes { get; set; } = [];
            }

            /// <summary>A class with it.</summary>
            [Sizes(Sizes = [3])]
            public class Own;
            """);
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false,
            logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var said = (await run.Output.WithAnalyzers([new ArrayArgumentSuppressor()], options).GetAllDiagnosticsAsync())
            .Where(d => d.Id == "CS3016").ToList();
        Assert.Equal(["Models.cs"], said.Where(d => d.IsSuppressed).Select(d => d.Location.SourceTree!.FilePath).Distinct());
        Assert.Equal(5, said.Count(d => d.IsSuppressed));
        Assert.Equal("Sizes(Sizes = [3])", GeneratorRun.Under(Assert.Single(said, d => !d.IsSuppressed)));
    }

    /// <summary>Without a device is without a device, whichever overloads with options there are.</summary>
    [Theory]
    [InlineData("12.0")]
    [InlineData("13.0")]
    [InlineData("14.0")]
    public void LoadingWithNullIsLoadingWithoutADevice(string version)
    {
        var run = Build(version, nullable: true, isChecked: false, isCompliant: false, implicitUsings: false, more: """
            static class Use
            {
                public static object Null() => Strange.Encoding.Load("", null);
                public static object Named() => Strange.Encoding.Load("", device: null);
                public static object Options() => Strange.Encoding.Load("", new Zoo.CheckpointOptions());
                public static object Report() => Strange.Encoding.Load("", new Zoo.CheckpointOptions(), out _, null);
                public static object Device() => Strange.Encoding.Load("", Zoo.Device.Cpu);
            }
            """);
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        var tree = run.Output.SyntaxTrees.Single(t => t.FilePath == "More.cs");
        var call = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        var called = (IMethodSymbol)run.Output.GetSemanticModel(tree).GetSymbolInfo(call).Symbol!;
        Assert.Equal("Device", called.Parameters[1].Type.Name);
    }

    [Fact]
    public void EveryPairOfSettingsIsThere()
    {
        var rows = Projects.Select(row => row.Select(value => value.ToString()!).ToArray()).ToList();
        Assert.Equal(8, rows.Count);
        for (var a = 0; a < 5; a++)
            for (var b = a + 1; b < 5; b++)
                Assert.Equal(rows.Select(r => r[a]).Distinct().Count() * 2, rows.Select(r => (r[a], r[b])).Distinct().Count());
    }

    /// <summary>Before version 12 one diagnostic for each model says which is needed, and nothing is emitted.</summary>
    [Theory]
    [InlineData("7.3")]
    [InlineData("8.0")]
    [InlineData("9.0")]
    [InlineData("10.0")]
    [InlineData("11.0")]
    public void AnOldLanguageIsSaidOnce(string version)
    {
        var run = Build(version, nullable: false, isChecked: false, isCompliant: false, implicitUsings: false);
        Assert.Equal(
            ((string[])["Encoding", "Playing", "Transporting", "Classifying", "Believing"]).Select(name =>
                $"ZOO0401 @ {name}: '{name}' needs C# 12 or later, but this project is compiled as C# {version}: write "
                    + "<LangVersion>12</LangVersion>, or leave the version out"),
            run.Reported);
        Assert.Empty(run.Files);
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS8773")
            .Select(d => d.ToString()));
    }

    /// <summary>Mistakes wait for a language that can read them.</summary>
    [Fact]
    public void NothingElseIsSaidInAnOldLanguage()
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp11);
        const string Source = "using Zoo; [Vae(Input = [8], Batch = 0)] partial class M { public M() { } static Gaussian Encoder(Tensor "
            + "x) => new(x.Reshape(9), x); }";
        var run = GeneratorRun.Of(Compilation([CSharpSyntaxTree.ParseText(SourceText.From(Source), options, "M.cs")],
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary)));
        Assert.StartsWith("ZOO0401 @ M", Assert.Single(run.Reported));
        Assert.Empty(run.Files);
    }

    internal static GeneratorRun Build(
        string version, bool nullable, bool isChecked, bool isCompliant, bool implicitUsings, string assembly = "Declared",
        string more = "")
    {
        Assert.True(LanguageVersionFacts.TryParse(version, out var language));
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(language).WithDocumentationMode(DocumentationMode.Diagnose);
        SyntaxTree Parse(string text, string path) =>
            CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), parsing, path);

        List<SyntaxTree> trees = [Parse(language < LanguageVersion.CSharp10
            ? Models.Replace("namespace Strange;", "namespace Strange {") + "}"
            : Models, "Models.cs")];
        if (more.Length > 0) trees.Add(Parse(more, "More.cs"));
        if (implicitUsings) trees.Add(Parse(ImplicitUsings, "Usings.cs"));
        if (isCompliant) trees.Add(Parse("[assembly: System.CLSCompliant(true)]", "Assembly.cs"));
        return GeneratorRun.Of(Compilation(trees, new CSharpCompilationOptions(
            Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, checkOverflow: isChecked,
            nullableContextOptions: nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable)).WithAssemblyName(assembly));
    }

    static CSharpCompilation Compilation(IEnumerable<SyntaxTree> trees, CSharpCompilationOptions options) =>
        GeneratorRun.Compile([], hasIlgpu: true).AddSyntaxTrees(trees).WithOptions(options);
}

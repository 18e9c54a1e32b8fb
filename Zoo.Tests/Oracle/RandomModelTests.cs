using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Zoo.Tests.Oracle;

/// <summary>The sources are valid, and differ.</summary>
public class RandomModelTests
{
    static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(Tensor).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Fact]
    public void SourcesCompileWithoutADiagnostic()
    {
        var trees = Enumerable.Range(0, 500)
            .Select(seed => CSharpSyntaxTree.ParseText(RandomModels.Source(seed).Source, path: $"{seed}.cs"));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("RandomModels", trees, References, options);
        Assert.Equal([],
            compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(10)
                .Select(d => $"{d}: {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}"));
        Assert.All(Enumerable.Range(0, 500),
            seed => Assert.NotNull(compilation.GetTypeByMetadataName(RandomModels.Source(seed).ClassName)));
    }

    [Fact]
    public void TheSameSeedGivesTheSameSource() => Assert.Equal(RandomModels.Source(7).Source, RandomModels.Source(7).Source);

    /// <summary>What the surface offers to a VAE, and each form of the language, occurs somewhere.</summary>
    [Fact]
    public void EveryOperationOccurs()
    {
        var all = string.Concat(Enumerable.Range(0, 500).Select(seed => RandomModels.Source(seed).Source));
        string[] forms = ["for (", "if (", "else", "? ", "var (", "(Tensor Value, Tensor Gate)", "[Network]", "Gaussian.Standard", "new(",
            "const int", "static Gaussian Prior", "Samples", "FreeBits", "WarmUpSteps", "Nesterov", "ClipNorm"];
        Assert.All(Operations.Select(o => $"{o}(").Concat(forms), text => Assert.Contains(text, all));
    }

    /// <summary>
    /// The same behind the codes of those whose bound has several samples, and so several rows an example in every layer: among what is
    /// compared with the bound in plain code. Dropout, whose draws that code does not have, and BatchNorm, which needs the batch, are
    /// compared on the engines.
    /// </summary>
    [Fact]
    public void EveryOperationOccursBehindSeveralSamples()
    {
        var random = Enumerable.Range(0, 250).Select(i => RandomModels.Source(2 * i)).Where(m => m.Samples > 1 && !m.DiffersInTraining)
            .Select(m => m.Source[m.Source.IndexOf(" Decoder(", StringComparison.Ordinal)..]);
        var weighted = string.Concat(random.Concat(Variants.VaeProgramTests.Decoders));
        Assert.All(Operations.Except(["Dropout", "BatchNorm"]), operation => Assert.Contains($"{operation}(", weighted));
    }

    static IEnumerable<string> Operations { get; } = typeof(Tensor)
        .GetMethods(BindingFlags.Public | BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static)
        .Where(m => !m.IsSpecialName).Select(m => m.Name).Distinct().Except(["BatchMean", "BatchVariance"]);
}

using System.Text.RegularExpressions;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Snapshots;

/// <summary>The emitted files of FashionVae and of models with phases, and what a reader of them is promised.</summary>
public sealed partial class EmittedFiles
{
    static readonly GeneratorRun Run = GeneratorRun.Of(Declarations.FashionVae);

    [Theory]
    [InlineData("Cpu")]
    [InlineData("Gpu")]
    [InlineData("Surface")]
    public void FashionVae(string part) => Verifier.Verify(File(part), "cs", part);

    /// <summary>
    /// Classes of Zoo.Models with two phases, with a penalty, with losses of their own, with labels and with a condition.
    /// </summary>
    [Theory]
    [InlineData("RingGan", "Cpu")]
    [InlineData("RingGan", "Surface")]
    [InlineData("GridWgan", "Cpu")]
    [InlineData("GridWgan", "Gpu")]
    [InlineData("GridWgan", "Surface")]
    [InlineData("OwnCritic", "Surface")]
    [InlineData("MixtureAli", "Cpu")]
    [InlineData("MixtureAli", "Surface")]
    [InlineData("FashionEbgan", "Cpu")]
    [InlineData("FashionEbgan", "Surface")]
    [InlineData("FourPointsAvb", "Cpu")]
    [InlineData("FourPointsAvb", "Surface")]
    [InlineData("DigitsRbm", "Cpu")]
    [InlineData("DigitsRbm", "Surface")]
    [InlineData("FashionConditionalVae", "Cpu")]
    [InlineData("FashionConditionalVae", "Gpu")]
    [InlineData("FashionConditionalVae", "Surface")]
    [InlineData("FashionQuadrantVae", "Surface")]
    [InlineData("FashionMixtureAae", "Cpu")]
    [InlineData("FashionMixtureAae", "Surface")]
    [InlineData("FashionSemiSupervisedAae", "Surface")]
    public void Declared(string model, string part)
    {
        using var source = new StreamReader(typeof(EmittedFiles).Assembly.GetManifestResourceStream($"Models/{model}.cs")!);
        var run = GeneratorRun.Of(source.ReadToEnd());
        Assert.Empty(run.Reported);
        Verifier.Verify(run.Files.Single(f => f.Name.EndsWith($".{part}.g.cs", StringComparison.Ordinal)).Text, "cs", $"{model}_{part}");
    }

    [Fact]
    public void TheyAreShortEnoughToRead() => Assert.InRange(Run.Files.Sum(f => f.Text.Count(c => c == '\n')), 500, 3000);

    [Theory]
    [InlineData("Cpu")]
    [InlineData("Gpu")]
    public void EveryKernelHasItsSentence(string part)
    {
        var lines = File(part).Split('\n').Select(l => l.Trim()).ToArray();
        var kernels = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!KernelCall().IsMatch(lines[i])) continue;
            kernels++;
            Assert.True(lines[i - 1].StartsWith("// ", StringComparison.Ordinal), $"no sentence above line {i + 1}: {lines[i]}");
            var first = i - 1;
            while (lines[first - 1].StartsWith("// ", StringComparison.Ordinal)) first--;
            var sentence = string.Join(' ', lines[first..i]);
            Assert.Contains("=", sentence.Replace('~', '='));
            if (lines[i].StartsWith("Product", StringComparison.Ordinal))
                Assert.Matches(@"\[\S+×\S+\]·\[\S+×\S+\], [\d.]+ .*FLOP", sentence);
        }
        Assert.InRange(kernels, 50, 100);
    }

    /// <summary>What a step costs beside arithmetic: counted, so that a pass that undoes fusion shows.</summary>
    [Fact]
    public void AStepIsCounted()
    {
        var plan = Pipeline.Plan(Run.Trace!, Target.Cpu);
        var gradients = plan.Program("Gradients");
        var train = plan.Program("TrainingGradients");
        Assert.Equal((22, 8, 11), (gradients.Kernels.Count, gradients.Kernels.Max(k => k.Level),
            gradients.Kernels.OfType<ProductKernel>().Count()));
        Assert.Equal((18, 8, 11), (train.Kernels.Count, train.Kernels.Max(k => k.Level), train.Kernels.OfType<ProductKernel>().Count()));
        Assert.Equal(419_840_000, train.Kernels.OfType<ProductKernel>().Sum(k => 2 * k.M.For(128) * k.N * k.K.For(128)));
        Assert.Equal(652_832, plan.SectionFloats);
        Assert.InRange(plan.ActivationFloats * 4L, 1_000_000, 1_700_000);
    }

    static string File(string part) => Run.Files.Single(f => f.Name.EndsWith($".{part}.g.cs", StringComparison.Ordinal)).Text;

    [GeneratedRegex(@"^((Product|Maps|Draws|Reduce|SmallProduct)\.\w+\("
        + @"|(Product|Map|MapRows|MapTiles)(<\w+>)?\(|Draw(Normal|Uniform|OneHot)\(|(Sum|Max|SmallProducts)\()")]
    private static partial Regex KernelCall();
}

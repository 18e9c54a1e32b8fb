using System.Reflection;
using Zoo.Tests.Data;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Checkpoints;

/// <summary>
/// A checkpoint of a class some of whose options have changed since: the refusal says which, not that two fingerprints differ.
/// </summary>
public sealed class ChangedOptionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("[Adam]", "[Adam(ClipNorm = 1)]", "saved without the option ClipNorm ('clip_norm'), which M has now")]
    [InlineData("[Adam(ClipNorm = 1)]", "[Adam]", "saved with the option ClipNorm ('clip_norm'), which M does not have now")]
    [InlineData("[Adam]", "[RmsProp]", "optimiser that keeps exp_avg and exp_avg_sq; the one of M keeps square_avg")]
    [InlineData("[Sgd]", "[Sgd(Momentum = 0.9f)]", "optimiser that keeps nothing; the one of M keeps momentum_buffer")]
    [InlineData("[Sgd(Momentum = 0.9f)]", "[Sgd]", "optimiser that keeps momentum_buffer; the one of M keeps nothing")]
    [InlineData("[Sgd]", "[Sgd(For = nameof(Encoder))][Sgd(LearningRate = 1, For = nameof(Decoder))]", "LearningRate")]
    public void Optimiser(string before, string after, string message) => Refused(Source(before), Source(after), message);

    [Theory]
    [InlineData("", ", WarmUpSteps = 10", "saved without the option WarmUpSteps ('warm_up_steps'), which M has now")]
    [InlineData(", WarmUpSteps = 10", "", "saved with the option WarmUpSteps ('warm_up_steps'), which M does not have now")]
    [InlineData("", ", FreeBits = 0.1f", "saved without the option FreeBits ('free_bits'), which M has now")]
    public void Variant(string before, string after, string message) => Refused(Source("[Adam]", before), Source("[Adam]", after), message);

    /// <summary>What a machine keeps beside its weights is told by the option that asks for it, in one line.</summary>
    [Theory]
    [InlineData("", ", Persistent = true", "saved without the option Persistent, which M has now")]
    [InlineData(", Persistent = true, GibbsSteps = 2", "", "saved with the option Persistent, which M does not have now")]
    [InlineData("", ", Centered = true", "saved without the option Centered, which M has now")]
    [InlineData(", Centered = true, SlidingFactor = 0.5f", "", "saved with the option Centered, which M does not have now")]
    [InlineData("", ", Visible = Visible.Gaussian, LearnsVariance = true", "saved without the option LearnsVariance, which M has now")]
    [InlineData(", Visible = Visible.Gaussian, LearnsVariance = true", "",
        "saved with the option LearnsVariance, which M does not have now")]
    [InlineData("", ", SparsityCost = 1f", "saved without the option SparsityCost ('sparsity_cost'), which M has now",
        "saved without the option SparsityTarget ('sparsity_target'), which M has now")]
    [InlineData(", Centered = true", ", Persistent = true", "saved without the option Persistent, which M has now",
        "saved with the option Centered, which M does not have now")]
    public void Machine(string before, string after, params string[] lines)
    {
        Assert.Equal(lines.Select(line => "it was " + line), Refused(MachineOf(before), MachineOf(after), lines[0]).Problems);
    }

    static string MachineOf(string options) =>
        $"using Zoo; [RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4{options})] [Adam] public partial class M;";

    /// <summary>Another optimiser is one line, with all that belongs to either; what both have beside it is told as ever.</summary>
    [Theory]
    [InlineData("[Adam]", "[RmsProp]", "it was saved with an optimiser that keeps exp_avg and exp_avg_sq; the one of M keeps square_avg")]
    [InlineData("[Adam]", "[Sgd(Momentum = 0.9f)]",
        "it was saved with an optimiser that keeps exp_avg and exp_avg_sq; the one of M keeps momentum_buffer")]
    [InlineData("[Sgd]", "[Sgd(Momentum = 0.9f)]", "it was saved with an optimiser that keeps nothing; the one of M keeps momentum_buffer")]
    [InlineData("[Sgd]", "[Adam(ClipNorm = 1)]", "it was saved with an optimiser that keeps nothing; the one of M keeps exp_avg and "
        + "exp_avg_sq", "it was saved without the option ClipNorm ('clip_norm'), which M has now")]
    public void AnotherOptimiserIsOneLine(string before, string after, string line, params string[] more)
    {
        var problems = Refused(Source(before), Source(after), line).Problems;
        Assert.Equal([$"{line}: the optimiser's attribute, or its Momentum, has changed", .. more], problems);
    }

    [Theory]
    [InlineData("[Adam]", "[Adam][ExponentialMovingAverage]", "it was saved without [ExponentialMovingAverage], which M has now")]
    [InlineData("[Adam][ExponentialMovingAverage(Decay = 0.5f)]", "[Adam]",
        "it was saved with [ExponentialMovingAverage], which M does not have now")]
    public void AveragesAreOneLine(string before, string after, string line) =>
        Assert.Equal([line], Refused(Source(before), Source(after), line).Problems);

    /// <summary>In one phase of several, too.</summary>
    [Theory]
    [InlineData("[Adam]", "[Adam(Phase = \"A\")][Sgd(Phase = \"B\")]",
        "keeps a.exp_avg and a.exp_avg_sq and b.exp_avg and b.exp_avg_sq; the one of M keeps a.exp_avg and a.exp_avg_sq")]
    [InlineData("[Sgd(Phase = \"A\", Momentum = 0.5f)][Adam(Phase = \"B\")]", "[RmsProp(Phase = \"A\")][Adam(Phase = \"B\")]",
        "keeps a.momentum_buffer and b.exp_avg and b.exp_avg_sq; the one of M keeps a.square_avg and b.exp_avg and b.exp_avg_sq")]
    public void AnotherOptimiserOfOnePhaseIsOneLine(string before, string after, string line)
    {
        static string Of(string optimiser) => $"using Zoo; [Model(Input = [2], Batch = 4)] {optimiser} public partial class M "
            + "{ [Network] static Tensor N(Tensor x) => x.Dense(1); [Phase] static Tensor A(Tensor x) => N(x).Square().Sum(); "
            + "[Phase] static Tensor B(Tensor x) => N(x).Square().Sum(); }";
        Assert.Contains(line, Assert.Single(Refused(Of(before), Of(after), line).Problems), StringComparison.Ordinal);
    }

    /// <summary>In one network of a phase whose other networks keep the same.</summary>
    [Theory]
    [InlineData("Adam", "Sgd", "that has beta1 and beta2 and epsilon; the one of M has nothing")]
    [InlineData("Sgd", "Adam", "that has nothing; the one of M has beta1 and beta2 and epsilon")]
    public void AnotherOptimiserOfOneNetworkIsOneLine(string before, string after, string line)
    {
        static string Of(string optimiser) => Source($"[Adam(For = \"Encoder\")][{optimiser}(For = \"Decoder\")]");
        var problem = Assert.Single(Refused(Of(before), Of(after), line).Problems);
        Assert.StartsWith("it was saved with an optimiser of 'decoder' that has ", problem, StringComparison.Ordinal);
    }

    /// <summary>A number of the one optimiser under another name is damage, and told as that.</summary>
    [Fact]
    public void ANumberOfTheOneOptimiserUnderAnotherName()
    {
        var path = Save(Source("[Adam]"));
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text.Replace("hyperparameters.beta1", "hyperparameters.alpha")));
        using var compiled = new CompiledModels([Source("[Adam]")]);
        var thrown = Assert.Throws<TargetInvocationException>(() => compiled.Load("M", path, Device.Cpu));
        Assert.Equal(
            [
                "it was saved with the option Alpha ('alpha'), which M does not have now",
                "it was saved without the option Beta1 ('beta1'), which M has now",
            ],
            Assert.IsType<CheckpointException>(thrown.InnerException).Problems);
    }

    /// <summary>What a machine's units are changes what its numbers mean, though no tensor's name or shape.</summary>
    [Theory]
    [InlineData("", ", Visible = Visible.Gaussian",
        "it was saved with Visible = Bernoulli; M has Visible = Gaussian")]
    [InlineData(", Visible = Visible.Gaussian, Variance = 0.25f", ", Visible = Visible.Gaussian",
        "it was saved with Variance = 0.25; M has Variance = 1")]
    [InlineData(", Visible = Visible.Gaussian, LearnsVariance = true", ", Visible = Visible.Gaussian, LearnsVariance = true, Variance = 2",
        "it was saved with Variance = 1; M has Variance = 2")]
    [InlineData(", Visible = Visible.Gaussian, Variance = 0.5f", "", "it was saved with Visible = Gaussian; M has Visible = Bernoulli")]
    public void UnitsOfAMachine(string before, string after, string line) =>
        Assert.Equal([line], Refused(MachineOf(before), MachineOf(after), line).Problems);

    /// <summary>Whoever asks for parameters alone has them, whatever they meant.</summary>
    [Theory]
    [InlineData("", ", Visible = Visible.Gaussian")]
    [InlineData(", Visible = Visible.Gaussian, Variance = 0.5f", "")]
    [InlineData(", Visible = Visible.Gaussian, Variance = 0.5f", ", Visible = Visible.Gaussian")]
    public void ParametersAloneAreTakenWhateverTheUnits(string before, string after)
    {
        var path = Save(MachineOf(before));
        using var compiled = new CompiledModels([MachineOf(after)]);
        var report = (object?[])[path, new CheckpointOptions { ParametersOnly = true }, null, null];
        var load = compiled.Type("M").GetMethods().Single(m => m.Name == "Load" && m.GetParameters().Any(p => p.IsOut));
        using var loaded = (IGenerativeModel)load.Invoke(null, report)!;
        Assert.Equal(["weight", "visible_bias", "hidden_bias"], ((CheckpointReport)report[2]!).Taken);
    }

    /// <summary>One of two tensors that come with an option is damage, and no option that changed.</summary>
    [Theory]
    [InlineData(", Centered = true", "visible_offset")]
    [InlineData(", Centered = true", "hidden_offset")]
    [InlineData(", Centered = true, Persistent = true", "hidden_offset")]
    public void OneTensorOfAnOptionAloneIsDamage(string options, string lost)
    {
        var path = Save(MachineOf(options));
        var file = new SafetensorsBytes(File.ReadAllBytes(path));
        file.Remove(lost);
        File.WriteAllBytes(path, file.ToArray());
        using var compiled = new CompiledModels([MachineOf(options)]);
        var thrown = Assert.Throws<TargetInvocationException>(() => compiled.Load("M", path, Device.Cpu));
        var problem = Assert.Single(Assert.IsType<CheckpointException>(thrown.InnerException).Problems);
        Assert.StartsWith($"tensor '{lost}' is missing", problem, StringComparison.Ordinal);
    }

    /// <summary>Another optimiser in one phase says nothing of what is lost of another phase's.</summary>
    [Fact]
    public void WhatIsLostOfAnotherPhaseIsToldToo()
    {
        static string Of(string optimiser) => $"using Zoo; [Model(Input = [2], Batch = 4)] {optimiser} public partial class M "
            + "{ [Network] static Tensor N(Tensor x) => x.Dense(1); [Phase] static Tensor A(Tensor x) => N(x).Square().Sum(); "
            + "[Phase] static Tensor B(Tensor x) => N(x).Square().Sum(); }";
        var path = Save(Of("[Adam]"));
        var file = new SafetensorsBytes(File.ReadAllBytes(path));
        file.Remove("state.hyperparameters.a:beta1");
        File.WriteAllBytes(path, file.ToArray());
        using var compiled = new CompiledModels([Of("[Adam(Phase = \"A\")][Sgd(Phase = \"B\")]")]);
        var thrown = Assert.Throws<TargetInvocationException>(() => compiled.Load("M", path, Device.Cpu));
        Assert.Contains("without the option Beta1 ('a:beta1')", thrown.InnerException!.Message, StringComparison.Ordinal);
    }

    /// <summary>A file of before, or one that another program has rewritten, does not say it and is taken by its names.</summary>
    [Theory]
    [InlineData("option.", "uption.", ", Visible = Visible.Gaussian")]
    [InlineData("\"format\":\"zoo\"", "\"format\":\"pt_\"", ", Visible = Visible.Gaussian, Variance = 2")]
    public void AFileThatDoesNotSayTheUnitsIsTaken(string said, string unsaid, string after)
    {
        var path = Save(MachineOf(""));
        var bytes = File.ReadAllBytes(path);
        var header = System.Text.Encoding.Latin1.GetString(bytes);
        Assert.Contains(said, header, StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(header.Replace(said, unsaid)));
        using var compiled = new CompiledModels([MachineOf(after)]);
        compiled.Load("M", path, Device.Cpu).Dispose();
    }

    /// <summary>Phases that only one of the two has are one line, with all that they keep.</summary>
    [Theory]
    [InlineData("Loss|Other", "Loss", "it was saved with the phases loss and other; M has one phase")]
    [InlineData("Loss", "Loss|Other", "it was saved with one phase; M has the phases loss and other")]
    [InlineData("Loss|Other", "Loss|Another", "it was saved with the phases loss and other; M has the phases another and loss")]
    [InlineData("Loss|Other|Last", "Loss|Last", "it was saved with the phases last and loss and other; M has the phases last and loss")]
    public void Phases(string before, string after, string message)
    {
        static string Of(string phases) => "using Zoo; [Model(Input = [2], Batch = 4)] [Adam] public partial class M { [Network] static "
            + "Tensor N(Tensor x) => x.Dense(1); "
            + string.Concat(phases.Split('|').Select(p => $"[Phase] static Tensor {p}(Tensor x) => N(x).Square().Sum(); ")) + "}";
        var problem = Assert.Single(Refused(Of(before), Of(after), message).Problems);
        Assert.EndsWith(": a network, a [Phase] or an option that makes phases has changed", problem, StringComparison.Ordinal);
    }

    /// <summary>Where phases differ, what changed in those that both have is told as ever.</summary>
    [Fact]
    public void What_changed_beside_phases_is_told_too()
    {
        static string Of(string optimiser, string more) => $"using Zoo; [Model(Input = [2], Batch = 4)] {optimiser} public partial "
            + "class M { [Network] static Tensor N(Tensor x) => x.Dense(1); [Phase] static Tensor A(Tensor x) => N(x).Square().Sum(); "
            + $"[Phase] static Tensor B(Tensor x) => N(x).Square().Sum(); {more} }}";
        var problems = Refused(
            Of("[Adam]", "[Phase] static Tensor C(Tensor x) => N(x).Square().Sum();"), Of("[Adam(ClipNorm = 1)]", ""), "phases").Problems;
        Assert.Equal(3, problems.Count);
        Assert.Equal("it was saved without the option ClipNorm ('a:clip_norm'), which M has now", problems[1]);
    }

    [Fact]
    public void A_size_is_told_by_the_tensors_that_have_it() =>
        Refused(Source("[Adam]"), Source("[Adam]", latent: 4),
            "tensor 'encoder.dense1.weight' is F32 [3, 8]; F32, F16, BF16 or F64 [4, 8] was expected");

    [Fact]
    public void What_is_no_part_of_the_state_may_change()
    {
        var path = Save(Source("[Adam]"));
        using var compiled = new CompiledModels([Source("[Adam(LearningRate = 0.1f, Beta1 = 0.8f)]", ", Beta = 4, Samples = 2")]);
        compiled.Load("M", path, Device.Cpu).Dispose();
    }

    CheckpointException Refused(string before, string after, string message)
    {
        var path = Save(before);
        using var compiled = new CompiledModels([after]);
        var thrown = Assert.Throws<TargetInvocationException>(() => compiled.Load("M", path, Device.Cpu));
        var refused = Assert.IsType<CheckpointException>(thrown.InnerException);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fingerprint", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    string Save(string source)
    {
        using var compiled = new CompiledModels([source]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        var path = Path.Combine(folder.Path, "model");
        model.Save(path);
        return path;
    }

    static string Source(string optimiser, string options = "", int latent = 3) => $$"""
        using Zoo;

        [Vae(Input = [8], Batch = 4{{options}})]
        {{optimiser}}
        public partial class M
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense({{latent}}), x.Dense({{latent}}));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(8));
        }
        """;
}

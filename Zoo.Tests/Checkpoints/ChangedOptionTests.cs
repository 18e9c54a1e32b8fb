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
        static string Of(string options) =>
            $"using Zoo; [RestrictedBoltzmannMachine(Input = [8], Hidden = 3, Batch = 4{options})] [Adam] public partial class M;";
        Assert.Equal(lines.Select(line => "it was " + line), Refused(Of(before), Of(after), lines[0]).Problems);
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

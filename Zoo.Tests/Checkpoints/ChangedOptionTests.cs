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

    void Refused(string before, string after, string message)
    {
        var path = Save(before);
        using var compiled = new CompiledModels([after]);
        var thrown = Assert.Throws<TargetInvocationException>(() => compiled.Load("M", path, Device.Cpu));
        var refused = Assert.IsType<CheckpointException>(thrown.InnerException);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fingerprint", refused.Message, StringComparison.Ordinal);
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

using Zoo.Tests.Engines;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// Running statistics of networks that several phases call go on where the network is trained, and nowhere else: told by the batches that a
/// layer has counted, which the other tests' oracle has from the same graph.
/// </summary>
public sealed class PhaseStatisticsTests
{
    const int Steps = 6;

    const string Networks = """
        static Tensor Generator(Tensor z) => z.Dense(4).BatchNorm().Tanh().Dense(3);
        static Tensor NAME(Tensor x) => x.Dense(5).BatchNorm().LeakyRelu(0.2f).Dense(1);
        """;

    /// <summary>The judge looks at what is real and at what is made, so it counts two batches each time that it is trained.</summary>
    [Theory]
    [InlineData("Gan", "", "Discriminator", Steps, 2 * Steps)]
    [InlineData("WassersteinGan", ", CriticSteps = 3", "Critic", Steps / 3, 2 * Steps)]
    [InlineData("WassersteinGan", ", CriticSteps = 1", "Critic", Steps, 2 * Steps)]
    [InlineData("WassersteinGan", ", CriticSteps = 6", "Critic", 1, 2 * Steps)]
    public void ANetworkCountsWhereItIsTrained(string attribute, string option, string judge, int generated, int judged)
    {
        var source = $"using Zoo; [{attribute}(Input = [3], Latent = [2], Batch = 4{option})] public partial class M "
            + $"{{ {Networks.Replace("NAME", judge, StringComparison.Ordinal)} }}";
        using var compiled = new CompiledModels([source]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        for (var step = 0; step < Steps; step++)
            TrainingBatch.Of(compiled.Traces["M"], step).Step(model, new float[model.LossNames.Length]);
        Assert.Equal(((float)generated, (float)judged), (Counted(model, "generator"), Counted(model, judge.ToLowerInvariant())));
    }

    /// <summary>What evaluates or runs a network counts nothing.</summary>
    [Fact]
    public void NobodyElseCounts()
    {
        var source = "using Zoo; [Gan(Input = [3], Latent = [2], Batch = 4)] public partial class M "
            + $"{{ {Networks.Replace("NAME", "Discriminator", StringComparison.Ordinal)} }} public static class Use "
            + "{ public static void All(M m) { m.Evaluate(new float[12]); m.Sample(1, new float[12]); } }";
        using var compiled = new CompiledModels([source]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        compiled.Type("Use").GetMethod("All")!.Invoke(null, [model]);
        Assert.Equal((0f, 0f), (Counted(model, "generator"), Counted(model, "discriminator")));
    }

    static float Counted(IGenerativeModel model, string network)
    {
        var count = new float[1];
        model.Parameters[$"{network}.batchnorm1.num_batches_tracked"].CopyTo(count);
        return count[0];
    }
}

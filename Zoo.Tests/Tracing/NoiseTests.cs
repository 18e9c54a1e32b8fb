using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

/// <summary>Draws, in a variant whose encoder has noise; a VAE's has none.</summary>
public class NoiseTests
{
    static string Mean(string expression, string members = "")
    {
        var compilation = GeneratorRun.Compile(Declarations.Vae($"return new({expression}, x);", members)
            .Replace("Encoder(Tensor x)", "Encoder(Tensor x, Noise n)"));
        var result = Traced.Trace(compilation, new Noisy());
        Assert.Empty(result.Diagnostics.Select(d => d.In(compilation).ToString()));
        return Traced.Term(result.Model!.Network("Encoder")!.Outputs["mean"]);
    }

    [Theory]
    [InlineData("n.Normal(8)", "Normal(encoder.normal1[8])")]
    [InlineData("n.Uniform([2, 4]).Flatten()", "Reshape(Uniform(encoder.uniform1[2, 4]) → n×[8])")]
    [InlineData("n.Normal(8) + n.Normal(8)", "Add(Normal(encoder.normal1[8]), Normal(encoder.normal2[8]))")]
    [InlineData("n.Normal(8, name: \"epsilon\") - n.Normal(8, \"epsilon\")", "Sub(Normal(encoder.epsilon[8]), Normal(encoder.epsilon[8]))")]
    [InlineData("new Gaussian(x, x).Sample(n)", "Add(x, Mul(Exp(Mul(x, 0.5)), Normal(encoder.sample1[8])))")]
    [InlineData("n.OneHot(8)", "OneHot(encoder.onehot1[8])")]
    [InlineData("Priors.Gaussian(n, 8)", "Normal(encoder.normal1[8])")]
    [InlineData("Priors.Gaussian(n, 8, 5f) + n.Normal(8)", "Add(Mul(Normal(encoder.normal1[8]), 5), Normal(encoder.normal2[8]))")]
    [InlineData("new Bernoulli(x).Sample(n)", "Greater(Sigmoid(x), Uniform(encoder.sample1[8]))")]
    public void ADrawIsNamed(string expression, string term) => Assert.Equal(term, Mean(expression));

    [Fact]
    public void EachCallOfASharedNetworkDrawsAgain() =>
        Assert.Equal("Add(Normal(jitter.normal1[8]), Normal(jitter.normal2[8]))",
            Mean("Jitter(n) + Jitter(n)", "[Network] static Tensor Jitter(Noise n) => n.Normal(8);"));

    sealed class Noisy : Variant
    {
        public override string Name => "Vae";

        public override IReadOnlyList<OptionSpec> Options => [];

        public override IReadOnlyList<NetworkSignature> Networks { get; } = [new("Encoder", ["x", "n"], [OutputKind.Gaussian]),
            new("Decoder", ["z"], [OutputKind.Bernoulli])];

        public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
            new(8);

        public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) => [new("Step", ["Encoder", "Decoder"])];

        public override void Build(ModelBuilder m) => throw new NotSupportedException("It is only traced.");
    }
}

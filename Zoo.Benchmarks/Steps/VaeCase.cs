using Peers;
using Zoo.Benchmarks.Limits;
using Zoo.Benchmarks.Models;
using Zoo.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary>A dense VAE: input-hidden-latent-hidden-input, Bernoulli, Adam.</summary>
sealed record VaeCase(string Name, int Input, int Hidden, int Latent, int Batch, Func<Device, ZooModel> Own)
    : StepCase(Name, Batch, Input, Own, () => new VaeStep(Input, Hidden, Latent))
{
    public static new IReadOnlyList<VaeCase> All { get; } =
    [
        new("vae-784-400-20-b128", 784, 400, 20, 128, device => ZooModel.Of(new FashionVae(1, device), model => model.Train)),
        new("vae-784-400-20-b32", 784, 400, 20, 32, device => ZooModel.Of(new SmallBatchVae(1, device), model => model.Train)),
        new("vae-64-128-2-b100", 64, 128, 2, 100, device => ZooModel.Of(new DigitsVae(1, device), model => model.Train)),
    ];

    /// <summary>Weights and biases, the two heads of the encoder included.</summary>
    public int Parameters => Input * Hidden + Hidden + Hidden * 2 * Latent + 2 * Latent + Latent * Hidden + Hidden + Hidden * Input + Input;

    /// <summary>Forward, gradients of weights, gradients of activations. The heads are one product.</summary>
    public override IReadOnlyList<ProductShape> Products =>
    [
        new("encoder.1", Batch, Hidden, Input),
        new("encoder.heads", Batch, 2 * Latent, Hidden),
        new("decoder.1", Batch, Hidden, Latent),
        new("decoder.2", Batch, Input, Hidden),
        new("∂decoder.2.W", Hidden, Input, Batch, TransposeA: true),
        new("∂decoder.2.x", Batch, Hidden, Input, TransposeB: true),
        new("∂decoder.1.W", Latent, Hidden, Batch, TransposeA: true),
        new("∂decoder.1.x", Batch, Latent, Hidden, TransposeB: true),
        new("∂heads.W", Hidden, 2 * Latent, Batch, TransposeA: true),
        new("∂heads.x", Batch, Hidden, 2 * Latent, TransposeB: true),
        new("∂encoder.1.W", Input, Hidden, Batch, TransposeA: true),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates => [(Parameters, 1)];

    /// <summary>
    /// Per pixel exp and log1p of the loss; per latent element exp of the deviation, and log, sine and cosine of its normal number.
    /// </summary>
    public override double Transcendentals => Batch * (2.0 * Input + 4.0 * Latent);
}

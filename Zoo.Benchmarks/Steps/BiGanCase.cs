using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// A dense BiGAN on images with one hidden layer in each network. Both losses are functions of the same logits, so that their gradients
/// share one forward pass; of the pairs the generator's loss wants the gradients of real codes and of generated images alone.
/// </summary>
/// <param name="Latent">Width of codes.</param>
/// <param name="Hidden">Width of hidden layers.</param>
/// <param name="Pixels">Of an image.</param>
sealed record BiGanCase(string Name, int Batch, int Latent, int Hidden, int Pixels, Func<Device, ZooModel> Own)
    : StepCase(Name, Batch, Pixels, Own, () => new BiGanStep())
{
    readonly DenseProducts encoder = new("encoder", Pixels, Hidden, Latent), generator = new("generator", Latent, Hidden, Pixels);

    // Its last layer has one output.
    readonly DenseProducts discriminator = new("discriminator", Pixels + Latent, Hidden);

    public override IReadOnlyList<ProductShape> Products =>
    [
        .. encoder.Forward(Batch), .. generator.Forward(Batch), .. discriminator.Forward(2 * Batch),
        .. discriminator.WeightGradients(2 * Batch),
        discriminator.Input(0, Batch, Latent), discriminator.Input(0, Batch, Pixels),
        .. encoder.Backward(Batch), .. encoder.WeightGradients(Batch), .. generator.Backward(Batch), .. generator.WeightGradients(Batch),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates =>
        [(discriminator.Parameters + Hidden + 1, 1), (encoder.Parameters + generator.Parameters, 1)];

    /// <summary>
    /// Per number of a code log, sine and cosine; exp for each pixel; for each logit exp and log1p of two softpluses, and their slopes.
    /// </summary>
    public override double Transcendentals => Batch * (3.0 * Latent + Pixels + 2 * 6);
}

namespace Zoo.Models;

/// <summary>
/// An energy-based GAN (Zhao et al. 2017) with the pulling-away term on 28×28 images: generator 50-256-784, and as discriminator an
/// auto-encoder with a code of 64 dimensions.
/// </summary>
/// <remarks>
/// Energies are means over the pixels, of about 0.01 for images that the auto-encoder knows. A margin far above what a generated image can
/// have, such as 10, is never reached: the discriminator then has no reason to stop, and many codes give the same image.
/// </remarks>
[EnergyBasedGan(Input = [784], Latent = [50], Batch = 64, Margin = 0.1f, PullingAway = 0.1f)]
[Adam]
public partial class FashionEbgan
{
    static Tensor Generator(Tensor z) => z.Dense(256).Relu().Dense(784).Sigmoid();

    static Tensor Encoder(Tensor x) => x.Dense(64).Relu();

    static Tensor Decoder(Tensor h) => h.Dense(784).Sigmoid();
}

namespace Zoo.Models;

/// <summary>
/// An energy-based GAN (Zhao et al. 2017) with the pulling-away term on points of the plane, with the generator, codes and batches of <see
/// cref="MixtureGan"/>; the discriminator's auto-encoder has its layers on either side of a code of 16 dimensions.
/// </summary>
/// <remarks>
/// The energy is the norm, as the paper writes it, and the margin about the distance between neighbouring modes, so that the discriminator
/// may raise the energy where too much is generated as far as that of the gaps around.
/// </remarks>
[EnergyBasedGan(Input = [2], Latent = [2], Batch = 256, Margin = 1f, PullingAway = 0.1f, Reduction = EnergyReduction.Norm)]
[Adam(LearningRate = 1e-3f, Beta1 = 0.5f)]
public partial class MixtureEbgan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Encoder(Tensor x) => Trunk(x).Dense(16);

    static Tensor Decoder(Tensor h) => Trunk(h).Dense(2);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}

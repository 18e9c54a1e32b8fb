namespace Zoo.Models;

/// <summary>
/// A non-saturating GAN on points of the plane, to be compared with <see cref="MixtureClippedWgan"/> and <see cref="MixtureWgan"/>: the
/// same networks, codes and batches, so that what differs is the objective and its optimiser.
/// </summary>
/// <remarks>
/// The networks of <see cref="GridWgan"/> at a quarter of their width, and a learning rate that goes with runs of 20,000 steps, over which
/// the experiment lets it fall to 0.
/// </remarks>
[Gan(Input = [2], Latent = [2], Batch = 256)]
[Adam(LearningRate = 1e-3f, Beta1 = 0.5f)]
public partial class MixtureGan
{
    static Tensor Generator(Tensor z) => Trunk(z).Dense(2);

    static Tensor Discriminator(Tensor x) => Trunk(x).Dense(1);

    static Tensor Trunk(Tensor h)
    {
        for (var i = 0; i < 3; i++) h = h.Dense(128).Relu();
        return h;
    }
}

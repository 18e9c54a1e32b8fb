namespace Zoo.Models;

/// <summary>
/// Four examples, one-hot rows, and codes in the plane (the synthetic example of Mescheder et al. 2017): a posterior that is any function
/// of noise divides the prior among them without gaps. See <see cref="FourPointsVae"/> for its twin.
/// </summary>
[AdversarialVariationalBayes(Input = [4], Batch = 256, DiscriminatorSteps = 5)]
[Adam(LearningRate = 2e-3f, Beta1 = 0.5f)]
public partial class FourPointsAvb
{
    static Tensor Encoder(Tensor x, Noise n) => Trunk(Tensor.Concat(x, n.Normal(8)), 64).Dense(2);

    static Bernoulli Decoder(Tensor z) => new(Trunk(z, 64).Dense(4));

    /// <summary>Half of |z|² is what T has of log p(z).</summary>
    static Tensor Discriminator(Tensor x, Tensor z) => Trunk(Tensor.Concat(x, z), 128).Dense(1) + 0.5f * z.Square().Sum();

    static Tensor Trunk(Tensor h, int width) => h.Dense(width).Elu().Dense(width).Elu();
}

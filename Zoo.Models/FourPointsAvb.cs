namespace Zoo.Models;

/// <summary>
/// Four examples, one-hot rows, and codes in the plane (the synthetic example of Mescheder et al. 2017): a posterior that is any function
/// of noise divides the prior among them without gaps. See <see cref="FourPointsVae"/> for its twin.
/// </summary>
[AdversarialVariationalBayes(Input = [4], Batch = 512, DiscriminatorSteps = 2)]
[Adam(LearningRate = 1e-4f)]
public partial class FourPointsAvb
{
    static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(64)).Dense(64).Elu().Dense(64).Elu().Dense(2);

    static Bernoulli Decoder(Tensor z) => new(z.Dense(64).Elu().Dense(64).Elu().Dense(4));

    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(256).Elu().Dense(1) + z.Square().Sum();
}

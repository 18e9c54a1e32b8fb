namespace Zoo.Models;

/// <summary>
/// A bidirectional GAN (Donahue et al. 2017) on 28×28 images: codes of 50 dimensions, one hidden layer of 1,024 units in each network. Its
/// encoder is learned without labels and without comparing images: codes of like garments lie together.
/// </summary>
/// <remarks>
/// The recipe of the paper's MNIST experiment (Adam 2e-4, β₁ = 0.5, batch 128) with dense layers of half its depth and without batch
/// normalisation.
/// </remarks>
[BiGan(Input = [784], Batch = 128)]
[Adam(LearningRate = 2e-4f, Beta1 = 0.5f)]
public partial class FashionBiGan
{
    static Tensor Encoder(Tensor x) => x.Dense(1024).LeakyRelu(0.2f).Dense(50);

    static Tensor Generator(Tensor z) => z.Dense(1024).Relu().Dense(784).Sigmoid();

    static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1024).LeakyRelu(0.2f).Dense(1);
}

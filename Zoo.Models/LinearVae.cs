namespace Zoo.Models;

/// <summary>
/// A linear VAE with one learned variance: at its best it is probabilistic PCA (Tipping and Bishop 1999; Lucas et al. 2019), so that bound
/// and likelihood have a closed form to be compared with.
/// </summary>
[Vae(Input = [8], Batch = 512)]
[Adam(LearningRate = 2e-2f)]
public partial class LinearVae
{
    static Gaussian Encoder(Tensor x) => new(x.Dense(3), Tensor.Parameter("log_variance", [3]));

    static Gaussian Decoder(Tensor z) => new(z.Dense(8), Tensor.Parameter("log_variance", [1]));
}

namespace Zoo.Models;

/// <summary>
/// Gaussian visible units that learn their variances, on a whitened mixture of two Laplace sources (Melchior, Wang and Wiskott 2017):
/// four hidden units, contrastive divergence.
/// </summary>
[RestrictedBoltzmannMachine(Input = [2], Hidden = 4, Batch = 1000, Visible = Visible.Gaussian, LearnsVariance = true)]
[Sgd(LearningRate = 0.3f, Momentum = 0.9f)]
[Sgd(LearningRate = 0.03f, Momentum = 0.9f, For = "VisibleLogVariance")]
public partial class LaplaceRbm;

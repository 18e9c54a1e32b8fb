namespace Zoo.Models;

/// <summary>A machine of 500 hidden units on binarised garments: persistent contrastive divergence, centred, with weight decay.</summary>
[RestrictedBoltzmannMachine(Input = [784], Hidden = 500, Batch = 100, Persistent = true, Centered = true)]
[Sgd(LearningRate = 0.01f)]
[Sgd(LearningRate = 0.01f, WeightDecay = 1e-4f, For = "Weight")]
public partial class FashionRbm;

namespace Zoo.Models;

/// <summary>
/// A restricted Boltzmann machine on handwritten digits of 8 × 8 pixels, at the settings of scikit-learn's example: 100 hidden units, ten
/// persistent chains, one sweep.
/// </summary>
[RestrictedBoltzmannMachine(Input = [64], Hidden = 100, Batch = 10, Persistent = true)]
[Sgd(LearningRate = 0.06f)]
public partial class DigitsRbm;

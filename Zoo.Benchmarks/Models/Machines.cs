namespace Zoo.Benchmarks.Models;

/// <summary>784 visible and 500 hidden units, contrastive divergence with one sweep from the data.</summary>
[RestrictedBoltzmannMachine(Input = [784], Hidden = 500, Batch = 100)]
[Sgd(LearningRate = 0.05f)]
sealed partial class ContrastiveRbm;

/// <summary>As scikit-learn trains: one chain for each row of a batch, kept from step to step.</summary>
[RestrictedBoltzmannMachine(Input = [784], Hidden = 500, Batch = 100, Persistent = true)]
[Sgd(LearningRate = 0.05f)]
sealed partial class PersistentRbm;

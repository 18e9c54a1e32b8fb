using Zoo;

/// <summary>Persistent chains, several sweeps, everything that a binary machine has.</summary>
[RestrictedBoltzmannMachine(Input = [36], Hidden = 24, Batch = 16, Persistent = true, Chains = 20, GibbsSteps = 3, Centered = true,
    SparsityTarget = 0.1f, SparsityCost = 0.1f)]
[Sgd(LearningRate = 0.01f, Momentum = 0.5f)]
public partial class Machine;

/// <summary>Contrastive divergence of several sweeps with Gaussian units.</summary>
[RestrictedBoltzmannMachine(Input = [36], Hidden = 24, Batch = 16, GibbsSteps = 3, Visible = Visible.Gaussian, LearnsVariance = true)]
[Sgd(LearningRate = 0.001f)]
public partial class GaussianMachine;

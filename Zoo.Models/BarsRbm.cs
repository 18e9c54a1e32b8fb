namespace Zoo.Models;

/// <summary>
/// A centred machine on bars and stripes of 3 × 3 pixels (MacKay 2003, section 43.2), small enough that its likelihood is known: the whole
/// data in a batch, a hundred persistent chains.
/// </summary>
[RestrictedBoltzmannMachine(Input = [9], Hidden = 16, Batch = 16, Persistent = true, Chains = 100, Centered = true)]
[Sgd(LearningRate = 0.05f)]
public partial class BarsRbm;

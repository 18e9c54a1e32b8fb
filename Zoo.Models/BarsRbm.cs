namespace Zoo.Models;

/// <summary>
/// A centred machine on bars and stripes of 3 × 3 pixels (MacKay 2003, section 43.2), small enough that its likelihood is known: the whole
/// data in a batch, contrastive divergence (Melchior, Fischer and Wiskott 2016, section 5).
/// </summary>
[RestrictedBoltzmannMachine(Input = [9], Hidden = 16, Batch = 16, Persistent = true, Chains = 100, Centered = true)]
[Sgd(LearningRate = 0.1f)]
public partial class BarsRbm;

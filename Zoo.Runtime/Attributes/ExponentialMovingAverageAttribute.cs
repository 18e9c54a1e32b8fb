namespace Zoo;

/// <summary>
/// Averages of the weights over training, which all that runs outside a step reads in their place: sampling, inference and evaluation
/// (Polyak and Juditsky 1992; for adversaries Yazıcı et al. 2019). After each update of a weight by a phase that trains it, its average
/// becomes a ← d·a + (1 − d)·w, and at the phase's first update w itself, as <c>torch.optim.swa_utils.AveragedModel</c> with
/// <c>get_ema_multi_avg_fn(d)</c> has it. Without this attribute nothing is kept.
/// </summary>
/// <remarks>
/// <c>Parameters</c> are the weights that are trained; <see cref="Parameter.CopyAverageTo"/> gives their averages, and a value that is
/// copied into a parameter is its average too. A checkpoint has them under <c>state.average.</c>, so that training goes on to the bit.
/// Running statistics are read as they are. d is the hyperparameter <c>average_decay</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExponentialMovingAverageAttribute : Attribute
{
    /// <summary>d, in [0, 1).</summary>
    public float Decay { get; set; } = 0.999f;
}

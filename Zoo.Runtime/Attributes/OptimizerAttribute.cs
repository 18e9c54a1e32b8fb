namespace Zoo;

/// <summary>
/// How parameters are updated: on the class (all phases), or narrowed to a network or a phase. Values are initial: they become
/// hyperparameters (<c>learning_rate</c>, <c>weight_decay</c>, <c>schedule_steps</c>, …), can be changed between steps, and are saved.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>Step size, at least 0.</summary>
    public float LearningRate { get; set; }

    /// <summary>
    /// λ, at least 0: λw is added to the gradient, as PyTorch's Adam, SGD and RMSprop do (L2), or, with
    /// <see cref="DecoupledWeightDecay"/>, taken from the weights.
    /// </summary>
    public float WeightDecay { get; set; }

    /// <summary>
    /// Weights decay beside the gradient instead of in it (Loshchilov and Hutter 2019, algorithm 2): before its update each becomes
    /// (1 − α·λ)·w, α the learning rate that the schedule gives. With Adam that is AdamW (<c>torch.optim.AdamW</c>).
    /// </summary>
    public bool DecoupledWeightDecay { get; set; }

    /// <summary>
    /// What the learning rate of the phase's t-th update is multiplied with, t = 0, 1, …. It depends on t alone, which is saved, so a run
    /// that is resumed goes on to the bit; and <see cref="LearningRate"/> set while training is multiplied likewise.
    /// </summary>
    public LearningRateSchedule Schedule { get; set; }

    /// <summary>n of the <see cref="Schedule"/>, updates of the phase: at least 1, and given where there is a schedule.</summary>
    public int ScheduleSteps { get; set; }

    /// <summary>γ of the <see cref="Schedule"/>, in [0, 1]: what is left of the learning rate after n updates.</summary>
    public float ScheduleFactor { get; set; } = 0.1f;

    /// <summary>
    /// w above 0: the first w updates have the factors 1/w, 2/w, …, 1 (linear warm-up: Goyal et al. 2017, section 2.2), and the
    /// <see cref="Schedule"/> counts from the update behind them. 0: off.
    /// </summary>
    public int ScheduleWarmUp { get; set; }

    /// <summary>
    /// Above 0: the gradient of all that the phase trains is scaled to at most this Euclidean norm (Pascanu et al. 2013, algorithm 1), as
    /// <c>torch.nn.utils.clip_grad_norm_</c> does. 0: off.
    /// </summary>
    public float ClipNorm { get; set; }

    /// <summary>Name of the one network this optimiser updates; all where null.</summary>
    public string? For { get; set; }

    /// <summary>Name of the one phase this optimiser belongs to; all where null.</summary>
    public string? Phase { get; set; }
}

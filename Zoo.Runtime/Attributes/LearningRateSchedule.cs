namespace Zoo;

/// <summary>
/// The factor on the learning rate at update t = 0, 1, … of a phase, with n = <see cref="OptimizerAttribute.ScheduleSteps"/> and γ =
/// <see cref="OptimizerAttribute.ScheduleFactor"/>: after n updates it is γ, whichever is chosen.
/// </summary>
public enum LearningRateSchedule
{
    /// <summary>1.</summary>
    Constant,

    /// <summary>γ to the power ⌊t/n⌋ (<c>torch.optim.lr_scheduler.StepLR</c>).</summary>
    Step,

    /// <summary>γ to the power t/n (with n = 1 <c>torch.optim.lr_scheduler.ExponentialLR</c>).</summary>
    Exponential,

    /// <summary>
    /// γ + ½(1 − γ)(1 + cos(πt/n)), and γ from n on (Loshchilov and Hutter 2017, equation 5, without restarts;
    /// <c>torch.optim.lr_scheduler.CosineAnnealingLR</c>).
    /// </summary>
    Cosine,

    /// <summary>1 − (1 − γ)·t/n, and γ from n on (<c>torch.optim.lr_scheduler.LinearLR</c>).</summary>
    Linear,
}

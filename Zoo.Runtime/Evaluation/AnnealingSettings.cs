namespace Zoo;

/// <summary>
/// How <see cref="AnnealedLikelihood"/> goes from the base to the posterior. The defaults are a tenth of the way of Wu et al. 2017.
/// </summary>
public sealed record AnnealingSettings
{
    /// <summary>Chains of an example, at least 2. Wu et al. have 16.</summary>
    public int Chains { get; init; } = 16;

    /// <summary>β, rising from 0 to 1; each costs <see cref="LeapfrogSteps"/> gradients of every chain. Wu et al. have 10,000.</summary>
    public IReadOnlyList<double> Schedule { get; init; } = AnnealingSchedule.Sigmoid(1000);

    /// <summary>Steps of one proposal, at least 1; every β has one.</summary>
    public int LeapfrogSteps { get; init; } = 10;

    /// <summary>
    /// Chains of an example, at least 1, that go first to find its step size at each β. The others take these sizes as they are: with sizes
    /// that followed their own path the weights' mean would no longer be p(x).
    /// </summary>
    public int PilotChains { get; init; } = 4;

    /// <summary>Step size that the pilot begins with, above 0, in standard deviations of the base.</summary>
    public double StepSize { get; init; } = 0.1;

    /// <summary>Part of proposals that the pilot wants accepted, between 0 and 1.</summary>
    public double Acceptance { get; init; } = 0.65;

    internal void Require()
    {
        ArgumentNullException.ThrowIfNull(Schedule);
        AtLeast(Chains, 2, nameof(Chains));
        AtLeast(LeapfrogSteps, 1, nameof(LeapfrogSteps));
        AtLeast(PilotChains, 1, nameof(PilotChains));
        if (!(StepSize > 0 && double.IsFinite(StepSize)))
            throw new ArgumentOutOfRangeException(nameof(StepSize), StepSize, "Expected a step size above 0.");
        if (!(Acceptance is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Acceptance), Acceptance, "Expected an acceptance between 0 and 1.");
        AnnealingSchedule.Require([.. Schedule], nameof(Schedule));
    }

    static void AtLeast(int value, int least, string name)
    {
        if (value < least) throw new ArgumentOutOfRangeException(name, value, $"Expected at least {least}, but got {value}.");
    }
}

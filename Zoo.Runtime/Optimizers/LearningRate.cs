namespace Zoo.Runtime;

/// <summary>Learning rates of <see cref="LearningRateSchedule"/>: a pure function of the update's number.</summary>
public static class LearningRate
{
    /// <summary>The learning rate of an update.</summary>
    /// <param name="schedule">How it falls.</param>
    /// <param name="rate">What is scaled: the hyperparameter as it is now.</param>
    /// <param name="steps">n, at least 1.</param>
    /// <param name="factor">γ, in [0, 1].</param>
    /// <param name="warmUp">w, at least 0: updates before the schedule begins, with the factors 1/w, 2/w, …, 1.</param>
    /// <param name="update">t + 1: 1 for the first update.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="update"/> is less than 1.</exception>
    public static float At(LearningRateSchedule schedule, float rate, float steps, float factor, float warmUp, long update)
    {
        if (update < 1) throw new ArgumentOutOfRangeException(nameof(update), update, $"Updates count from 1; {update} was given.");
        var before = Math.Floor((double)warmUp);
        return (float)(rate * (update <= before ? update / before : Factor(schedule, steps, factor, update - 1 - before)));
    }

    static double Factor(LearningRateSchedule schedule, double steps, float factor, double t)
    {
        var (last, done) = (HostArithmetic.Written(factor), Math.Min(t / steps, 1));
        return schedule switch
        {
            LearningRateSchedule.Step => HostArithmetic.Power(last, (long)Math.Floor(t / steps)),
            LearningRateSchedule.Exponential => HostArithmetic.Power(last, t / steps),
            // Not by the formula at its end, where rounding would leave a little above γ.
            LearningRateSchedule.Cosine when done < 1 => last + (1 - last) / 2 * (1 + HostArithmetic.CosineOfPi(done)),
            LearningRateSchedule.Cosine => last,
            LearningRateSchedule.Linear => 1 - (1 - last) * done,
            _ => 1,
        };
    }
}

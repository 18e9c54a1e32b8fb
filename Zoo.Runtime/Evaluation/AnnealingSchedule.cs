namespace Zoo;

/// <summary>Values of β from 0, the base, to 1, the target, for annealed importance sampling (Neal 2001).</summary>
public static class AnnealingSchedule
{
    /// <summary>At equal distances.</summary>
    /// <param name="temperatures">How many, both ends among them; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2.</exception>
    public static double[] Linear(int temperatures) => Of(temperatures, part => part);

    /// <summary>
    /// Dense at both ends: σ(δ·(2t − 1)) for t at equal distances, moved and scaled to go from 0 to 1 (Grosse, Ghahramani and Adams 2015,
    /// with δ = 4; Wu et al. 2017 evaluate decoders with it).
    /// </summary>
    /// <param name="temperatures">How many, both ends among them; at least 2.</param>
    /// <param name="steepness">δ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2, or the steepness is not above 0.</exception>
    public static double[] Sigmoid(int temperatures, double steepness = 4)
    {
        if (!(steepness > 0 && double.IsFinite(steepness)))
            throw new ArgumentOutOfRangeException(nameof(steepness), steepness, "Expected a steepness above 0.");
        // σ(t) = (1 + tanh(t/2)) / 2, which is odd about its middle.
        return Of(temperatures, part => (1 + Math.Tanh(steepness * (part - 0.5)) / Math.Tanh(steepness / 2)) / 2);
    }

    static double[] Of(int temperatures, Func<double, double> beta)
    {
        if (temperatures < 2)
            throw new ArgumentOutOfRangeException(nameof(temperatures), temperatures, $"Expected at least 2, but got {temperatures}.");
        return [0, .. Enumerable.Range(1, temperatures - 2).Select(i => beta((double)i / (temperatures - 1))), 1];
    }

    /// <summary>Refuses what does not rise from 0 to 1.</summary>
    internal static void Require(ReadOnlySpan<double> schedule, string name)
    {
        var isRising = schedule.Length >= 2 && schedule[0] == 0 && schedule[^1] == 1;
        for (var i = 1; i < schedule.Length && isRising; i++) isRising = schedule[i] > schedule[i - 1];
        if (!isRising)
            throw new ArgumentException(
                $"Expected at least two numbers that rise from 0 to 1, but got {schedule.Length} of another kind.", name);
    }
}

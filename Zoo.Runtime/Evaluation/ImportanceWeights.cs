namespace Zoo.Runtime;

/// <summary>What independent importance weights say of their mean, from their logarithms.</summary>
static class ImportanceWeights
{
    /// <summary>
    /// The logarithm of the mean, its standard deviation by the delta method, and the effective sample size (Σ w)² / Σ w² (Kong 1992). The
    /// last two are NaN where the mean is 0 or infinite.
    /// </summary>
    /// <param name="logWeights">At least 2.</param>
    public static (double LogMean, double Deviation, double EffectiveSampleSize) Summarise(ReadOnlySpan<double> logWeights)
    {
        var (count, total) = (logWeights.Length, PartitionFunction.LogSumExp(logWeights));
        if (!double.IsFinite(total)) return (total - Math.Log(count), double.NaN, double.NaN);
        var squares = 0.0;
        foreach (var weight in logWeights) squares += Math.Exp(2 * (weight - total));
        // Σ (w / w̄ − 1)² = n²·Σ (w / Σw)² − n.
        var variance = Math.Max(0, (double)count * count * squares - count) / (count - 1);
        return (total - Math.Log(count), Math.Sqrt(variance / count), 1 / squares);
    }
}

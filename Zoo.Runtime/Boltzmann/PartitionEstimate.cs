namespace Zoo;

/// <summary>An estimate of log Z by annealed importance sampling, in nats, and how far to trust it.</summary>
/// <param name="LogPartition">
/// The estimate. Forward it is too small on average, since E log Ẑ ≤ log E Ẑ = log Z; backward too large.
/// </param>
/// <param name="Deviation">
/// Its standard deviation: that of the weights' mean, relative to the mean. Where few chains carry all the weight it is too small itself:
/// look at <paramref name="EffectiveSampleSize"/>, and at both directions.
/// </param>
/// <param name="EffectiveSampleSize">(Σ w)² / Σ w², from 1, where one chain has all the weight, to the number of chains.</param>
public readonly record struct PartitionEstimate(double LogPartition, double Deviation, double EffectiveSampleSize)
{
    /// <summary>The estimate and its deviation.</summary>
    public void Deconstruct(out double logPartition, out double deviation) => (logPartition, deviation) = (LogPartition, Deviation);

    /// <summary>The estimate and its deviation.</summary>
    public static implicit operator (double LogPartition, double Deviation)(PartitionEstimate estimate) =>
        (estimate.LogPartition, estimate.Deviation);
}

namespace Zoo;

/// <summary>A model of an energy whose log p(x) = −F(x) − log Z needs log Z, which can be known or estimated.</summary>
public interface IPartitionFunction : IGenerativeModel
{
    /// <summary>log Z in nats, exactly: the states of the smaller layer are enumerated.</summary>
    /// <param name="progress">Is told how much is done, from 0 to 1; it may not call this model.</param>
    /// <exception cref="InvalidOperationException">There are more than 2²⁴ of them.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    double LogPartition(IProgress<double>? progress = null);

    /// <summary>log Z in nats by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008).</summary>
    /// <param name="seed">Seed of the draws. The first n of more chains are the same as n chains.</param>
    /// <param name="chains">Chains, at least 2.</param>
    /// <param name="temperatures">Values of β from 0 to 1 in equal steps, at least 2.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1; it may not call this model.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 2.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    PartitionEstimate EstimateLogPartition(ulong seed, int chains, int temperatures, IProgress<double>? progress = null);

    /// <summary>log p(x) = −F(x) − log Z of each example, in nats.</summary>
    /// <param name="x">One or more examples, one after the other.</param>
    /// <param name="logPartition">log Z.</param>
    /// <param name="perRow">Receives one value per example, or is empty.</param>
    /// <returns>The mean over the examples.</returns>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    double LogLikelihood(ReadOnlySpan<float> x, double logPartition, Span<double> perRow = default);
}

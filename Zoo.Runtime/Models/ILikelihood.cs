namespace Zoo;

/// <summary>A model whose log p(x), or log p(x|y), can be estimated by importance sampling (Burda et al. 2016, eq. 8).</summary>
public interface ILikelihood : IGenerativeModel
{
    /// <summary>log p of each example in nats, as the typed <c>LogLikelihood</c> of the class, which tells nobody how far it is.</summary>
    /// <param name="x">One or more examples, one after the other.</param>
    /// <param name="labels">One label per example; empty where the card's <see cref="CapabilityCard.Classes"/> is 0.</param>
    /// <param name="condition">
    /// One condition per example, one after the other; empty where the card's <see cref="CapabilityCard.Condition"/> is 0.
    /// </param>
    /// <param name="samples">Samples per example; the estimate is a lower bound in expectation that rises with them.</param>
    /// <param name="perRow">Receives one value per example, or is empty.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1; it may not call this model.</param>
    /// <returns>The mean over the examples.</returns>
    /// <exception cref="ArgumentException">A span has a length that does not fit, or <paramref name="samples"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    double LogLikelihood(
        ReadOnlySpan<float> x, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, int samples, Span<double> perRow = default,
        IProgress<double>? progress = null);
}

namespace Zoo;

/// <summary>A model whose posterior q(z|x), or q(z|x, y), is a Gaussian with a diagonal covariance.</summary>
public interface IGaussianEncoder : IEncoder
{
    /// <summary>Moments of the posterior of each example.</summary>
    /// <param name="x">Examples, one after the other.</param>
    /// <param name="labels">One label per example; empty where the card's <see cref="CapabilityCard.Classes"/> is 0.</param>
    /// <param name="condition">
    /// One condition per example, one after the other; empty where the card's <see cref="CapabilityCard.Condition"/> is 0.
    /// </param>
    /// <param name="mean">Receives for each example the card's <see cref="CapabilityCard.Size"/> means.</param>
    /// <param name="logVariance">Receives as many log-variances.</param>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Encode(
        ReadOnlySpan<float> x, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> mean, Span<float> logVariance);
}

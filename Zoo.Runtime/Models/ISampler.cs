namespace Zoo;

/// <summary>A model that draws samples of p(x), or of p(x|y) given labels or a condition.</summary>
public interface ISampler : IGenerativeModel
{
    /// <summary>Samples, as the typed <c>Sample</c> of the class: a function of what is given and of the parameters alone.</summary>
    /// <param name="seed">Seed of the draws. The first n of more samples are the same as n samples.</param>
    /// <param name="labels">One label per sample; empty where the card's <see cref="CapabilityCard.Classes"/> is 0.</param>
    /// <param name="condition">
    /// One condition per sample, one after the other; empty where the card's <see cref="CapabilityCard.Condition"/> is 0.
    /// </param>
    /// <param name="samples">Receives samples of the shape of an example, as many as fit.</param>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Sample(ulong seed, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> samples);
}

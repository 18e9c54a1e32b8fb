namespace Zoo;

/// <summary>A model that has probabilities of the label of each example.</summary>
public interface IClassifier : IGenerativeModel
{
    /// <summary>Probabilities of the labels, as the typed <c>Classify</c> of the class.</summary>
    /// <param name="seed">Seed of the draws of an encoder that draws; others do not look at it.</param>
    /// <param name="x">Examples, one after the other.</param>
    /// <param name="probabilities">Receives for each example the card's <see cref="CapabilityCard.Size"/> probabilities.</param>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Classify(ulong seed, ReadOnlySpan<float> x, Span<float> probabilities);
}

namespace Zoo;

/// <summary>A model that makes an example of the code of each example.</summary>
public interface IReconstructor : IGenerativeModel
{
    /// <summary>Reconstructions, as the typed <c>Reconstruct</c> of the class.</summary>
    /// <param name="seed">Seed of the draws of an encoder that draws; others do not look at it.</param>
    /// <param name="x">Examples, one after the other.</param>
    /// <param name="labels">One label per example; empty where the card's <see cref="CapabilityCard.Classes"/> is 0.</param>
    /// <param name="condition">
    /// One condition per example, one after the other; empty where the card's <see cref="CapabilityCard.Condition"/> is 0.
    /// </param>
    /// <param name="reconstructions">Receives as many values as <paramref name="x"/> has.</param>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Reconstruct(
        ulong seed, ReadOnlySpan<float> x, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> reconstructions);
}

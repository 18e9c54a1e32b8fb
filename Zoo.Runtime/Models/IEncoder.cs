namespace Zoo;

/// <summary>A model that has a code of each example: features, the mean of a posterior, or a draw from one.</summary>
public interface IEncoder : IGenerativeModel
{
    /// <summary>Codes of examples, as the typed <c>Encode</c> of the class; of a label and a style, the style.</summary>
    /// <param name="seed">Seed of the draws of an encoder that draws; others do not look at it.</param>
    /// <param name="x">Examples, one after the other.</param>
    /// <param name="labels">One label per example; empty where the card's <see cref="CapabilityCard.Classes"/> is 0.</param>
    /// <param name="condition">
    /// One condition per example, one after the other; empty where the card's <see cref="CapabilityCard.Condition"/> is 0.
    /// </param>
    /// <param name="codes">Receives for each example the card's <see cref="CapabilityCard.Size"/> numbers.</param>
    /// <exception cref="ArgumentException">A span has a length that does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Encode(
        ulong seed, ReadOnlySpan<float> x, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> codes);
}

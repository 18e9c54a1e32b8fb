namespace Zoo;

/// <summary>A model that measures its losses on examples without training: every generated class.</summary>
public interface IEvaluator : IGenerativeModel
{
    /// <summary>Whether <see cref="Evaluate"/> refuses examples outside the range that the losses are made for.</summary>
    bool ChecksData { get; set; }

    /// <summary>Losses of any number of examples, as the typed <c>Evaluate</c> of the class; no state is touched.</summary>
    /// <param name="x">Examples, one after the other, as many as the card's <see cref="CapabilityCard.Rows"/> divides.</param>
    /// <param name="labels">One label per example; empty where the model has none.</param>
    /// <param name="condition">One condition per example, one after the other; empty where the model has none.</param>
    /// <param name="losses">Receives means over the examples in the order of <see cref="IGenerativeModel.LossNames"/>.</param>
    /// <exception cref="ArgumentException">
    /// A span has a length that does not fit, or an example a value that <see cref="ChecksData"/> does not let pass.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range; the message has the row.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Evaluate(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, ReadOnlySpan<float> condition, Span<float> losses);
}

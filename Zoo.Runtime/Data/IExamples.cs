namespace Zoo;

/// <summary>A fixed number of examples of one size that can be read in any order: what a <see cref="BatchSource"/> draws from.</summary>
/// <remarks>A batch source calls <see cref="CopyExample"/> and <see cref="Label"/> on its own thread, so an implementation must not be
/// changed while one reads it.</remarks>
public interface IExamples
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Floats of one example.</summary>
    int ExampleSize { get; }

    /// <summary>The axes of an example that is an image; null where examples are no images, or none is told.</summary>
    ImageShape? Shape => null;

    /// <summary>
    /// Writes example <paramref name="index"/> (0 to <see cref="Count"/> − 1) to <paramref name="destination"/>, which has
    /// <see cref="ExampleSize"/> elements.
    /// </summary>
    void CopyExample(int index, Span<float> destination);

    /// <summary>The class of example <paramref name="index"/>, or −1 where examples have none.</summary>
    int Label(int index);
}

using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// One parameter of a model, read and written in PyTorch's layout whatever the layout inside: Dense weight [out, in] and bias [out].
/// Every access copies. Copy between steps: while another thread uses the model, a copy is refused.
/// </summary>
public sealed class Parameter
{
    readonly ModelState state;
    readonly ParameterDescription description;

    internal Parameter(ModelState state, ParameterDescription description)
    {
        (this.state, this.description) = (state, description);
        Layout = new StridedLayout(description, state.Description.ParameterFloats);
    }

    /// <summary>Its name: <c>encoder.dense1.weight</c>.</summary>
    public string Name => description.Name;

    /// <summary>Its shape in PyTorch's layout; empty for one number.</summary>
    public ReadOnlySpan<int> Shape => description.Shape.AsSpan();

    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public int Length => Layout.Length;

    /// <summary>Whether an optimiser updates it; running statistics are not trained.</summary>
    public bool IsTrained => description.IsTrained;

    internal StridedLayout Layout { get; }

    internal ParameterDescription Description => description;

    /// <summary>Copies the values out, row-major.</summary>
    /// <param name="destination"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyTo(Span<float> destination)
    {
        using var use = state.Enter();
        Check(destination.Length, nameof(destination));
        Layout.Gather(state.ReadParameters(), destination);
        GC.KeepAlive(state);
    }

    /// <summary>Copies values in, row-major. Values are taken as they are: NaN and infinity too. They are the parameter's average as
    /// well, where the class keeps averages.</summary>
    /// <param name="source"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        using var use = state.Enter();
        Check(source.Length, nameof(source));
        Layout.Scatter(source, state.ParameterSection);
        if (Average is { } average) Layout.Scatter(source, state.Section(average), average.Start);
        GC.KeepAlive(state);
    }

    /// <summary>
    /// Copies out what sampling, inference and evaluation read, row-major: the average where the class keeps averages
    /// (<see cref="ExponentialMovingAverageAttribute"/>) and the parameter is trained, else the values.
    /// </summary>
    /// <param name="destination"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyAverageTo(Span<float> destination)
    {
        if (Average is not { } average)
        {
            CopyTo(destination);
            return;
        }
        using var use = state.Enter();
        Check(destination.Length, nameof(destination));
        Layout.Gather(state.Read(average), destination, average.Start);
        GC.KeepAlive(state);
    }

    SectionDescription? Average => state.Description.Moments.FirstOrDefault(m => m.IsAverage && m.Covers(Layout));

    /// <summary>
    /// Makes a bias the means of data, so that a network whose last layer it belongs to begins at them: where the result is the mean of a
    /// Gaussian likelihood, say.
    /// </summary>
    /// <param name="examples">At least one, one after the other; finite numbers.</param>
    /// <param name="exampleSize">
    /// Values of an example, a multiple of <see cref="Length"/>: each element is the mean of so many neighbours, one pixel for the bias of
    /// a Dense layer, all positions of a channel for that of a convolution.
    /// </param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a value is not finite; the message has what was expected.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyMeansFrom(ReadOnlySpan<float> examples, int exampleSize)
    {
        Check(examples, exampleSize, DataRange.Finite);
        CopyFrom(Array.ConvertAll(DataMeans.Of(examples, exampleSize, Length), mean => (float)mean));
    }

    /// <summary>
    /// Makes a bias the log-odds of the means of data, so that a network whose last layer it belongs to begins at the means: where the
    /// result is the logits of a Bernoulli likelihood, or a Sigmoid behind it makes pixels. Half a value of 0 and half a one of 1 are added
    /// to those of each mean, so that none is infinite.
    /// </summary>
    /// <param name="examples">At least one, one after the other; values from 0 to 1.</param>
    /// <param name="exampleSize">As of <see cref="CopyMeansFrom"/>.</param>
    /// <inheritdoc cref="CopyMeansFrom"/>
    public void CopyLogOddsFrom(ReadOnlySpan<float> examples, int exampleSize)
    {
        Check(examples, exampleSize, DataRange.Unit);
        CopyFrom(Array.ConvertAll(DataMeans.LogOdds(examples, exampleSize, Length), odds => (float)odds));
    }

    void Check(ReadOnlySpan<float> examples, int exampleSize, DataRange range)
    {
        if (exampleSize < 1 || exampleSize % Length != 0)
            throw new ArgumentException($"Parameter '{Name}' has {Length} elements; examples of {exampleSize} values are no multiple.",
                nameof(exampleSize));
        Arguments.SomeRows(examples, exampleSize, nameof(examples));
        range.Require(examples, exampleSize, nameof(examples));
    }

    /// <summary>
    /// Copies the gradient out, row-major, as the last step or <c>Gradients</c> left it: of the mean loss over the batch. Zero before the
    /// first.
    /// </summary>
    /// <param name="destination"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyGradientTo(Span<float> destination)
    {
        using var use = state.Enter();
        Check(destination.Length, nameof(destination));
        // What no phase trains has no gradient.
        if (IsTrained) Layout.Gather(state.ReadGradients(), destination);
        else destination.Clear();
        GC.KeepAlive(state);
    }

    /// <summary>Name and shape: <c>encoder.dense1.weight [400, 784]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", description.Shape)}]";

    void Check(int actual, string argument)
    {
        if (actual != Length)
            throw new ArgumentException($"Parameter '{Name}' has {Length} elements; the span given has {actual}.", argument);
    }
}

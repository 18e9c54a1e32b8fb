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

    /// <summary>Copies values in, row-major. Values are taken as they are: NaN and infinity too.</summary>
    /// <param name="source"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        using var use = state.Enter();
        Check(source.Length, nameof(source));
        Layout.Scatter(source, state.ParameterSection);
        GC.KeepAlive(state);
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

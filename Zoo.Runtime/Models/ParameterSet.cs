using System.Collections;
using Zoo.Runtime;

namespace Zoo;

/// <summary>The parameters of a model, by name and in declaration order; layouts are PyTorch's whatever the layout inside.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    readonly ModelState state;
    readonly Parameter[] parameters;
    readonly Dictionary<string, Parameter> byName;

    internal ParameterSet(ModelState state)
    {
        this.state = state;
        parameters = [.. state.Description.Parameters.Select(description => new Parameter(state, description))];
        byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>The parameter with this ordinal.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not from 0 to <see cref="Count"/> − 1.</exception>
    public Parameter this[int index] => (uint)index < (uint)parameters.Length
        ? parameters[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The model has {parameters.Length} parameters.");

    /// <summary>The parameter with this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the names there are.</exception>
    public Parameter this[string name] => byName.TryGetValue(name, out var parameter)
        ? parameter
        : throw UnknownName.Of("parameter", name, parameters.Select(known => known.Name));

    /// <summary>Number of parameters (tensors, not floats).</summary>
    public int Count => parameters.Length;

    /// <summary>
    /// All gradients, one flat stretch in the layout inside, as the last <c>Gradients</c> left them: what an all-reduce needs. It includes
    /// padding, which is zero and must stay zero. The span looks into the model's memory: do not use it once the model is disposed or out
    /// of reach. Ask for it after every <c>Gradients</c>: on an accelerator asking is what brings the gradients to the host, and has
    /// <c>Update</c> take them from there.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public Span<float> FlatGradients
    {
        get
        {
            using var use = state.Enter();
            return state.GradientSection;
        }
    }

    /// <summary>In declaration order.</summary>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

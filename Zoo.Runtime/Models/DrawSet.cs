using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// What the last step drew, by name, enough to replay the step elsewhere: <c>epsilon</c> for a reparameterisation, <c>z</c> for codes from
/// the prior, <c>alpha</c> for interpolation, a <see cref="Noise"/> call's own name, else <c>{network}.{kind}{ordinal}</c>; with
/// <c>phase:</c> before it where there are several phases. A name that only one phase has may be given without the phase.
/// </summary>
public sealed class DrawSet
{
    readonly ModelState state;
    readonly Dictionary<string, DrawDescription> byName;

    internal DrawSet(ModelState state)
    {
        this.state = state;
        byName = state.Description.Draws.ToDictionary(draw => draw.Name, StringComparer.Ordinal);
        foreach (var draw in state.Description.Draws)
        {
            if (draw.Rows < 1 || draw.Columns < 1 || draw.RowStride < draw.Columns || draw.Offset < 0
                || draw.Offset + (draw.Rows - 1L) * draw.RowStride + draw.Columns > state.Description.ActivationFloats)
                throw new ArgumentException($"{draw} does not fit activations of {state.Description.ActivationFloats} floats.");
        }
    }

    /// <summary>The names, in the order a step draws them.</summary>
    public IEnumerable<string> Names => state.Description.Draws.Select(draw => draw.Name);

    /// <summary>Number of floats of a draw: rows × columns.</summary>
    /// <exception cref="KeyNotFoundException">There is no such draw; the message lists the names there are.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public int Length(string name)
    {
        var draw = Find(name);
        return checked(draw.Rows * draw.Columns);
    }

    /// <summary>Copies a draw of the last step out, row by row. Before the first step it is zero.</summary>
    /// <param name="name">The draw.</param>
    /// <param name="destination"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="KeyNotFoundException">There is no such draw; the message lists the names there are.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void CopyTo(string name, Span<float> destination)
    {
        using var use = state.Enter();
        var draw = Find(name);
        if (destination.Length != Length(name))
            throw new ArgumentException($"Draw '{name}' has {Length(name)} elements ({draw.Rows} × {draw.Columns}); the span given has "
                + $"{destination.Length}.", nameof(destination));
        state.Remote?.FetchDraws();
        for (var row = 0; row < draw.Rows; row++)
            state.Activations.At(draw.Offset + row * draw.RowStride).AsSpan(draw.Columns).CopyTo(destination.Slice(row * draw.Columns));
        GC.KeepAlive(state);
    }

    DrawDescription Find(string name)
    {
        state.ThrowIfDisposed();
        return PhaseNames.Find(byName, name) ?? throw UnknownName.Of("draw", name, Names);
    }
}

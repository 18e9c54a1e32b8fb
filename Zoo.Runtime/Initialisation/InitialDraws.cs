namespace Zoo.Runtime;

/// <summary>
/// The random numbers behind the first values of one parameter: a pure function of (seed, parameter name, attempt, row, column). The draw
/// is called
/// <c>init:&lt;parameter&gt;</c>, so that no draw of a step can share its key.
/// </summary>
/// <remarks>Filled by the kernels of a step on a team of one: a scalar generator made constructing a model of a million parameters take
/// seconds.</remarks>
internal sealed unsafe class InitialDraws(ulong seed, string parameter) : IDisposable
{
    readonly ulong key = Philox.DrawKey(seed, "init:" + parameter);
    readonly Worker worker = new(0, 1, WidthSwitch.Read());

    /// <summary>U[0, 1), in whole rows from <paramref name="firstRow"/> on.</summary>
    public void Uniform(Span<float> destination, int columns, int firstRow = 0)
    {
        if (destination.IsEmpty) return;
        fixed (float* address = destination)
            Draws.Uniform(worker, new Floats(address), destination.Length / columns, columns, columns, key, 0, 0, firstRow);
    }

    /// <summary>N(0, 1), in whole rows from <paramref name="firstRow"/> on.</summary>
    public void Normal(Span<float> destination, int columns, int firstRow = 0, int attempt = 0)
    {
        if (destination.IsEmpty) return;
        fixed (float* address = destination)
            Draws.Normal(worker, new Floats(address), destination.Length / columns, columns, columns, key, 0, attempt, firstRow);
    }

    /// <summary>Frees the worker's memory.</summary>
    public void Dispose() => worker.Release();
}

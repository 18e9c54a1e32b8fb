namespace Zoo.Runtime;

/// <summary>
/// The random numbers behind the first values of one parameter: a pure function of (seed, parameter name, attempt, row, column). The draw is called
/// <c>init:&lt;parameter&gt;</c>, so that no draw of a step can share its key.
/// </summary>
internal readonly struct InitialDraws(ulong seed, string parameter)
{
    readonly ulong key = Philox.DrawKey(seed, "init:" + parameter);

    /// <summary>U[0, 1).</summary>
    public float Uniform(int row, int column) => Philox.Uniform(key, 0, 0, row, column);

    /// <summary>N(0, 1).</summary>
    public float Normal(int row, int column, int attempt = 0) => Philox.Normal(key, 0, attempt, row, column);
}

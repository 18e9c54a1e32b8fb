namespace Zoo;

/// <summary>
/// Where randomness enters a network or a prior. Every draw is a pure function of (seed, step, name of the draw, row, column).
/// </summary>
/// <remarks>Read at compile time as <see cref="Tensor"/> is; called at run time each member throws
/// <see cref="InvalidOperationException"/>.</remarks>
public sealed class Noise
{
    Noise() { }

    /// <summary>Independent N(0, 1).</summary>
    /// <param name="size">Numbers per example, at least 1: a constant.</param>
    /// <param name="name">The draw's name, by which a model's draws are read back; otherwise
    /// <c>&lt;network&gt;.normal&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape [<paramref name="size"/>].</returns>
    public Tensor Normal(int size, string? name = null) => throw CompileTime.Only(nameof(Noise));

    /// <summary>Independent N(0, 1).</summary>
    /// <param name="shape">Shape of one example: constants, each at least 1.</param>
    /// <param name="name">The draw's name, by which a model's draws are read back; otherwise
    /// <c>&lt;network&gt;.normal&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape <paramref name="shape"/>.</returns>
    public Tensor Normal(int[] shape, string? name = null) => throw CompileTime.Only(nameof(Noise));

    /// <summary>Independent U[0, 1).</summary>
    /// <param name="size">Numbers per example, at least 1: a constant.</param>
    /// <param name="name">The draw's name, by which a model's draws are read back; otherwise
    /// <c>&lt;network&gt;.uniform&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape [<paramref name="size"/>].</returns>
    public Tensor Uniform(int size, string? name = null) => throw CompileTime.Only(nameof(Noise));

    /// <summary>Independent U[0, 1).</summary>
    /// <param name="shape">Shape of one example: constants, each at least 1.</param>
    /// <param name="name">The draw's name, by which a model's draws are read back; otherwise
    /// <c>&lt;network&gt;.uniform&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape <paramref name="shape"/>.</returns>
    public Tensor Uniform(int[] shape, string? name = null) => throw CompileTime.Only(nameof(Noise));

    /// <summary>A one-hot vector, its class uniform.</summary>
    /// <param name="classes">Classes, at least 1: a constant.</param>
    /// <param name="name">The draw's name, by which a model's draws are read back; otherwise
    /// <c>&lt;network&gt;.onehot&lt;ordinal&gt;</c>.</param>
    /// <returns>Shape [<paramref name="classes"/>].</returns>
    public Tensor OneHot(int classes, string? name = null) => throw CompileTime.Only(nameof(Noise));
}

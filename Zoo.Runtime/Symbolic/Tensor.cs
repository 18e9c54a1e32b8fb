namespace Zoo;

/// <summary>
/// A value per example, as a network method is written in it. Its axes exclude the batch; an empty shape is one number per example.
/// </summary>
/// <remarks>
/// The methods of this class are never run: the generator reads the calls at compile time and knows every shape. What does not fit is a
/// compiler
/// error on the call that has it. Called at run time each member throws <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed partial class Tensor
{
    Tensor() { }

    /// <summary>
    /// A raw trained parameter, the same for every example, named <c>&lt;network&gt;.&lt;name&gt;</c>. The same name in one network is the
    /// same parameter.
    /// </summary>
    /// <param name="name">Its name within the network: a constant.</param>
    /// <param name="shape">Its shape: constants, each at least 1. <c>[]</c> is one number.</param>
    /// <param name="init">Its first values. <see cref="Init.Default"/> is a compiler error here: a raw parameter has no fan.</param>
    /// <param name="gain">Factor on its first values, at least 0, as of <see cref="Dense"/>.</param>
    /// <returns>A tensor of shape <paramref name="shape"/>.</returns>
    /// <remarks>The same name with another shape or other first values in one network is a compiler error.</remarks>
    public static Tensor Parameter(string name, int[] shape, Init init = Init.Zeros, float gain = 1f) =>
        throw CompileTime.Only(nameof(Tensor));

    /// <summary>A constant: every element is <paramref name="value"/>.</summary>
    /// <param name="value">A compile-time constant.</param>
    /// <param name="shape">Its shape; none is one number per example, which broadcasts over anything.</param>
    /// <returns>A tensor of shape <paramref name="shape"/>; no gradient flows through it.</returns>
    public static Tensor Constant(float value, params int[] shape) => throw CompileTime.Only(nameof(Tensor));

    /// <summary>A constant of shape <c>[]</c>, so that <c>1f - x</c> and <c>0.5f * x</c> can be written.</summary>
    /// <param name="value">A compile-time constant.</param>
    public static implicit operator Tensor(float value) => throw CompileTime.Only(nameof(Tensor), "implicit operator Tensor");
}

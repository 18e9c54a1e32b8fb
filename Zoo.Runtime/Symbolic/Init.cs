namespace Zoo;

/// <summary>
/// First values of a parameter. Bounds and deviations are those of <c>torch.nn.init</c>; for a Dense weight [out, in], fan_in = in and
/// fan_out = out. A layer's <c>gain</c> multiplies whatever is drawn. Every value is a pure function of (seed, parameter name, index in
/// PyTorch's layout).
/// </summary>
public enum Init
{
    /// <summary>
    /// What <see cref="InitialisationAttribute"/> says, and else PyTorch's own default for the layer: U(−1/√fan_in, 1/√fan_in) for the
    /// weight and the bias of Dense. It has no meaning for a raw parameter (<see cref="Tensor.Parameter"/>), which has no fan: a compiler
    /// error there.
    /// </summary>
    Default,

    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,

    /// <summary>U(−b, b) with b = √(6 / fan_in): He et al. 2015, eq. 10, as a uniform distribution of the same variance.</summary>
    HeUniform,

    /// <summary>N(0, 2 / fan_in): He et al. 2015, eq. 10.</summary>
    HeNormal,

    /// <summary>U(−b, b) with b = √(6 / (fan_in + fan_out)): Glorot and Bengio 2010, eq. 16.</summary>
    GlorotUniform,

    /// <summary>N(0, 2 / (fan_in + fan_out)): the variance of Glorot and Bengio 2010, eq. 12.</summary>
    GlorotNormal,

    /// <summary>N(0, 0.02²): Radford et al. 2016 (DCGAN).</summary>
    Normal002,

    /// <summary>
    /// Orthonormal rows (columns where there are more rows than columns) of the matrix [shape[0], product of the rest], times the layer's
    /// <c>gain</c>: Saxe et al. 2014. At least two axes, else a compiler error.
    /// </summary>
    Orthogonal,

    /// <summary>N(0, 0.01²): Hinton 2012, "A Practical Guide to Training Restricted Boltzmann Machines", section 8.</summary>
    Normal001,

    /// <summary>All ½.</summary>
    Halves,

    /// <summary>U(−1/√fan_in, 1/√fan_in): PyTorch's own, for a layer of a class that says something else.</summary>
    FanIn,

    /// <summary>N(0, 1): with a layer's <c>gain</c> a normal distribution of that deviation.</summary>
    Normal,

    /// <summary>U(−1, 1): with a layer's <c>gain</c> a uniform distribution with that bound.</summary>
    Uniform,
}

namespace Zoo;

/// <summary>Priors to call from a <c>Prior</c> method: laws of codes that can be drawn, and whose density nothing asks for.</summary>
/// <remarks>Read at compile time as <see cref="Tensor"/> is; called at run time each member throws
/// <see cref="InvalidOperationException"/>.</remarks>
public static class Priors
{
    /// <summary>Independent N(0, deviation²).</summary>
    /// <param name="n">Where the draw comes from.</param>
    /// <param name="size">Numbers of a code, at least 1: a constant.</param>
    /// <param name="deviation">σ, above 0: a constant.</param>
    /// <returns>Shape [<paramref name="size"/>].</returns>
    public static Tensor Gaussian(Noise n, int size, float deviation = 1f) => throw CompileTime.Only(nameof(Priors));

    /// <summary>
    /// Elongated 2-D Gaussians around the origin, like petals (Makhzani et al. 2016, figure 4): component k of K has its mean at distance
    /// 1.4 in the direction 2πk/K, standard deviation 0.5 along that direction and 0.05 across it.
    /// </summary>
    /// <param name="n">Where the draw comes from.</param>
    /// <param name="label">One-hot of the component, shape [<paramref name="components"/>]; without one it is drawn uniformly.</param>
    /// <param name="components">K, at least 1: a constant.</param>
    /// <returns>Shape [2]; mean 0 and E|z|² = 1.4² + 0.5² + 0.05² over uniform components.</returns>
    public static Tensor GaussianMixture(Noise n, Tensor? label = null, int components = 10) => throw CompileTime.Only(nameof(Priors));

    /// <summary>
    /// A spiral of two turns in the plane (Makhzani et al. 2016, figure 4): (r·cos φ, r·sin φ) with r = 3√t, φ = 4π√t, so that r = 3φ/4π.
    /// t is uniform in [0, 1), or in [k/C, (k + 1)/C) for class k of C: labels follow one another along the spiral.
    /// </summary>
    /// <param name="n">Where the draw comes from.</param>
    /// <param name="label">One-hot of the part, shape [C]; without one t is uniform over all of them.</param>
    /// <returns>Shape [2]; E|z|² = 9/2 over uniform parts.</returns>
    public static Tensor SwissRoll(Noise n, Tensor? label = null) => throw CompileTime.Only(nameof(Priors));
}

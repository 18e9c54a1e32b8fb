namespace Zoo;

/// <summary>
/// A Gaussian with a diagonal covariance: log p(x) = −½ Σ [(x − μ)²·e^(−s) + s + log 2π] with s = log σ², in nats, for any finite x.
/// </summary>
public sealed class Gaussian : Distribution
{
    /// <summary>The Gaussian of mean μ and log-variance log σ².</summary>
    /// <param name="mean">μ.</param>
    /// <param name="logVariance">log σ², natural logarithm: the shape of <paramref name="mean"/>, or one that broadcasts to it.</param>
    public Gaussian(Tensor mean, Tensor logVariance) => throw CompileTime.Only(nameof(Gaussian), "new");

    /// <summary>N(0, I).</summary>
    /// <param name="shape">Shape of one example: constants, each at least 1.</param>
    public static Gaussian Standard(params int[] shape) => throw CompileTime.Only(nameof(Gaussian));

    /// <summary>log σ², in the shape of the mean.</summary>
    public Tensor LogVariance => throw CompileTime.Only(nameof(Gaussian));

    /// <summary>
    /// KL(this ‖ <paramref name="other"/>), nats, closed form, summed over the axes of an example: shape []. With p = this and q =
    /// <paramref name="other"/>:
    /// ½ Σ [e^(s_p − s_q) + (μ_p − μ_q)²·e^(−s_q) − 1 + s_q − s_p]; for q = N(0, I) the sum of Kingma and Welling 2014, appendix B.
    /// </summary>
    /// <param name="other">A Gaussian of the same shape.</param>
    public Tensor Divergence(Gaussian other) => throw CompileTime.Only(nameof(Gaussian));
}

namespace Zoo;

/// <summary>What an encoder or a decoder returns: a distribution with independent elements, one per element of an example.</summary>
/// <remarks>Read at compile time as <see cref="Tensor"/> is; called at run time each member throws
/// <see cref="InvalidOperationException"/>.</remarks>
public abstract class Distribution
{
    private protected Distribution() { }

    /// <summary>log p(x), nats, summed over the axes of an example: shape [].</summary>
    /// <param name="x">The shape of the distribution; from 0 to 1 for a Bernoulli, any finite number for a Gaussian, a one-hot
    /// vector for a Categorical.</param>
    public Tensor LogProbability(Tensor x) => throw CompileTime.Only(nameof(Distribution));

    /// <summary>
    /// One draw per example. A Gaussian's is reparameterised, mean + e^(½ log variance)·ε with ε ~ N(0, I) (Kingma and Welling 2014,
    /// section 2.4), so that gradients
    /// reach its parameters; a Bernoulli's is 0 or 1, a Categorical's a one-hot vector, and neither has a gradient.
    /// </summary>
    /// <param name="noise">Where the draw comes from.</param>
    /// <returns>The shape of the distribution.</returns>
    public Tensor Sample(Noise noise) => throw CompileTime.Only(nameof(Distribution));

    /// <summary>Mean: the shape of the distribution; for a Bernoulli and a Categorical the probabilities.</summary>
    public Tensor Mean => throw CompileTime.Only(nameof(Distribution));

    /// <summary>Entropy in nats, summed over the axes of an example: shape [].</summary>
    public Tensor Entropy() => throw CompileTime.Only(nameof(Distribution));
}

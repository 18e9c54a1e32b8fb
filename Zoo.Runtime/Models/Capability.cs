namespace Zoo;

/// <summary>
/// What can be asked of a model beside training, which follows from its declaration: each is an interface that the generated class
/// implements, and an entry of its card.
/// </summary>
public enum Capability
{
    /// <summary>Losses of examples: <see cref="IEvaluator"/>. Every model can.</summary>
    Evaluate,

    /// <summary>Samples of p(x), or of p(x|y): <see cref="ISampler"/>.</summary>
    Sample,

    /// <summary>Samples by a Markov chain of a length that the caller says: <see cref="IGibbsSampler"/>.</summary>
    GibbsSample,

    /// <summary>A code of each example: <see cref="IEncoder"/>.</summary>
    Encode,

    /// <summary>Mean and log-variance of a Gaussian posterior q(z|x): <see cref="IGaussianEncoder"/>.</summary>
    EncodeMoments,

    /// <summary>What the model makes of the code of each example: <see cref="IReconstructor"/>.</summary>
    Reconstruct,

    /// <summary>Probabilities of the label of each example: <see cref="IClassifier"/>.</summary>
    Classify,

    /// <summary>log p(x) by importance sampling: <see cref="ILikelihood"/>.</summary>
    LogLikelihood,

    /// <summary>log Z of an energy-based model, and with it log p(x): <see cref="IPartitionFunction"/>.</summary>
    PartitionFunction,
}

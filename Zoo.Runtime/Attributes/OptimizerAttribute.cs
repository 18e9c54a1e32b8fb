namespace Zoo;

/// <summary>
/// How parameters are updated: on the class (all phases), or narrowed to a network or a phase. Values are initial: they become
/// hyperparameters
/// (<c>learning_rate</c>, <c>weight_decay</c>, …), can be changed between steps, and are saved.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>Step size, at least 0.</summary>
    public float LearningRate { get; set; }

    /// <summary>λ: λw is added to the gradient, as PyTorch's Adam, SGD and RMSprop do (L2, not decoupled); at least 0.</summary>
    public float WeightDecay { get; set; }

    /// <summary>
    /// Above 0: the gradient of all that the phase trains is scaled to at most this Euclidean norm (Pascanu et al. 2013, algorithm 1), as
    /// <c>torch.nn.utils.clip_grad_norm_</c> does. 0: off.
    /// </summary>
    public float ClipNorm { get; set; }

    /// <summary>Name of the one network this optimiser updates; all where null.</summary>
    public string? For { get; set; }

    /// <summary>Name of the one phase this optimiser belongs to; all where null.</summary>
    public string? Phase { get; set; }
}

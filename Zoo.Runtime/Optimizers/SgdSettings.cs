namespace Zoo.Runtime;

/// <summary>Stochastic gradient descent, with momentum as PyTorch has it (no dampening): b ← μ·b + g, the learning rate outside.</summary>
/// <param name="LearningRate">α.</param>
/// <param name="Momentum">μ; 0 for none, and then the buffer is not touched.</param>
/// <param name="IsNesterov">Whether the step is along g + μ·b (Nesterov 1983, in the form of Sutskever et al. 2013) instead of b.</param>
/// <param name="WeightDecay">Times the parameter, added to the gradient.</param>
/// <param name="Scale">Factor on the gradient, for clipping; 1 for none.</param>
/// <param name="IsFirst">Whether this is the first step, at which b = g.</param>
/// <param name="Retention">Factor on the parameter before its step, of decoupled weight decay (SGDW); 1 for none.</param>
public readonly record struct SgdSettings(
    float LearningRate, float Momentum, bool IsNesterov, float WeightDecay, float Scale, bool IsFirst, float Retention = 1);

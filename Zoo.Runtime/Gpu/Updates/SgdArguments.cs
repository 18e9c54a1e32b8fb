namespace Zoo.Runtime;

/// <summary>
/// <see cref="SgdSettings"/> as a kernel takes them: a launch copies its arguments bit by bit, and truth values have no fixed form there.
/// </summary>
/// <param name="LearningRate">α.</param>
/// <param name="Momentum">μ.</param>
/// <param name="IsNesterov">1 for a step along g + μ·b, 0 for one along b.</param>
/// <param name="WeightDecay">Times the parameter, added to the gradient.</param>
/// <param name="Scale">Factor on the gradient.</param>
/// <param name="IsFirst">1 at the first step, else 0.</param>
/// <param name="Retention">Factor on the parameter before its step.</param>
public readonly record struct SgdArguments(
    float LearningRate, float Momentum, int IsNesterov, float WeightDecay, float Scale, int IsFirst, float Retention = 1)
{
    /// <summary>The settings of one step.</summary>
    public static SgdArguments From(in SgdSettings settings) => new(
        settings.LearningRate, settings.Momentum, settings.IsNesterov ? 1 : 0, settings.WeightDecay, settings.Scale,
        settings.IsFirst ? 1 : 0, settings.Retention);

    internal SgdSettings Settings => new(LearningRate, Momentum, IsNesterov != 0, WeightDecay, Scale, IsFirst != 0, Retention);
}

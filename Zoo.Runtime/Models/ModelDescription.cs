using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>
/// All that the runtime must know of a model class. Emitted code constructs one, static, per class; nothing here is found by reflection.
/// </summary>
/// <param name="Name">The class, for messages.</param>
/// <param name="Variant">The variant: <c>vae</c>. A full checkpoint of another variant is refused.</param>
/// <param name="Fingerprint">A hash over names and shapes of parameters, moments, hyperparameters and phases; not over the name of the
/// class, which may change.</param>
/// <param name="BatchSize">Examples in a training batch.</param>
/// <param name="Parameters">In declaration order.</param>
/// <param name="ParameterFloats">Length of a section in floats: all parameters and their padding. The parameter section starts at
/// 0.</param>
/// <param name="GradientOffset">Float offset of the gradient section in the state arena.</param>
/// <param name="GradientFloats">Length of that section: parameters that are trained come first.</param>
/// <param name="Moments">What the optimisers keep, by phase; then averages of the parameters.</param>
/// <param name="Hyperparameters">In declaration order.</param>
/// <param name="Draws">In the order a step makes them.</param>
/// <param name="LossNames">In the order a step writes them.</param>
/// <param name="Phases">At least one. Where there is one, its name appears in no key.</param>
/// <param name="StateFloats">Length of the state arena.</param>
/// <param name="ActivationFloats">Length of the activation arena.</param>
public sealed record ModelDescription(
    string Name,
    string Variant,
    string Fingerprint,
    int BatchSize,
    ImmutableArray<ParameterDescription> Parameters,
    int ParameterFloats,
    int GradientOffset,
    int GradientFloats,
    ImmutableArray<SectionDescription> Moments,
    ImmutableArray<HyperparameterDescription> Hyperparameters,
    ImmutableArray<DrawDescription> Draws,
    ImmutableArray<string> LossNames,
    ImmutableArray<PhaseDescription> Phases,
    int StateFloats,
    int ActivationFloats)
{
    /// <summary>
    /// Options that change what the numbers mean and no name or shape: <c>Variance</c> and <c>0.25</c>. One that others are of comes before
    /// them.
    /// </summary>
    public ImmutableArray<ModelOption> Options { get; init; } = [];
}

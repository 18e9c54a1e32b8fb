namespace Zoo;

/// <summary>What the compiler knows of a model class before it runs.</summary>
/// <param name="Name">The class.</param>
/// <param name="Variant">The variant: <c>vae</c>.</param>
/// <param name="Parameters">Numbers that training changes or keeps, padding not counted.</param>
/// <param name="FlopsPerStep">Floating-point operations of the matrix products of one step, forward and backward, a multiply-add counted as
/// two.</param>
/// <param name="StateBytes">Bytes of parameters, gradients, moments and hyperparameters.</param>
/// <param name="ActivationBytes">Bytes of everything else that a step writes.</param>
/// <param name="Layers">The layers, in declaration order.</param>
public sealed record ModelCard(string Name, string Variant, long Parameters, long FlopsPerStep, long StateBytes, long ActivationBytes,
    IReadOnlyList<LayerCard> Layers);

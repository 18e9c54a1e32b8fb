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
    IReadOnlyList<LayerCard> Layers)
{
    /// <summary>What the class is: the summary of its documentation comment as plain text; empty where it has none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Shape of an example, channels first.</summary>
    public IReadOnlyList<int> Input { get; init; } = [];

    /// <summary>Examples in a training batch.</summary>
    public int BatchSize { get; init; }

    /// <summary>A step takes a label from 0 to this number, exclusive, with each example; 0: it takes none.</summary>
    public int Classes { get; init; }

    /// <summary>A step takes a condition of so many numbers with each example; 0: it takes none.</summary>
    public int Condition { get; init; }

    /// <summary>What can be asked of the model beside training, each an interface of the class.</summary>
    public IReadOnlyList<CapabilityCard> Capabilities { get; init; } = [];

    /// <summary>
    /// What each phase of training and what sampling is made of, as drawings show it; a phase that calls networks more than 64 times is not
    /// among them.
    /// </summary>
    public IReadOnlyList<ProgramStructure> Structure { get; init; } = [];
}

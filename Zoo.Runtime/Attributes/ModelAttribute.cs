namespace Zoo;

/// <summary>
/// A model with its own losses: one or several static methods with <see cref="PhaseAttribute"/>, functions of the batch <c>x</c>, of labels
/// or a condition <c>y</c> and of noise <c>n</c>, each returning one loss or a tuple of named losses whose sum is minimised, mean over the
/// batch of what they are for each example. Networks are methods with <see cref="NetworkAttribute"/>.
/// </summary>
public sealed class ModelAttribute : ModelAttributeBase
{
    /// <summary>Number of classes: <c>y</c> is then the one-hot row of a label that <c>Step</c> takes. 0: none.</summary>
    public int Classes { get; set; }

    /// <summary>Shape of a condition: <c>y</c> is then a condition that <c>Step</c> takes. Empty: none.</summary>
    public int[] Condition { get; set; } = [];
}

/// <summary>
/// A static method whose losses are minimised by turns with those of other phases, in order of declaration. It owns no parameters, and it
/// alone may look across the batch (<see cref="Tensor.BatchMean"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PhaseAttribute : Attribute
{
    /// <summary>Names of the networks whose parameters this phase updates; all that its losses reach where empty.</summary>
    public string[] Trains { get; set; } = [];

    /// <summary>How many calls of <c>Step</c> run this phase for one that runs the phases after it; at least 1.</summary>
    public int Repeat { get; set; } = 1;
}

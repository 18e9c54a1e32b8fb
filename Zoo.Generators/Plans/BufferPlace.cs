using System.Linq;

namespace Zoo.Generators.Plans;

/// <summary>What memory a buffer lies in.</summary>
public enum Arena
{
    /// <summary>Parameters and gradients.</summary>
    State,

    /// <summary>Hyperparameters, the step count and the row count, which the host writes.</summary>
    Scalars,

    /// <summary>Draws, results and what is between kernels.</summary>
    Activations,

    /// <summary>Data of the caller.</summary>
    Input,
}

/// <summary>Where a buffer lies once memory is planned.</summary>
/// <param name="Arena">The memory.</param>
/// <param name="Start">Floats from its beginning, or the ordinal of an input.</param>
public readonly record struct BufferPlace(Arena Arena, int Start)
{
    public static BufferPlace Of(int buffer, ProgramPlan program, ModelPlan plan, StateTable layout)
    {
        BufferPlace Scalar(int offset) => new(Arena.Scalars, offset - layout.HyperparameterOffset);
        return program.Buffers[buffer] switch
        {
            { Kind: BufferKind.Parameter, Name: var name } => new(Arena.State, plan.PlaceOf(name)),
            { Kind: BufferKind.Gradient, Name: var name } => new(Arena.State, layout.GradientOffset + plan.PlaceOf(name)),
            { Kind: BufferKind.Hyperparameter, Name: var name } => Scalar(layout.Hyperparameter(name)),
            { Kind: BufferKind.StepCount } => Scalar(layout.StepCountOffset),
            { Kind: BufferKind.RowCount } => Scalar(layout.RowCountOffset),
            { Kind: BufferKind.Input, Name: var name } => new(Arena.Input, program.Inputs.ToList().IndexOf(name)),
            var planned => new(Arena.Activations, planned.Offset),
        };
    }
}

using System.Collections.Generic;
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
    /// <summary>The places of a program's buffers, by their ordinals.</summary>
    public static IReadOnlyList<BufferPlace> Of(ProgramPlan program, ModelPlan plan, StateTable layout)
    {
        var storages = plan.Storages.ToDictionary(s => s.Storage.Name, s => s.Offset);
        // Only what is trained has an average.
        var averages = plan.ReadsAverages(program)
            ? plan.Storages.Where(s => s.Storage.IsTrained).ToDictionary(s => s.Storage.Name, s => layout.AverageOffset + s.Offset)
            : [];
        var inputs = program.Inputs.ToList();
        BufferPlace Scalar(int offset) => new(Arena.Scalars, offset - layout.HyperparameterOffset);
        return
        [
            .. program.Buffers.Select(buffer => buffer switch
            {
                { Kind: BufferKind.Parameter, Name: var name } when averages.TryGetValue(name, out var average) => new BufferPlace(
                    Arena.State, average),
                { Kind: BufferKind.Parameter or BufferKind.State or BufferKind.NextState, Name: var name } => new(Arena.State,
                    storages[name]),
                { Kind: BufferKind.Gradient, Name: var name } => new(Arena.State, layout.GradientOffset + storages[name]),
                { Kind: BufferKind.Hyperparameter, Name: var name } => Scalar(layout.Hyperparameter(name)),
                { Kind: BufferKind.StepCount } => Scalar(layout.StepCountOffset),
                { Kind: BufferKind.RowCount } => Scalar(layout.RowCountOffset),
                { Kind: BufferKind.Input, Name: var name } => new(Arena.Input, inputs.IndexOf(name)),
                var planned => new(Arena.Activations, planned.Offset),
            }),
        ];
    }
}

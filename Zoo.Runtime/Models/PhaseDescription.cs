using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>A part of training: what it runs and when it is due.</summary>
/// <param name="Name">In snake case, as names of its hyperparameters, draws and moments begin.</param>
/// <param name="Every">It is due at every so many steps: at step s, counted from 1, where s is a multiple.</param>
/// <param name="IsSimultaneous">Whether it takes its gradients before the phase in front of it moves any weight.</param>
/// <param name="GradientsProgram">Ordinal of the program that computes losses and gradients.</param>
/// <param name="TrainingProgram">Ordinal of the program that computes gradients alone.</param>
/// <param name="UpdateProgram">Ordinal of the update.</param>
/// <param name="SharedPrograms">Programs that compute what this phase shares with others: to be run before its own, once a step.</param>
public sealed record PhaseDescription(
    string Name, int Every, bool IsSimultaneous, int GradientsProgram, int TrainingProgram, int UpdateProgram,
    ImmutableArray<int> SharedPrograms)
{
    /// <summary>What runs before the gradients' program, each program so many times.</summary>
    public ImmutableArray<LoopDescription> Loops
    {
        get;
        init
        {
            field = value;
            Passes = 1 + value.Sum(loop => loop.Times);
        }
    } = [];

    /// <summary>Runs of a step that make draws of their own: those of the loops, then the gradients'.</summary>
    public int Passes { get; private init; } = 1;

    /// <summary>Whether the phase takes part in the step after so many completed ones.</summary>
    public bool IsDue(long steps) => (steps + 1) % Every == 0;
}

using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Plans;

/// <summary>The state arena: parameters, gradients, one section for each moment that an optimiser keeps, then scalars.</summary>
public sealed class StateLayout
{
    /// <summary>Names of hyperparameters in their order in memory.</summary>
    public IReadOnlyList<string> Hyperparameters { get; }

    /// <summary>PyTorch's names of the moments, in order.</summary>
    public IReadOnlyList<string> Moments { get; }

    public int GradientOffset { get; }

    public int HyperparameterOffset { get; }

    public int StepCountOffset { get; }

    /// <summary>The host writes it together with the step count.</summary>
    public int RowCountOffset => StepCountOffset + 1;

    /// <summary>Hyperparameters, the step count and the row count: what the host gives a program beside its data.</summary>
    public int Scalars => Hyperparameters.Count + 2;

    public int StateFloats { get; }

    readonly int section;

    public StateLayout(ModelPlan plan)
    {
        section = plan.SectionFloats;
        GradientOffset = section;
        Moments = [.. plan.Optimizers.SelectMany(OptimizerFacts.Moments).Distinct()];
        Hyperparameters = [.. plan.Optimizers.SelectMany(OptimizerFacts.Hyperparameters), .. plan.Hyperparameters];
        HyperparameterOffset = checked(section * (2 + Moments.Count));
        StepCountOffset = HyperparameterOffset + Hyperparameters.Count;
        StateFloats = (RowCountOffset + 16) / 16 * 16;
    }

    public int MomentOffset(string moment) => section * (2 + Moments.ToList().IndexOf(moment));

    public int Hyperparameter(string name) => HyperparameterOffset + Hyperparameters.ToList().IndexOf(name);
}

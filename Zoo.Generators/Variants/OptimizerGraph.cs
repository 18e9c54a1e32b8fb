using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>What becomes of a learning rate: <c>Zoo.LearningRateSchedule</c> has the same members.</summary>
public enum RateSchedule
{
    /// <summary>Nothing.</summary>
    Constant,

    /// <summary>A factor at every so many updates.</summary>
    Step,

    /// <summary>The same, a little at every update.</summary>
    Exponential,

    /// <summary>Half a wave of a cosine.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}

/// <summary>An optimiser with the names of its hyperparameters; their values are not part of the graph, since they are state.</summary>
/// <param name="Kind">Adam, Sgd, RmsProp.</param>
/// <param name="Prefix">Before the names of its hyperparameters: empty, <c>encoder.</c>, or <c>critic:</c> and more.</param>
/// <param name="HasMomentum">Sgd: whether it keeps a momentum buffer.</param>
/// <param name="IsNesterov">Sgd.</param>
/// <param name="ClipsNorm">Whether the gradient's norm is limited.</param>
/// <param name="IsDecoupled">Whether weights decay beside the gradient.</param>
/// <param name="Schedule">What becomes of the learning rate.</param>
/// <param name="WarmsUp">Whether the learning rate rises first.</param>
public sealed record OptimizerGraph(
    string Kind, string Prefix, bool HasMomentum, bool IsNesterov, bool ClipsNorm, bool IsDecoupled = false,
    RateSchedule Schedule = RateSchedule.Constant, bool WarmsUp = false)
{
    /// <param name="attribute">The attribute, or null for the default: Adam.</param>
    /// <param name="phasePrefix">Before every name of the phase.</param>
    public static OptimizerGraph Of(OptimizerTrace? attribute, string phasePrefix) => attribute is null
        ? new("Adam", phasePrefix, false, false, false)
        : new(
            attribute.Kind, phasePrefix + (attribute.For is { } network ? Naming.SnakeCase(network) + "." : ""),
            attribute.Values.Float("Momentum", 0) != 0,
            attribute.Values.Flag("Nesterov"), attribute.Values.Float("ClipNorm", 0) > 0, attribute.Values.Flag("DecoupledWeightDecay"),
            (RateSchedule)attribute.Values.Int("Schedule", 0), attribute.Values.Int("ScheduleWarmUp", 0) > 0);

    /// <summary>Whether an update's learning rate is another than the hyperparameter.</summary>
    public bool HasSchedule => Schedule != RateSchedule.Constant || WarmsUp;

    /// <summary>PyTorch's names of what it keeps for each parameter.</summary>
    public IReadOnlyList<string> Moments => Kind switch
    {
        "Adam" => ["exp_avg", "exp_avg_sq"],
        "RmsProp" => ["square_avg"],
        _ => HasMomentum ? ["momentum_buffer"] : [],
    };

    /// <summary>Properties of the optimiser's attribute that are state.</summary>
    public IEnumerable<OptionSpec> Properties
    {
        get
        {
            var own = Kind switch { "Adam" => new[] { "Beta1", "Beta2", "Epsilon" }, "RmsProp" => ["Alpha", "Epsilon"],
                _ => HasMomentum ? ["Momentum"] : [] };
            var names = own.Prepend("LearningRate").Append("WeightDecay");
            if (ClipsNorm) names = names.Append("ClipNorm");
            if (Schedule != RateSchedule.Constant) names = names.Append("ScheduleSteps").Append("ScheduleFactor");
            if (WarmsUp) names = names.Append("ScheduleWarmUp");
            return names.Select(n => Property(Kind, n));
        }
    }

    /// <summary>Full name of the hyperparameter that a property is.</summary>
    public string Hyperparameter(OptionSpec property) => Prefix + Naming.SnakeCase(property.Name);

    /// <summary>Properties that any optimiser has, with the defaults of a kind.</summary>
    public static IEnumerable<OptionSpec> AllProperties(string kind) =>
        new[] { "LearningRate", "WeightDecay", "ClipNorm", "Momentum", "Beta1", "Beta2", "Alpha", "Epsilon", "ScheduleSteps",
            "ScheduleFactor", "ScheduleWarmUp" }.Select(n => Property(kind, n));

    static OptionSpec Property(string kind, string name) => name switch
    {
        "LearningRate" => new(name, kind == "Sgd" ? 1e-2f : 1e-3f, ValueRange.NotNegative),
        "Beta1" => new(name, 0.9f, ValueRange.Fraction),
        "Beta2" => new(name, 0.999f, ValueRange.Fraction),
        // As PyTorch's documentation has it: a buffer that does not decay only grows.
        "Momentum" => new(name, 0, ValueRange.Fraction),
        "Alpha" => new(name, 0.99f, ValueRange.Fraction),
        "Epsilon" => new(name, 1e-8f, ValueRange.Positive),
        "ScheduleSteps" => new(name, 0, ValueRange.PositiveCount),
        "ScheduleFactor" => new(name, 0.1f, ValueRange.Proportion),
        "ScheduleWarmUp" => new(name, 0, ValueRange.Count),
        _ => new(name, 0, ValueRange.NotNegative),
    };
}

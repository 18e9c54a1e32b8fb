using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Plans;

/// <summary>Moments and hyperparameters of each kind of optimiser, in one order for all stages.</summary>
public static class OptimizerFacts
{
    /// <summary>PyTorch's names.</summary>
    public static IEnumerable<string> Moments(OptimizerGraph optimizer) => optimizer.Kind switch
    {
        "Adam" => ["exp_avg", "exp_avg_sq"],
        "RmsProp" => ["square_avg"],
        _ => optimizer.HasMomentum ? ["momentum_buffer"] : [],
    };

    /// <summary>Names as users see them, with the optimiser's prefix.</summary>
    public static IEnumerable<string> Hyperparameters(OptimizerGraph optimizer) =>
        Properties(optimizer).Select(p => optimizer.Prefix + Graphs.Naming.SnakeCase(p));

    /// <summary>Properties of the optimiser's attribute that are state.</summary>
    public static IEnumerable<string> Properties(OptimizerGraph optimizer)
    {
        yield return "LearningRate";
        foreach (var own in optimizer.Kind switch { "Adam" => new[] { "Beta1", "Beta2", "Epsilon" }, "RmsProp" => ["Alpha", "Epsilon"], _ => optimizer.HasMomentum ? ["Momentum"] : [] })
            yield return own;
        yield return "WeightDecay";
        if (optimizer.ClipsNorm) yield return "ClipNorm";
    }

    /// <summary>What the attribute's property has where it is not written.</summary>
    public static float Default(string kind, string property) => property switch
    {
        "LearningRate" => kind == "Sgd" ? 1e-2f : 1e-3f,
        "Beta1" => 0.9f,
        "Beta2" => 0.999f,
        "Epsilon" => 1e-8f,
        "Alpha" => 0.99f,
        _ => 0,
    };
}

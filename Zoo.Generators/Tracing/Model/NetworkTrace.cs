using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>What a network returns.</summary>
public enum OutputKind
{
    /// <summary>Root <c>value</c>.</summary>
    Tensor,
    /// <summary>Roots <c>mean</c> and <c>log_variance</c>.</summary>
    Gaussian,
    /// <summary>Root <c>logits</c>.</summary>
    Bernoulli,
}

/// <summary>A network as a function: <see cref="Op.Input"/> nodes named after its parameters, one row per example, and its results.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Names of the tensor parameters, in order.</param>
/// <param name="Kind">What it returns.</param>
/// <param name="Outputs">The results by name.</param>
/// <param name="Site">Ordinal of the method's name among the sites, for diagnostics.</param>
public sealed record NetworkTrace(string Name, EquatableArray<string> Parameters, OutputKind Kind, Roots Outputs, int Site);

using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Tracing;

/// <summary>First values of the layers of a class, or of one of its networks: an <c>[Initialisation]</c>.</summary>
/// <param name="Weight">Member of <c>Zoo.Init</c>.</param>
/// <param name="Gain">Factor on a weight's.</param>
/// <param name="Bias">Member of <c>Zoo.Init</c>.</param>
/// <param name="For">Network it is narrowed to, or null.</param>
public sealed record FirstValues(string Weight, float Gain, string Bias, string? For)
{
    /// <summary>PyTorch's own, which a layer has whose class says nothing.</summary>
    public static FirstValues Default { get; } = new("Default", 1, "Default", null);

    /// <summary>What counts for a network: what is narrowed to it, else what is said of all.</summary>
    public static FirstValues Of(IReadOnlyList<FirstValues> declared, string network) =>
        declared.FirstOrDefault(d => d.For == network) ?? declared.FirstOrDefault(d => d.For is null) ?? Default;

    /// <summary>Those of a weight whose layer asks for something, or for <c>Default</c>.</summary>
    public (string Init, float Gain) OfWeight(string asked, float gain) => asked == "Default" ? (Weight, Gain * gain) : (asked, gain);

    /// <summary>Those of a bias.</summary>
    public string OfBias(string asked) => asked == "Default" ? Bias : asked;
}

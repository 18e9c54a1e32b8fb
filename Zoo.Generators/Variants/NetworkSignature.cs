using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>A network that a variant looks for, with the signatures that it may have.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Alternatives: names of the parameters. <c>n</c> is a <c>Noise</c>, all others are tensors.</param>
/// <param name="Returns">Alternatives: what it returns, one kind, or several for a tuple.</param>
/// <param name="IsRequired">Whether the class must have it.</param>
public sealed record NetworkSignature(
    string Name, IReadOnlyList<IReadOnlyList<string>> Parameters, IReadOnlyList<IReadOnlyList<OutputKind>> Returns, bool IsRequired = true)
{
    /// <summary>A network with one signature.</summary>
    public NetworkSignature(string name, string[] parameters, OutputKind[] returns, bool isRequired = true)
        : this(name, [parameters], [.. returns.Select(r => new[] { r })], isRequired) { }

    /// <summary>
    /// Whether it may look across the batch. What it makes of that is there in training and where whole batches are evaluated; that no
    /// member needs it, which runs row by row, is the variant's to check.
    /// </summary>
    public bool SeesBatch { get; init; }
}

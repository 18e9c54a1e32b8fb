using System.Collections.Generic;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>Variational auto-encoder (Kingma and Welling 2014).</summary>
public sealed class Vae : VariationalAutoencoder
{
    public override string Name => "Vae";

    public override IReadOnlyList<OptionSpec> Options => OfBound;

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", ["x"], [OutputKind.Gaussian]),
        new("Prior", [], [OutputKind.Gaussian], isRequired: false),
        new("Decoder", ["z"], [OutputKind.Bernoulli, OutputKind.Gaussian]),
    ];
}

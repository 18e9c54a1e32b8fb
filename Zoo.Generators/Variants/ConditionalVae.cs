using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Conditional variational auto-encoder (Kingma et al. 2014, section 2; Sohn et al. 2015): encoder, decoder and, where there is one, the
/// prior network are given y, a label or numbers of a shape. The divergence from a learned prior p(z|y) is that of two diagonal Gaussians.
/// </summary>
public sealed class ConditionalVae : VariationalAutoencoder
{
    public override string Name => "ConditionalVae";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Condition.Classes, .. OfBound];

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", ["x", "y"], [OutputKind.Gaussian]),
        new("Prior", ["y"], [OutputKind.Gaussian], isRequired: false),
        new("Decoder", ["z", "y"], [OutputKind.Bernoulli, OutputKind.Gaussian]),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "y" ? Condition.Of(options)!.Shape : base.ShapeOf(parameter, options, traced);

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        if (options.Int("Classes", 0) == 0 && Condition.Of(options) is null)
        {
            yield return new(
                VariantErrorKind.InvalidOption, "Classes",
                "y is a label of Classes, such as 10, or has the shape Condition, such as [196]: write one of them");
        }
        foreach (var error in Condition.Check(options)) yield return error;
        foreach (var error in base.CheckOptions(options, networks)) yield return error;
    }

    protected override Condition? ConditionOf(AttributeValues options) => Condition.Of(options);
}

using System;
using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>Variational auto-encoder (Kingma and Welling 2014), with β (Higgins et al. 2017), free bits (Kingma et al. 2016) and K samples (Burda et al. 2016).</summary>
public sealed class Vae : Variant
{
    public override string Name => "Vae";

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", new(["x"]), new([OutputKind.Gaussian]), IsRequired: true),
        new("Prior", new([]), new([OutputKind.Gaussian]), IsRequired: false),
        new("Decoder", new(["z"]), new([OutputKind.Bernoulli, OutputKind.Gaussian]), IsRequired: true),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "z" ? Latent(traced["Encoder"]) : options.Shape("Input") ?? Shape.Scalar;

    public static Shape Latent(NetworkTrace encoder) => GraphBuilder.Common("Gaussian", encoder.Outputs["mean"], encoder.Outputs["log_variance"]).Shape;

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        foreach (var error in CheckOptions(trace.Options)) yield return error;
        var input = trace.Options.Shape("Input") ?? Shape.Scalar;
        if (trace.Network("Decoder") is { } decoder && MeanShape(decoder) is var mean && mean != input)
            yield return new(VariantErrorKind.WrongOutputShape, "Decoder", $"Decoder must return a distribution over examples of shape {input} (Input), but its {(decoder.Kind == OutputKind.Bernoulli ? "logits have" : "mean has")} shape {mean}");
        if (trace.Network("Prior") is { } prior && trace.Network("Encoder") is { } encoder && Shape.Broadcast(Latent(prior), Latent(encoder)) != Latent(encoder))
            yield return new(VariantErrorKind.WrongOutputShape, "Prior", $"Prior must return a Gaussian over codes of shape {Latent(encoder)} (Encoder), but it has shape {Latent(prior)}");
    }

    static IEnumerable<VariantError> CheckOptions(AttributeValues options)
    {
        static VariantError Wrong(string name, FormattableString message) => new(VariantErrorKind.InvalidOption, name, FormattableString.Invariant(message));
        var input = options.Shape("Input");
        if (input is null || input.Value.Rank == 0) yield return Wrong("Input", $"Input must give the shape of one example, such as [784]");
        else
            foreach (var size in input.Value.Dimensions)
                if (size < 1) yield return Wrong("Input", $"Input must have positive sizes, but is {input}");
        if (options.Int("Batch", 0) < 1) yield return Wrong("Batch", $"Batch must be at least 1, but is {options.Int("Batch", 0)}");
        if (!(options.Float("Beta", 1) >= 0)) yield return Wrong("Beta", $"Beta must not be negative, but is {options.Float("Beta", 1)}");
        if (!(options.Float("FreeBits", 0) >= 0)) yield return Wrong("FreeBits", $"FreeBits must not be negative, but is {options.Float("FreeBits", 0)}");
        if (options.Int("WarmUpSteps", 0) < 0) yield return Wrong("WarmUpSteps", $"WarmUpSteps must not be negative, but is {options.Int("WarmUpSteps", 0)}");
        if (options.Int("Samples", 1) < 1) yield return Wrong("Samples", $"Samples must be at least 1, but is {options.Int("Samples", 1)}");
        if (options.Int("Samples", 1) > 1 && options.Float("FreeBits", 0) > 0) yield return Wrong("FreeBits", $"FreeBits needs the closed-form divergence, which Samples above 1 does not use; leave one of them out");
    }

    /// <summary>Shape of the likelihood's mean.</summary>
    static Shape MeanShape(NetworkTrace decoder) => decoder.Outputs[decoder.Kind == OutputKind.Bernoulli ? "logits" : "mean"].Shape;
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Generative adversarial network (Goodfellow et al. 2014). With a logit D, the discriminator minimises E softplus(−D(x)) + E
/// softplus(D(G(z))) (eq. 1 with the sign turned); the generator minimises E softplus(−D(G(z))) (not saturating, section 3), or −E
/// softplus(D(G(z))) (minimax). Both phases see the same codes: G does not move in between, so its images are computed once.
/// </summary>
public sealed class Gan : Variant
{
    static readonly OptionSpec Loss = new("Loss", 0, ValueRange.Choice);
    static readonly OptionSpec LabelSmoothing = new("LabelSmoothing", 0, ValueRange.Fraction);
    static readonly OptionSpec InstanceNoise = new("InstanceNoise", 0, ValueRange.NotNegative);

    public override string Name => "Gan";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Loss, LabelSmoothing, InstanceNoise];

    public override IReadOnlyList<NetworkSignature> Networks { get; } = [.. Adversaries("Discriminator")];

    /// <summary>A generator, its optional prior, and the network that it plays against.</summary>
    public static IEnumerable<NetworkSignature> Adversaries(string opponent) =>
    [
        new("Prior", ["n"], [OutputKind.Tensor], isRequired: false),
        new("Generator", ["z"], [OutputKind.Tensor]),
        new(opponent, ["x"], [OutputKind.Tensor]),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        CodeOrExample(parameter, options, traced);

    /// <summary>Shape of z or of x.</summary>
    public static Shape CodeOrExample(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter != "z" ? options.Shape("Input") ?? Shape.Scalar
        : traced.TryGetValue("Prior", out var prior) ? prior.Outputs["value"].Shape
        : options.Shape("Latent") is { Rank: > 0 } latent ? latent : throw new KeyNotFoundException("Latent");

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks) =>
        CheckLatent(options, networks);

    public override IEnumerable<VariantError> Check(ModelTrace trace) =>
        [.. CheckPrior(trace), .. CheckExamples(trace, "Generator"), .. CheckOneNumber(trace, "Discriminator", "a logit")];

    /// <summary>Codes have a shape: that of Latent, or of what an own prior gives.</summary>
    public static IEnumerable<VariantError> CheckLatent(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        if (options.Shape("Latent") is not { Rank: > 0 } && !networks.Contains("Prior"))
            yield return new(VariantErrorKind.InvalidOption, "Latent",
                "Latent must give the shape of a code, such as [64], or the class must have a Prior(Noise n)");
    }

    /// <summary>Where both are there, they agree.</summary>
    public static IEnumerable<VariantError> CheckPrior(ModelTrace trace)
    {
        if (trace.Network("Prior") is { } prior && trace.Options.Shape("Latent") is { Rank: > 0 } latent
            && prior.Outputs["value"].Shape is var shape && shape != latent)
            yield return new(VariantErrorKind.WrongOutputShape, "Prior",
                $"Prior must return codes of shape {latent} (Latent), but returns shape {shape}");
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
        [new("Discriminator", ["Discriminator"]), new("Generator", ["Generator", "Prior"])];

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var (smoothes, hasNoise) = (m.Options.Float("LabelSmoothing", 0) > 0, m.Options.Float("InstanceNoise", 0) > 0);
        var smoothing = smoothes ? m.Hyperparameter("Discriminator", LabelSmoothing) : null;
        var deviation = hasNoise ? m.Hyperparameter("Discriminator", InstanceNoise) : null;
        var isMinimax = m.Options.Int("Loss", 0) == 1;

        // One set of images for both phases, with the draws of the first.
        var images = new Dictionary<DrawScope, Node>();
        Node Image(DrawScope draws) => images.TryGetValue(draws, out var known) ? known : images[draws] = Generated(m, draws);

        Node Softplus(Node node) => g.Unary(Op.Softplus, node);
        // Instance noise (Sønderby et al. 2017): the discriminator sees every image through noise of its own.
        Node Judge(DrawScope draws, Node image, string noise) => m.Networks.Number(
            "Discriminator", draws, deviation is null ? image : g.Add(image, g.Mul(draws.Normal(g, noise, image.Shape), deviation)));

        PhaseLosses Discriminate(DrawScope draws)
        {
            var (real, fake) = (Judge(draws, m.Examples, "real_noise"), Judge(draws, Image(draws), "fake_noise"));
            // BCE(l, t) = softplus(l) − t·l with the target t = 1 − ε for real images (one-sided smoothing: Salimans et al. 2016, section
            // 3.4).
            var ofReal = smoothing is null ? Softplus(g.Neg(real)) : g.Sub(Softplus(real), g.Mul(g.Sub(g.Constant(1), smoothing), real));
            var loss = g.Add(ofReal, Softplus(fake));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Generate(DrawScope draws)
        {
            var fake = Judge(draws, Image(draws), "fake_noise");
            var loss = isMinimax ? g.Neg(Softplus(fake)) : Softplus(g.Neg(fake));
            return new(g.MeanRows(loss), loss);
        }

        m.LossesSummary = "Means over the rows, in nats.";
        var shared = m.Draws("Discriminator");
        var generates = isMinimax ? "−E softplus(D(G(z)))" : "E softplus(−D(G(z)))";
        m.Phase("Discriminator",
            [new("Discriminator",
                "What the discriminator minimises: E softplus(−D(x)) + E softplus(D(G(z))); 2·log 2 where it can tell nothing apart.",
                smoothes ? "E BCE(D(x), 1 − ε) + E softplus(D(G(z)))" : "E softplus(−D(x)) + E softplus(D(G(z)))")],
            Discriminate, shared);
        m.Phase(
            "Generator",
            [new("Generator", $"What the generator minimises: {generates}.", generates)],
            Generate, shared);
        m.Evaluate();
        GeneratorMembers(m);
        var x = ModelBuilder.Rows("x", m.ExampleShape.Count);
        m.Infer(
            "Discriminate", "The discriminator's logit of each example: log of how much likelier it is real than generated.",
            "logit of being real",
            m.Networks.Number("Discriminator", new("discriminate."), m.Examples),
            ModelBuilder.Result("logits", 1, "Receives one number per example."), x);
    }

    /// <summary>G(z) for codes from the prior.</summary>
    public static Node Generated(ModelBuilder m, DrawScope draws) => m.Networks.Tensor("Generator", draws, Codes(m, draws));

    /// <summary>Codes from N(0, I), or from the class's own prior.</summary>
    static Node Codes(ModelBuilder m, DrawScope draws) =>
        m.Networks.Has("Prior")
            ? m.PerExample(m.Networks.Tensor("Prior", draws))
            : draws.Normal(m.Graph, "z", m.Options.Shape("Latent")!.Value);

    /// <summary>Sample and Generate.</summary>
    public static void GeneratorMembers(ModelBuilder m)
    {
        var (sampling, size) = (new DrawScope("sample."), m.ExampleShape.Count);
        m.Sample(
            "G(z) for codes drawn from the prior; a function of the seed and the parameters alone.", "G(z) for z drawn from the prior",
            Generated(m, sampling), ModelBuilder.Result("x", size, $"Receives samples of {size} values, as many as fit."));
        var codes = Codes(m, new("shape."));
        m.Infer(
            "Generate", "G(z) for each code.", "G(z)",
            m.Networks.Tensor("Generator", new("generate."), m.Graph.Input("z", new(1, codes.Shape))),
            ModelBuilder.Result("x", size, $"Receives {size} values per code."), ModelBuilder.Rows("z", codes.Shape.Count, "Codes"));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Adversarial variational Bayes (Mescheder et al. 2017): z = E(x, n) is a draw from a q(z|x) that nobody can write down. T(x, z) minimises
/// E softplus(−T(x, E(x, n))) + E softplus(T(x, z)) with z ~ p(z), so that at its best T = log q(z|x) − log p(z); encoder and decoder
/// minimise E [−log p(x|z) + T(x, z)], with no gradient for T's weights. With a contrast r(z|x) T tells (z − m)/s from N(0, I), and the
/// divergence is E [T + log r(z|x) − log p(z)] (adaptive contrast), no gradient passing through r's moments.
/// </summary>
public sealed class AdversarialVariationalBayes : Variant
{
    static readonly OptionSpec DiscriminatorSteps = new("DiscriminatorSteps", 1, ValueRange.PositiveCount);

    public override string Name => "AdversarialVariationalBayes";

    public override IReadOnlyList<OptionSpec> Options { get; } = [DiscriminatorSteps];

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", [["x", "n"]], [[OutputKind.Tensor], [OutputKind.Tensor, OutputKind.Gaussian]]) { SeesBatch = true },
        new("Prior", [[], ["n"]], [[OutputKind.Gaussian], [OutputKind.Tensor]], IsRequired: false),
        new("Decoder", ["z"], [OutputKind.Bernoulli, OutputKind.Gaussian]),
        new("Discriminator", ["x", "z"], [OutputKind.Tensor]),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "z" ? Drawn(traced["Encoder"]).Shape : options.Shape("Input") ?? Shape.Scalar;

    /// <summary>z of the encoder, by itself or in front of a contrast.</summary>
    static Node Drawn(NetworkTrace encoder) => encoder.Outputs[encoder.Parts[0].Root("value")];

    static bool HasContrast(NetworkTrace encoder) => encoder.Parts.Count > 1;

    /// <summary>r(z|x) among an encoder's results.</summary>
    static GaussianValue Contrast(NetworkTrace encoder, Roots roots) =>
        new(roots[encoder.Parts[1].Root("mean")], roots[encoder.Parts[1].Root("log_variance")]);

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        if (trace.Network("Encoder") is { } encoder)
        {
            foreach (var error in CheckEncoder(encoder)) yield return error;
            if (trace.Network("Prior") is { } prior)
                foreach (var error in CheckPrior(prior, encoder)) yield return error;
        }
        foreach (var error in CheckLikelihood(trace, "Decoder")) yield return error;
        foreach (var error in CheckOneNumber(trace, "Discriminator", "T(x, z)")) yield return error;
    }

    static IEnumerable<VariantError> CheckEncoder(NetworkTrace encoder)
    {
        VariantError Improper(string message) => new(VariantErrorKind.ImproperPosterior, "Encoder", message);
        var made = Topology.Sort([Drawn(encoder)]);
        if (!made.Any(n => n.Op == Op.Draw))
            yield return Improper("Encoder must make z of noise n: a code that is a function of x alone has an infinite divergence");
        if (made.Any(ModelBuilder.LooksAcross))
            yield return Improper("Encoder's z must be made of its own row: BatchNorm, BatchMean and BatchVariance look at the other rows, "
                + "and only the contrast's moments may");
        if (!HasContrast(encoder)) yield break;
        var contrast = Contrast(encoder, encoder.Outputs);
        var (code, shape) = (made[made.Count - 1].Shape, GraphBuilder.Common("Gaussian", contrast.Mean, contrast.LogVariance).Shape);
        if (Shape.Broadcast(shape, code) != code)
            yield return new(VariantErrorKind.WrongOutputShape, "Encoder",
                $"Encoder's contrast must be a Gaussian over codes of shape {code} (its z), but has shape {shape}");
        if (FollowsOwnDraws(contrast))
            yield return Improper("Encoder's contrast must be the same for all codes of an example, but depends on the row's own noise: "
                + "take BatchMean and BatchVariance of what the noise makes");
        var reached = new HashSet<string>(made.Where(n => n.Op == Op.Parameter).Select(n => n.Name));
        foreach (var parameter in OncePerLayer(Topology.Sort([contrast.Mean, contrast.LogVariance]).Where(n => !reached.Contains(n.Name))))
            yield return new(VariantErrorKind.UntrainedLayer, parameter,
                $"'{parameter}' reaches the contrast alone, whose moments get no gradient: nothing would train it");
    }

    /// <summary>Whether a moment is of one row's noise, and not of the batch's.</summary>
    static bool FollowsOwnDraws(GaussianValue contrast)
    {
        var (seen, open) = (new HashSet<Node>(), new Stack<Node>([contrast.Mean, contrast.LogVariance]));
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node.Type.IsShared || !seen.Add(node)) continue;
            if (node.Op == Op.Draw) return true;
            foreach (var input in node.Inputs) open.Push(input);
        }
        return false;
    }

    /// <summary>The first parameter of each layer.</summary>
    static IEnumerable<string> OncePerLayer(IEnumerable<Node> nodes) => nodes.Where(n => n.Op == Op.Parameter).Select(n => n.Name)
        .GroupBy(n => n.Count(c => c == '.') > 1 ? n.Substring(0, n.LastIndexOf('.')) : n).Select(layer => layer.First());

    static IEnumerable<VariantError> CheckPrior(NetworkTrace prior, NetworkTrace encoder)
    {
        VariantError Improper(string message) => new(VariantErrorKind.ImproperPrior, "Prior", message);
        var isGaussian = prior.Kind == OutputKind.Gaussian;
        if (isGaussian == prior.TakesNoise)
        {
            yield return Improper(isGaussian
                ? "Prior() returns a Gaussian, and Prior(n) a code: a Gaussian over codes must not be drawn itself"
                : "Prior(n) returns a code, and Prior() a Gaussian: a code that nothing draws is a point");
            yield break;
        }
        if (!isGaussian && HasContrast(encoder))
            yield return Improper("Encoder has a contrast, and the divergence then needs log p(z): Prior must return a Gaussian, "
                + "or be left out");
        var (code, shape) = (Drawn(encoder).Shape, isGaussian ? MeanShape(prior) : prior.Outputs["value"].Shape);
        if (isGaussian ? Shape.Broadcast(shape, code) != code : shape != code)
            yield return new(VariantErrorKind.WrongOutputShape, "Prior",
                $"Prior must give codes of shape {code} (Encoder), but gives shape {shape}");
        if (isGaussian) yield break;
        foreach (var parameter in OncePerLayer(Topology.Sort(prior.Outputs.Select(r => r.Node))))
            yield return new(VariantErrorKind.UntrainedLayer, parameter,
                $"'{parameter}' makes codes of the prior, whose density nobody knows: no phase would train it; return a Gaussian");
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace)
    {
        var steps = trace.Options.Int("DiscriminatorSteps", 1);
        // One step each: both gradients of one forward pass, applied together. Else the encoder sees T at its best.
        return
        [
            new("Discriminator", ["Discriminator"]),
            new("Autoencoder", ["Encoder", "Decoder", "Prior"], Every: steps, IsSimultaneous: steps == 1),
        ];
    }

    /// <summary>A draw from q(z|x), what T is shown of it, and the part of log q − log p that needs no T.</summary>
    sealed record Code(Node Z, Node Shown, Node Known);

    public override void Build(ModelBuilder m)
    {
        var (g, encoder) = (m.Graph, m.Networks["Encoder"]);
        var shape = Drawn(encoder).Shape;

        // Codes of both phases, made once: T's update moves no weight of the encoder.
        var made = new Dictionary<DrawScope, Code>();
        Code Encoded(DrawScope draws) => made.TryGetValue(draws, out var known) ? known : made[draws] = Encode(m, draws);

        Node Judge(DrawScope draws, Node z) => m.Networks.Number("Discriminator", draws, m.Examples, z);

        PhaseLosses Discriminate(DrawScope draws)
        {
            var (posterior, prior) = (Judge(draws, Encoded(draws).Shown), Judge(draws, HasContrast(encoder)
                ? draws.Normal(g, "z", shape)
                : PriorCode(m, draws)));
            var loss = g.Add(g.Unary(Op.Softplus, g.Neg(posterior)), g.Unary(Op.Softplus, prior));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Autoencode(DrawScope draws)
        {
            var code = Encoded(draws);
            var reconstruction = m.PerExample(m.Networks.LogLikelihood("Decoder", draws, m.Examples, code.Z));
            var divergence = g.Add(Judge(draws, code.Shown), code.Known);
            var bound = g.Sub(reconstruction, divergence);
            return new(g.Neg(g.MeanRows(bound)), reconstruction, divergence, bound);
        }

        m.LossesSummary = "Means over the rows, in nats.";
        m.HasUnitExamples = m.Networks["Decoder"].Kind == OutputKind.Bernoulli;
        var shared = m.Draws("Discriminator");
        m.Phase(
            "Autoencoder",
            [
                new("Reconstruction", "E log p(x|z) under q(z|x): higher is better.", "E log p(x|z)"),
                new("Divergence", HasContrast(encoder)
                        ? "T's estimate of KL(q(z|x) ‖ p(z)), E [T + log r(z|x) − log p(z)]: as good as T, and so not always positive."
                        : "T's estimate of KL(q(z|x) ‖ p(z)), E T(x, z): as good as T, and so not always positive.",
                    HasContrast(encoder) ? "E [T + log r(z|x) − log p(z)]" : "E T(x, z)"),
                new("Elbo", "Reconstruction − Divergence: the evidence lower bound where T is at its best (Mescheder et al. 2017).",
                    "Reconstruction − Divergence"),
            ],
            Autoencode, shared);
        m.Phase(
            "Discriminator",
            [new("Discriminator",
                "What T minimises: E softplus(−T) on codes of examples + E softplus(T) on "
                    + (HasContrast(encoder) ? "N(0, I)" : "codes of the prior") + "; 2·log 2 where it can tell nothing apart.",
                "E softplus(−T(x, z)), z of q, + E softplus(T(x, z)), z of p")],
            Discriminate, shared);
        m.Evaluate();
        Members(m, shape);
    }

    static void Members(ModelBuilder m, Shape shape)
    {
        var (g, size) = (m.Graph, m.ExampleShape.Count);
        var seed = new SurfaceParameter(
            "seed", "Seed of the encoder's draws. The first n of more rows are the same as n rows.", ParameterKind.Seed, 0);
        var (x, codes) = (ModelBuilder.Rows("x", size), ModelBuilder.Rows("z", shape.Count, "Codes"));
        Node Decoded(DrawScope draws, Node z) => m.Networks.LikelihoodMean("Decoder", draws, z);

        m.Infer(
            "Encode", "One draw from q(z|x) for each example.", "draws from q(z|x)", Posterior(m, new("encode.")).Z,
            ModelBuilder.Result("z", shape.Count, $"Receives {ModelBuilder.Values(shape.Count)} per example."), seed, x);
        var z = g.Input("z", new(1, shape));
        m.Infer(
            "Decode", "Mean of p(x|z) for each code: probabilities for a Bernoulli likelihood.", "mean of p(x|z)",
            Decoded(new("decode."), z), ModelBuilder.Result("mean", size, $"Receives {ModelBuilder.Values(size)} per code."), codes);
        var reconstructing = new DrawScope("reconstruct.");
        m.Infer(
            "Reconstruct", "Mean of p(x|z) at one draw from q(z|x) for each example.", "mean of p(x|z) at draws from q(z|x)",
            Decoded(reconstructing, Posterior(m, reconstructing).Z),
            ModelBuilder.Result("mean", size, "Receives as many values as <paramref name=\"x\"/> has."), seed, x);
        var sampling = new DrawScope("sample.");
        m.Sample(
            "Means of the likelihood for codes drawn from the prior; a function of the seed and the parameters alone.",
            "mean of p(x|z) for z drawn from the prior", Decoded(sampling, PriorCode(m, sampling)),
            ModelBuilder.Result("x", size, $"Receives samples of {ModelBuilder.Values(size)}, as many as fit."));
        // With a contrast T knows normalised codes only, and the moments are the batch's.
        if (HasContrast(m.Networks["Encoder"])) return;
        m.Infer(
            "Discriminate", "T(x, z) for each pair: at its best log q(z|x) − log p(z).", "T(x, z)",
            m.Networks.Number("Discriminator", new("discriminate."), m.Examples, z),
            ModelBuilder.Result("values", 1, "Receives one number per pair."), x, codes);
    }

    static (Node Z, Roots Roots) Posterior(ModelBuilder m, DrawScope draws)
    {
        var roots = m.Networks.Call("Encoder", draws, m.Examples);
        return (m.PerExample(roots[m.Networks["Encoder"].Parts[0].Root("value")]), roots);
    }

    static Code Encode(ModelBuilder m, DrawScope draws)
    {
        var (g, encoder) = (m.Graph, m.Networks["Encoder"]);
        var (z, roots) = Posterior(m, draws);
        if (HasContrast(encoder))
        {
            var (mean, logVariance) = Contrast(encoder, roots);
            var r = new GaussianValue(g.StopGradient(mean), g.StopGradient(logVariance));
            var normalised = g.Mul(g.Sub(z, r.Mean), g.Unary(Op.Exp, g.Mul(r.LogVariance, -0.5f)));
            return new(z, normalised, g.Sub(r.LogProbability(g, z), LogPrior(m, draws, z)));
        }
        // T knows nothing of weights that a prior has: what it leaves out of ∂KL is −E ∂log p(z), a term whose value is 0.
        if (!m.Networks.Has("Prior") || m.Networks["Prior"].Kind != OutputKind.Gaussian) return new(z, z, g.Constant(0));
        var logPrior = LogPrior(m, draws, g.StopGradient(z));
        return new(z, z, g.Sub(g.StopGradient(logPrior), logPrior));
    }

    /// <summary>log p(z) under N(0, I), or under the class's own Gaussian.</summary>
    static Node LogPrior(ModelBuilder m, DrawScope draws, Node z)
    {
        var prior = m.Networks.Has("Prior") ? m.Networks.Gaussian("Prior", draws) : GaussianValue.Standard(m.Graph, z.Shape);
        return m.PerExample(prior.LogProbability(m.Graph, z));
    }

    /// <summary>Codes from N(0, I), from the class's own Gaussian, or as its own prior draws them.</summary>
    static Node PriorCode(ModelBuilder m, DrawScope draws)
    {
        var shape = Drawn(m.Networks["Encoder"]).Shape;
        if (!m.Networks.Has("Prior")) return draws.Normal(m.Graph, "z", shape);
        return m.PerExample(m.Networks["Prior"].Kind == OutputKind.Tensor
            ? m.Networks.Tensor("Prior", draws)
            : m.Networks.Gaussian("Prior", draws).Reparameterise(m.Graph, draws.Normal(m.Graph, "z", shape)));
    }
}

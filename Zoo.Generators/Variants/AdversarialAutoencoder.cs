using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Adversarial auto-encoder (Makhzani et al. 2016). Encoder and decoder minimise −E log p(x|z); then D, a logit, tells codes of the prior
/// from codes of examples, minimising E softplus(−D(z)) + E softplus(D(E(x))), and the encoder is trained against it, E softplus(−D(E(x)))
/// (section 2). With a label y, D and the prior may be given it (section 2.3), and the decoder (section 4); or the encoder has a head for
/// it, which a second discriminator and the cross-entropy of the labelled rows train (section 5).
/// </summary>
public sealed class AdversarialAutoencoder : Variant
{
    static readonly OptionSpec EncoderSteps = new("EncoderSteps", 1, ValueRange.PositiveCount);

    public override string Name => "AdversarialAutoencoder";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Condition.Classes, EncoderSteps];

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", [["x"], ["x", "n"]],
            [
                [OutputKind.Tensor], [OutputKind.Gaussian], [OutputKind.Categorical, OutputKind.Tensor],
                [OutputKind.Categorical, OutputKind.Gaussian],
            ]),
        new("Prior", [["n"], ["n", "y"]], [[OutputKind.Tensor]], IsRequired: false),
        new("Decoder", [["z"], ["z", "y"]], [[OutputKind.Bernoulli], [OutputKind.Gaussian]]),
        new("Discriminator", [["z"], ["z", "y"]], [[OutputKind.Tensor]]),
        new("LabelDiscriminator", ["y"], [OutputKind.Tensor], isRequired: false),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter switch
        {
            "z" => Code(traced["Encoder"]),
            "y" => Condition.Of(options)?.Shape ?? throw new KeyNotFoundException("y"),
            _ => options.Shape("Input") ?? Shape.Scalar,
        };

    /// <summary>Where rows may be without a label, that is a class of its own to the discriminator: the last one.</summary>
    public override Shape ShapeOf(
        string network, string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        (network, parameter) == ("Discriminator", "y")
            ? new(ShapeOf(parameter, options, traced).Count + 1)
            : ShapeOf(parameter, options, traced);

    static Shape Code(NetworkTrace encoder) => Mean(encoder, encoder.Outputs).Shape;

    /// <summary>The code among an encoder's results, the mean of a Gaussian one.</summary>
    static Node Mean(NetworkTrace encoder, Roots roots) =>
        encoder.Parts.Last() is { Kind: OutputKind.Tensor } code ? roots[code.Root("value")] : Law(encoder, roots).Mean;

    /// <summary>The law of a code, mean and log-variance of one type.</summary>
    static GaussianValue Law(NetworkTrace encoder, Roots roots)
    {
        var code = encoder.Parts.Last();
        return new(roots[code.Root("mean")], roots[code.Root("log_variance")]);
    }

    static bool HasHead(NetworkTrace encoder) => encoder.Parts.Count > 1;

    /// <summary>Logits of the label among an encoder's results; null where it has no head for it.</summary>
    static Node? Logits(NetworkTrace encoder, Roots roots) => HasHead(encoder) ? roots[encoder.Parts[0].Root("logits")] : null;

    static bool TakesLabel(NetworkTrace? network) => network?.Parameters.Contains("y") == true;

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks) =>
        Condition.Check(options);

    public override IEnumerable<VariantError> CheckParameters(
        AttributeValues options, IReadOnlyDictionary<string, IReadOnlyList<string>> parameters)
    {
        var classes = options.Int("Classes", 0);
        if (classes == GraphBuilder.MostClasses && parameters.TryGetValue("Discriminator", out var given) && given.Contains("y"))
            yield return new(VariantErrorKind.InvalidOption, "Classes",
                $"Classes must be at most {classes - 1} where Discriminator takes y, which has one more for rows without a label, but is "
                    + $"{classes}");
        if (classes != 0) yield break;
        foreach (var network in parameters.Where(p => p.Value.Contains("y")).Select(p => p.Key).Take(1))
            yield return new(VariantErrorKind.InvalidOption, "Classes",
                $"{network} takes y, a label of Classes: write how many, such as 10");
    }

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        VariantError Mixed(string network, string message) => new(VariantErrorKind.MixedNetworks, network, message);
        var (encoder, prior, decoder) = (trace.Network("Encoder")!, trace.Network("Prior"), trace.Network("Decoder")!);
        var (discriminator, onLabels) = (trace.Network("Discriminator")!, trace.Network("LabelDiscriminator"));
        var (classes, code) = (trace.Options.Int("Classes", 0), Code(encoder));
        if (HasHead(encoder))
        {
            if (classes > 0 && Logits(encoder, encoder.Outputs)!.Shape is var logits && logits != new Shape(classes))
                yield return new(VariantErrorKind.WrongOutputShape, "Encoder",
                    $"Encoder must return a Categorical over the {classes} classes, but its logits have shape {logits}");
            if (onLabels is null)
                yield return Mixed("Encoder",
                    "Encoder returns a label, and a LabelDiscriminator(Tensor y) must tell it from one of uniform classes: the class has "
                        + "none");
            if (!TakesLabel(decoder)) yield return Mixed("Decoder", "Decoder must take the label y that Encoder returns: write (z, y)");
            foreach (var other in new[] { prior, discriminator }.Where(TakesLabel))
                yield return Mixed(other!.Name,
                    $"{other.Name} must not take y: Encoder returns a label of its own, and the style z is to know nothing of it");
        }
        else
        {
            if (onLabels is not null)
                yield return Mixed("LabelDiscriminator",
                    "LabelDiscriminator needs an Encoder that returns a label: (Categorical label, Tensor style)");
            if (classes > 0 && !new[] { prior, decoder, discriminator }.Any(TakesLabel))
                yield return new(VariantErrorKind.InvalidOption, "Classes",
                    "Classes is given, but no network takes y: give it to Discriminator, Prior or Decoder, or leave Classes out");
        }
        if (prior is not null && prior.Outputs["value"].Shape is var shape && shape != code)
            yield return new(VariantErrorKind.WrongOutputShape, "Prior",
                $"Prior must return codes of shape {code} (Encoder), but returns shape {shape}");
        foreach (var error in CheckLikelihood(trace, "Decoder")) yield return error;
        foreach (var error in CheckOneNumber(trace, "Discriminator", "a logit")) yield return error;
        foreach (var error in CheckOneNumber(trace, "LabelDiscriminator", "a logit")) yield return error;
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace)
    {
        // So many updates of the encoder for one of what it is trained against.
        var every = trace.Options.Int("EncoderSteps", 1);
        var phases = new List<PhaseDeclaration>
        {
            new("Reconstruction", ["Encoder", "Decoder"]), new("Discriminator", ["Discriminator"], every), new("Adversarial", ["Encoder"]),
        };
        if (!HasHead(trace.Network("Encoder")!)) return phases;
        phases.Insert(2, new("LabelDiscriminator", ["LabelDiscriminator"], every));
        phases.Add(new("Classification", ["Encoder"]));
        return phases;
    }

    public override void Build(ModelBuilder m)
    {
        var (g, x, encoder) = (m.Graph, m.Examples, m.Networks["Encoder"]);
        var (hasHead, code, classes) = (HasHead(encoder), Code(encoder), m.Options.Int("Classes", 0));
        bool Takes(string network) => m.Networks.Has(network) && TakesLabel(m.Networks[network]);

        // A decoder that is told the label needs one of every row.
        var isOptional = hasHead || !Takes("Decoder");
        var y = classes == 0 ? null
            : m.Labels("y", "labels", classes, isOptional ? InputElement.OptionalLabel : InputElement.Label);
        var isLabelled = y is null ? null : g.Reshape(g.Sum(y), new Shape(1));

        // What networks are given beside a code.
        Node[] With(string network, Node? label) => Takes(network) ? [label!] : [];
        // The label, or the class after the last one.
        Node Known(Node hot) => g.OneHot(
            g.Select(g.Binary(Op.Greater, hot.Inputs[0], g.Constant(-1)), hot.Inputs[0], g.Constant(classes)), classes + 1);

        Node Judge(DrawScope draws, Node z, Node? label) => m.Networks.Number(
            "Discriminator", draws, [z, .. With("Discriminator", label is null ? null : Known(label))]);

        Node JudgeLabel(DrawScope draws, Node label) => m.Networks.Number("LabelDiscriminator", draws, label);

        Node Prior(DrawScope draws, Node? label) => m.Networks.Has("Prior")
            ? m.PerExample(m.Networks.Tensor("Prior", draws, With("Prior", label)))
            : draws.Normal(g, "z", code);

        // Of a row without a label the whole prior: that of a class drawn for it.
        Node? Component(DrawScope draws) => y is null || !isOptional || !Takes("Prior") ? y
            : g.Add(y, g.Mul(g.Sub(g.Constant(1), isLabelled!), draws.OneHot(g, "component", classes)));

        var shared = m.Draws("Discriminator");

        // What a phase or two make of the examples, once for all losses with the same draws.
        var made = new Dictionary<DrawScope, (CategoricalValue? Label, Node Z)>();
        (CategoricalValue? Label, Node Z) Encode(DrawScope draws)
        {
            if (made.TryGetValue(draws, out var known)) return known;
            var roots = m.Networks.Call("Encoder", draws, x);
            var z = encoder.Parts.Last().Kind == OutputKind.Tensor
                ? Mean(encoder, roots)
                : Law(encoder, roots).Reparameterise(g, draws.Normal(g, "epsilon", code));
            return made[draws] = (Logits(encoder, roots) is { } logits ? new(m.PerExample(logits)) : null, m.PerExample(z));
        }

        Node Softplus(Node node) => g.Unary(Op.Softplus, node);
        Node Real(Node logit) => Softplus(g.Neg(logit));

        PhaseLosses Reconstruct(DrawScope draws)
        {
            var (label, z) = Encode(draws);
            var likelihood = m.PerExample(m.Networks.LogLikelihood("Decoder", draws, x, [z, .. With("Decoder", label?.Mean(g) ?? y)]));
            return new(g.Neg(g.MeanRows(likelihood)), likelihood);
        }

        PhaseLosses Discriminate(DrawScope draws)
        {
            var loss = g.Add(Real(Judge(draws, Prior(draws, Component(draws)), y)), Softplus(Judge(draws, Encode(draws).Z, y)));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses DiscriminateLabel(DrawScope draws)
        {
            // Its codes are those of the discriminator; what it draws itself has its own name.
            var drawn = (draws == shared ? m.Draws("LabelDiscriminator") : draws).OneHot(g, "label", classes);
            var loss = g.Add(Real(JudgeLabel(draws, drawn)), Softplus(JudgeLabel(draws, Encode(draws).Label!.Mean(g))));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Deceive(DrawScope draws)
        {
            var (label, z) = Encode(draws);
            var loss = Real(Judge(draws, z, y));
            if (label is not null) loss = g.Add(loss, Real(JudgeLabel(draws, label.Mean(g))));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Classify(DrawScope draws)
        {
            // Of a row without a label there is no loss; the mean is over those that have one, as PyTorch's with ignore_index.
            var loss = g.Neg(Encode(draws).Label!.LogProbability(g, y!));
            var labelled = g.Binary(Op.Max, g.SumRows(g.Reshape(isLabelled!, Shape.Scalar)), g.Constant(1));
            return new(g.Div(g.SumRows(loss), labelled), loss) { Formula = "Classification of the rows with a label" };
        }

        m.LossesSummary = "Means over the rows, in nats.";
        m.HasUnitExamples = m.Networks["Decoder"].Kind == OutputKind.Bernoulli;
        m.Phase("Reconstruction", [new("Reconstruction", "E log p(x|z) at the code of x: higher is better.", "E log p(x|z)")],
            Reconstruct);
        m.Phase("Discriminator",
            [new("Discriminator",
                "What the discriminator minimises: E softplus(−D(z)) + E softplus(D(E(x))), z from the prior; 2·log 2 where it can tell "
                    + "nothing apart.",
                "E softplus(−D(z)) + E softplus(D(E(x)))")],
            Discriminate, shared);
        if (hasHead)
            m.Phase("LabelDiscriminator",
                [new("LabelDiscriminator", "The same of labels: classes drawn uniformly, and the encoder's probabilities.",
                    "E softplus(−D(y)) + E softplus(D(E(x)))")],
                DiscriminateLabel, shared);
        m.Phase("Adversarial",
            [new("Adversarial", "What the encoder minimises against the discriminator: E softplus(−D(E(x)))" + (hasHead
                ? ", and the same of the label." : "."),
                hasHead ? "E softplus(−D(E(x))) of style and of label" : "E softplus(−D(E(x)))")],
            Deceive, shared);
        if (hasHead)
            m.Phase("Classification",
                [new("Classification", "Cross-entropy of the labels that there are; a row without one counts as 0, though the mean that is "
                    + "minimised is over the others alone.",
                    "−E log p(y|x)")],
                Classify);
        m.Evaluate();
        Members(m, Judge, Prior);
    }

    static void Members(ModelBuilder m, System.Func<DrawScope, Node, Node?, Node> judge, System.Func<DrawScope, Node?, Node> prior)
    {
        var (g, x, encoder) = (m.Graph, m.Examples, m.Networks["Encoder"]);
        var (code, size, classes) = (Code(encoder), m.ExampleShape.Count, m.Options.Int("Classes", 0));
        bool Takes(string network) => m.Networks.Has(network) && TakesLabel(m.Networks[network]);
        var label = classes == 0 ? null : m.OneHot("labels", classes);
        SurfaceParameter[] labels = classes == 0
            ? []
            : [new("labels", $"Labels from 0 to {classes - 1}, one a row.", ParameterKind.Labels, classes)];

        // An encoder that is fed noise gives a draw, and a function of the seed.
        SurfaceParameter[] seed = encoder.TakesNoise
            ? [new("seed", "Seed of the encoder's draws. The first n of more rows are the same as n rows.", ParameterKind.Seed, 0)]
            : [];
        var drawn = encoder.TakesNoise ? ", drawn" : "";
        var rows = ModelBuilder.Rows("x", size);

        (Node? Label, Node Z) Encode(string scope)
        {
            var roots = m.Networks.Call("Encoder", new(scope), x);
            var z = g.Broadcast(Mean(encoder, roots), new(1, code));
            return (Logits(encoder, roots) is { } logits ? new CategoricalValue(m.PerExample(logits)).Mean(g) : null, z);
        }

        Node Decode(string scope, Node z, Node? label) =>
            m.Networks.LikelihoodMean("Decoder", new(scope), Takes("Decoder") ? [z, label!] : [z]);

        var codes = ModelBuilder.Result(HasHead(encoder) ? "style" : "z", code.Count,
            $"Receives {ModelBuilder.Values(code.Count)} per example.");
        var what = (encoder.Parts.Last().Kind == OutputKind.Gaussian ? "mean of the code of each example" : "code of each example") + drawn;
        var encoded = Encode("encode.");
        if (HasHead(encoder))
        {
            var probabilities = ModelBuilder.Result("labelProbabilities", classes, $"Receives {classes} values per example.", "label");
            m.Program("Encode", "label and style of examples", ["x"], (ResultKind.Output, "label", encoded.Label!),
                (ResultKind.Output, "style", encoded.Z));
            m.Member("Encode", $"Probabilities of the label, and the style: {what}.", new InferenceCall("Encode"),
                [.. seed, rows, probabilities, codes with { Output = "style" }]);
            m.Infer("Classify", "Probabilities of the label of each example.", "probabilities of the label", Encode("classify.").Label!,
                ModelBuilder.Result("probabilities", classes, $"Receives {classes} values per example."), [.. seed, rows]);
        }
        else
        {
            m.Infer("Encode", $"The {what}.", "codes of examples", encoded.Z, codes, [.. seed, rows]);
        }

        var mean = ModelBuilder.Result("mean", size, $"Receives {ModelBuilder.Values(size)} per row.");
        SurfaceParameter[] toDecode = Takes("Decoder") ? labels : [];
        var z = g.Input("z", new(1, code));
        m.Infer("Decode", "Mean of p(x|z) for each code: probabilities for a Bernoulli likelihood.", "mean of p(x|z)",
            Decode("decode.", z, label), mean, [ModelBuilder.Rows("z", code.Count, "Codes"), .. toDecode]);
        var reconstructed = Encode("reconstruct.");
        m.Infer("Reconstruct", $"Mean of p(x|z) at the {what}.", "mean of p(x|z) at the code of x",
            Decode("reconstruct.", reconstructed.Z, reconstructed.Label ?? label), mean,
            [.. seed, rows, .. HasHead(encoder) ? [] : toDecode]);
        var sampling = new DrawScope("sample.");
        SurfaceParameter[] toSample = Takes("Decoder") || Takes("Prior") ? labels : [];
        m.Sample(
            "Means of the likelihood for codes drawn from the prior; a function of the seed"
                + (toSample.Length > 0 ? ", the labels" : "") + " and the parameters alone.",
            "mean of p(x|z) for z drawn from the prior",
            m.Networks.LikelihoodMean("Decoder", sampling, Takes("Decoder") ? [prior(sampling, label), label!] : [prior(sampling, label)]),
            ModelBuilder.Result("x", size, toSample.Length > 0
                ? $"Receives a sample of {size} values for each row of <paramref name=\"labels\"/>."
                : $"Receives samples of {size} values, as many as fit."), toSample);
        m.Infer("SampleCodes",
            "Codes drawn from the prior; a function of the seed" + (Takes("Prior") ? " and the labels" : "") + " alone.",
            "codes of the prior", prior(new("codes."), label), ModelBuilder.Result("z", code.Count, Takes("Prior")
                ? $"Receives a code of {ModelBuilder.Values(code.Count)} for each row of <paramref name=\"labels\"/>."
                : $"Receives codes of {ModelBuilder.Values(code.Count)}, as many as fit."),
            [new("seed", "Seed of the draws. The first n of more codes are the same as n codes.", ParameterKind.Seed, 0),
                .. Takes("Prior") ? labels : []]);
        m.Infer("Discriminate",
            "The discriminator's logit of each code: log of how much likelier it is the prior's than an example's.",
            "logit of being from the prior", judge(new("discriminate."), z, label),
            ModelBuilder.Result("logits", 1, "Receives one number per code."),
            [ModelBuilder.Rows("z", code.Count, "Codes"), .. Takes("Discriminator") ? labels : []]);
    }
}

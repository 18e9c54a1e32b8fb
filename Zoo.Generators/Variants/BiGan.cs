using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Bidirectional GAN (Donahue et al. 2017), and with an encoder that draws, adversarially learned inference (Dumoulin et al. 2017). One
/// logit D judges an example together with its code: (x, E(x)) against (G(z), z). The discriminator minimises E softplus(−D(x, E(x))) + E
/// softplus(D(G(z), z)) (Donahue et al., eq. 3 with the sign turned); encoder and generator minimise the same with the labels exchanged, E
/// softplus(D(x, E(x))) + E softplus(−D(G(z), z)), which does not saturate. Both updates come from one forward pass.
/// </summary>
public sealed class BiGan : Variant
{
    public override string Name => "BiGan";

    public override IReadOnlyList<OptionSpec> Options => [];

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
    [
        new("Encoder", [["x"], ["x", "n"]], [[OutputKind.Tensor], [OutputKind.Gaussian]]),
        new("Prior", ["n"], [OutputKind.Tensor], isRequired: false),
        new("Generator", ["z"], [OutputKind.Tensor]),
        new("Discriminator", ["x", "z"], [OutputKind.Tensor]),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "z" ? Code(traced["Encoder"]) : options.Shape("Input") ?? Shape.Scalar;

    static Shape Code(NetworkTrace encoder) => encoder.Kind == OutputKind.Gaussian ? MeanShape(encoder) : encoder.Outputs["value"].Shape;

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        if (trace.Network("Prior") is { } prior && trace.Network("Encoder") is { } encoder
            && prior.Outputs["value"].Shape is var shape && shape != Code(encoder))
            yield return new(VariantErrorKind.WrongOutputShape, "Prior",
                $"Prior must return codes of shape {Code(encoder)} (Encoder), but returns shape {shape}");
        foreach (var error in CheckExamples(trace, "Generator")) yield return error;
        foreach (var error in CheckOneNumber(trace, "Discriminator", "a logit")) yield return error;
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
    [
        new("Discriminator", ["Discriminator"]),
        new("Generator", ["Encoder", "Generator", "Prior"], IsSimultaneous: true),
    ];

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var encoder = m.Networks["Encoder"];
        var (size, code) = (m.ExampleShape.Count, Code(encoder));

        // What both phases judge, made once: with simultaneous updates no weight moves in between.
        var made = new Dictionary<DrawScope, (Node OfReal, Node OfGenerated)>();
        (Node OfReal, Node OfGenerated) Logits(DrawScope draws)
        {
            if (made.TryGetValue(draws, out var known)) return known;
            var z = Prior(m, draws, code);
            return made[draws] = (
                Judge(m, draws, m.Examples, Encode(m, draws, m.Examples)),
                Judge(m, draws, m.Networks.Tensor("Generator", draws, z), z));
        }

        Node Softplus(Node node) => g.Unary(Op.Softplus, node);

        PhaseLosses Discriminate(DrawScope draws)
        {
            var (real, generated) = Logits(draws);
            var loss = g.Add(Softplus(g.Neg(real)), Softplus(generated));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Generate(DrawScope draws)
        {
            var (real, generated) = Logits(draws);
            var loss = g.Add(Softplus(real), Softplus(g.Neg(generated)));
            return new(g.MeanRows(loss), loss);
        }

        m.LossesSummary = "Means over the rows, in nats.";
        var shared = m.Draws("Discriminator");
        m.Phase("Discriminator",
            [new("Discriminator",
                "What the discriminator minimises: E softplus(−D(x, E(x))) + E softplus(D(G(z), z)); 2·log 2 where it can tell "
                    + "nothing apart.",
                "E softplus(−D(x, E(x))) + E softplus(D(G(z), z))")],
            Discriminate, shared);
        m.Phase("Generator",
            [new("Generator", "What encoder and generator minimise: E softplus(D(x, E(x))) + E softplus(−D(G(z), z)).",
                "E softplus(D(x, E(x))) + E softplus(−D(G(z), z))")],
            Generate, shared);
        m.Evaluate();
        Members(m, encoder, code, size);
    }

    static void Members(ModelBuilder m, NetworkTrace encoder, Shape code, int size)
    {
        var g = m.Graph;
        // An encoder that is fed noise has no mean to give: what it gives is a draw, and a function of the seed.
        SurfaceParameter[] seed = encoder.TakesNoise
            ? [new("seed", "Seed of the encoder's draws. The first n of more rows are the same as n rows.", ParameterKind.Seed, 0)]
            : [];
        var drawn = encoder.TakesNoise ? ", drawn" : "";
        var x = ModelBuilder.Rows("x", size);
        m.Infer(
            "Encode", encoder.Kind == OutputKind.Gaussian ? "Mean of the code of each example." : $"E(x) for each example{drawn}.",
            $"codes of examples{drawn}", Mean(m, new("encode."), m.Examples),
            ModelBuilder.Result("z", code.Count, $"Receives {ModelBuilder.Values(code.Count)} per example."), [.. seed, x]);
        m.Infer(
            "Reconstruct", $"G(E(x)) for each example: close to x once the game is learned, though nothing compares the two{drawn}.",
            $"G(E(x)){drawn}", m.Networks.Tensor("Generator", new("reconstruct."), Mean(m, new("reconstruct."), m.Examples)),
            ModelBuilder.Result("y", size, $"Receives {ModelBuilder.Values(size)} per example."), [.. seed, x]);
        var sampling = new DrawScope("sample.");
        m.Sample(
            "G(z) for codes drawn from the prior; a function of the seed and the parameters alone.", "G(z) for z drawn from the prior",
            m.Networks.Tensor("Generator", sampling, Prior(m, sampling, code)),
            ModelBuilder.Result("x", size, $"Receives samples of {ModelBuilder.Values(size)}, as many as fit."));
        var codes = g.Input("z", new(1, code));
        m.Infer(
            "Generate", "G(z) for each code.", "G(z)", m.Networks.Tensor("Generator", new("generate."), codes),
            ModelBuilder.Result("x", size, $"Receives {ModelBuilder.Values(size)} per code."), ModelBuilder.Rows("z", code.Count, "Codes"));
        m.Infer(
            "Discriminate",
            "The discriminator's logit of each pair: log of how much likelier it is an example with its code than a code with its image.",
            "logit of being real", Judge(m, new("discriminate."), m.Examples, codes),
            ModelBuilder.Result("logits", 1, "Receives one number per pair."), x, ModelBuilder.Rows("z", code.Count, "Codes"));
    }

    static Node Judge(ModelBuilder m, DrawScope draws, Node x, Node z) => m.Networks.Number("Discriminator", draws, x, z);

    /// <summary>Codes from N(0, I), or from the class's own prior.</summary>
    static Node Prior(ModelBuilder m, DrawScope draws, Shape code) =>
        m.Networks.Has("Prior") ? m.PerExample(m.Networks.Tensor("Prior", draws)) : draws.Normal(m.Graph, "z", code);

    /// <summary>The code of each example as training has it: a draw where the encoder is stochastic.</summary>
    static Node Encode(ModelBuilder m, DrawScope draws, Node x)
    {
        if (m.Networks["Encoder"].Kind == OutputKind.Tensor) return m.PerExample(m.Networks.Tensor("Encoder", draws, x));
        var q = m.Networks.Gaussian("Encoder", draws, x);
        return m.PerExample(q.Reparameterise(m.Graph, draws.Normal(m.Graph, "epsilon", Code(m.Networks["Encoder"]))));
    }

    /// <summary>The code of each example, the mean of a Gaussian one.</summary>
    static Node Mean(ModelBuilder m, DrawScope draws, Node x) => m.PerExample(
        m.Networks["Encoder"].Kind == OutputKind.Tensor
            ? m.Networks.Tensor("Encoder", draws, x)
            : m.Networks.Gaussian("Encoder", draws, x).Mean);
}

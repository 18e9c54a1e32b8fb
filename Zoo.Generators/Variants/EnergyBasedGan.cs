using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Energy-based GAN (Zhao et al. 2017). The discriminator is an auto-encoder whose energy E(x) is the error of Dec(Enc(x)) from x. It
/// minimises E(x) + [m − E(G(z))]₊ (eq. 1), the margin for each example alone; the generator minimises E(G(z)) (eq. 2), through the error's
/// both sides, plus where it is asked for the pulling-away term of the codes of what it made (section 2.4, eq. 4). Both phases see the same
/// codes: G does not move in between, so its images are computed once.
/// </summary>
public sealed class EnergyBasedGan : Variant
{
    static readonly OptionSpec Margin = new("Margin", 1, ValueRange.NotNegative);
    static readonly OptionSpec PullingAway = new("PullingAway", 0, ValueRange.NotNegative);
    static readonly OptionSpec Reduction = new("Reduction", 0, ValueRange.Choice);

    /// <summary>Lengths of codes below it count as this one: the cosine of a code of zeros is 0.</summary>
    const float ShortestCode = 1e-8f;

    public override string Name => "EnergyBasedGan";

    public override IReadOnlyList<OptionSpec> Options { get; } = [Margin, PullingAway, Reduction];

    public override IReadOnlyList<NetworkSignature> Networks { get; } =
        [.. Gan.Adversaries("Encoder"), new("Decoder", ["h"], [OutputKind.Tensor])];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "h" ? Code(traced["Encoder"]) : Gan.CodeOrExample(parameter, options, traced);

    static Shape Code(NetworkTrace encoder) => encoder.Outputs["value"].Shape;

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        foreach (var error in Gan.CheckLatent(options, networks)) yield return error;
        if (Pulls(options) && options.Int("Batch", 1) == 1)
            yield return new(VariantErrorKind.InvalidOption, "PullingAway",
                "PullingAway compares the codes of a batch in pairs: Batch must be at least 2, but is 1");
    }

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        if (Pulls(trace.Options) && trace.Network("Encoder") is { } encoder && Code(encoder) is var code && code.Count == 1)
            yield return new(VariantErrorKind.WrongOutputShape, "Encoder",
                $"Encoder must return codes of at least two numbers for PullingAway, which compares directions, but returns shape {code}");
        foreach (var error in Gan.CheckPrior(trace)) yield return error;
        foreach (var error in CheckExamples(trace, "Generator")) yield return error;
        foreach (var error in CheckExamples(trace, "Decoder")) yield return error;
    }

    static bool Pulls(AttributeValues options) => options.Float("PullingAway", 0) > 0;

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
        [new("Discriminator", ["Encoder", "Decoder"]), new("Generator", ["Generator", "Prior"])];

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var margin = m.Hyperparameter("Discriminator", Margin);
        var weight = Pulls(m.Options) ? m.Hyperparameter("Generator", PullingAway) : null;

        // One set of images for both phases, with the draws of the first.
        var images = new Dictionary<DrawScope, Node>();
        Node Image(DrawScope draws) => images.TryGetValue(draws, out var known) ? known : images[draws] = Gan.Generated(m, draws);

        PhaseLosses Discriminate(DrawScope draws)
        {
            var (real, fake) = (Energy(m, draws, m.Examples).Energy, Energy(m, draws, Image(draws)).Energy);
            var loss = g.Add(real, g.Unary(Op.Relu, g.Sub(margin, fake)));
            return new(g.MeanRows(loss), loss);
        }

        PhaseLosses Generate(DrawScope draws)
        {
            var (energy, codes) = Energy(m, draws, Image(draws));
            if (weight is null) return new(g.MeanRows(energy), energy, g.Constant(0));
            var term = g.Mul(weight, MeanSquaredCosine(g, codes));
            return new(g.Add(g.MeanRows(energy), term), energy, term);
        }

        var error = ErrorInWords(m.Options);
        m.LossesSummary = $"Means over the rows of energies, each the {error}, and the weighted pulling-away term.";
        var shared = m.Draws("Discriminator");
        m.Phase("Discriminator",
            [new("Discriminator", "What the discriminator minimises: the mean of E(x) + [m − E(G(z))]₊, with the margin m.",
                "E(x) + [m − E(G(z))]₊")],
            Discriminate, shared);
        m.Phase(
            "Generator",
            [
                new("Generator", "Mean energy of what the generator made, E(G(z)), which it minimises.", "E(G(z))"),
                new("PullingAway",
                    weight is null
                        ? "0: codes are not pulled away from each other."
                        : "The weight times the mean squared cosine between the codes of two examples that the generator made, which it "
                            + "minimises in addition.",
                    "λ·mean cos² of pairs of codes"),
            ],
            Generate, shared);
        m.Evaluate();
        Members(m, error);
    }

    static void Members(ModelBuilder m, string error)
    {
        Gan.GeneratorMembers(m);
        var (g, size, code) = (m.Graph, m.ExampleShape.Count, Code(m.Networks["Encoder"]));
        var x = ModelBuilder.Rows("x", size);
        m.Infer(
            "Energy", $"The discriminator's energy of each example, the {error}: low where examples are real.", "E(x)",
            Energy(m, new("energy."), m.Examples).Energy, ModelBuilder.Result("energies", 1, "Receives one number per example."), x);
        m.Infer(
            "Encode", "The discriminator's code of each example.", "codes of examples",
            m.PerExample(m.Networks.Tensor("Encoder", new("encode."), m.Examples)),
            ModelBuilder.Result("h", code.Count, $"Receives {ModelBuilder.Values(code.Count)} per example."), x);
        var reconstructing = new DrawScope("reconstruct.");
        m.Infer(
            "Reconstruct", "What the discriminator makes of each example: Dec(Enc(x)).", "Dec(Enc(x))",
            m.Networks.Tensor("Decoder", reconstructing, m.PerExample(m.Networks.Tensor("Encoder", reconstructing, m.Examples))),
            ModelBuilder.Result("y", size, $"Receives {ModelBuilder.Values(size)} per example."), x);
    }

    /// <summary>E(x) per row, and the code of each.</summary>
    static (Node Energy, Node Codes) Energy(ModelBuilder m, DrawScope draws, Node x)
    {
        var g = m.Graph;
        var codes = m.PerExample(m.Networks.Tensor("Encoder", draws, x));
        var square = g.Unary(Op.Square, g.Sub(m.Networks.Tensor("Decoder", draws, codes), x));
        return (m.Options.Int("Reduction", 0) switch
        {
            1 => g.Sum(square),
            2 => g.Unary(Op.Sqrt, g.Sum(square)),
            _ => g.Mean(square),
        }, codes);
    }

    static string ErrorInWords(AttributeValues options) => options.Int("Reduction", 0) switch
    {
        1 => "sum of the squared errors of an example's reconstruction",
        2 => "Euclidean norm of the error of an example's reconstruction",
        _ => "mean of the squared errors of an example's reconstruction",
    };

    /// <summary>
    /// f(S) = Σᵢ Σ_{j≠i} (sᵢᵀsⱼ / (‖sᵢ‖·‖sⱼ‖))² / (N·(N − 1)) for the N rows of S (Zhao et al. 2017, eq. 4), without a table of N × N
    /// pairs: with Ŝ the rows of length 1, Σᵢ Σⱼ (ŝᵢᵀŝⱼ)² = ‖Ŝ·Ŝᵀ‖² = ‖Ŝᵀ·Ŝ‖², which has as many rows and columns as a code has numbers.
    /// The pairs of a row with itself are taken off again.
    /// </summary>
    static Node MeanSquaredCosine(GraphBuilder g, Node codes)
    {
        var rows = g.Reshape(codes, new Shape(codes.Shape.Count));
        var squares = g.Sum(g.Unary(Op.Square, rows));
        var scale = g.Unary(Op.Rsqrt, g.Clamp(squares, ShortestCode * ShortestCode, float.MaxValue));
        var directions = g.Mul(rows, g.Reshape(scale, new Shape(1)));
        var products = g.MatMul(directions, directions, transposeA: true);
        var all = g.Sum(g.Unary(Op.Square, products));
        var own = g.SumRows(g.Unary(Op.Square, g.Sum(g.Unary(Op.Square, directions))));
        var pairs = g.Mul(g.RowCount(), g.Sub(g.RowCount(), g.Constant(1)));
        return g.Div(g.Sub(all, own), pairs);
    }
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Wasserstein GAN. The critic minimises E C(G(z)) − E C(x), the generator −E C(G(z)), once for every CriticSteps of the critic (Arjovsky
/// et al. 2017, algorithm 1, which clips the critic's weights to ±c after its update). With a penalty the critic minimises in addition λ·E
/// (‖∇C(x̂)‖₂ − 1)² with x̂ = α·x + (1 − α)·G(z), α ~ U[0, 1) and the norm taken for each example alone (Gulrajani et al. 2017, eq. 3), and
/// nothing is clipped.
/// </summary>
public sealed class WassersteinGan : Variant
{
    static readonly OptionSpec CriticSteps = new("CriticSteps", 5, ValueRange.PositiveCount);
    static readonly OptionSpec Clip = new("Clip", 0.01f, ValueRange.Positive);
    static readonly OptionSpec Penalty = new("Penalty", 0, ValueRange.NotNegative);

    public override string Name => "WassersteinGan";

    public override IReadOnlyList<OptionSpec> Options { get; } = [CriticSteps, Clip, Penalty];

    public override IReadOnlyList<NetworkSignature> Networks { get; } = [.. Gan.Adversaries("Critic")];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        Gan.CodeOrExample(parameter, options, traced);

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks) =>
        Gan.CheckLatent(options, networks);

    public override IEnumerable<VariantError> Check(ModelTrace trace) =>
    [
        .. Gan.CheckPrior(trace), .. CheckExamples(trace, "Generator"), .. CheckOneNumber(trace, "Critic", "C(x)"), .. CheckSlope(trace),
    ];

    /// <summary>The penalty is on the slope of one example.</summary>
    static IEnumerable<VariantError> CheckSlope(ModelTrace trace)
    {
        if (trace.Options.Float("Penalty", 0) > 0 && trace.States.Any(s => s.Network == "Critic" && s.Positions > 0))
            yield return new(VariantErrorKind.WrongOutputShape, "Critic",
                "'Critic' has BatchNorm, through which its slope at one example depends on all others, and the penalty is on the slope at "
                    + "each: use LayerNorm, spectral normalisation, or none");
    }

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
    [
        new("Critic", ["Critic"], Bound: trace.Options.Float("Penalty", 0) > 0 ? null : "clip"),
        new("Generator", ["Generator", "Prior"], Every: trace.Options.Int("CriticSteps", 5)),
    ];

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var isPenalised = m.Options.Float("Penalty", 0) > 0;
        var weight = m.Hyperparameter("Critic", isPenalised ? Penalty : Clip);

        Node Criticise(DrawScope draws, Node x) => m.Networks.Number("Critic", draws, x);

        PhaseLosses Critic(DrawScope draws)
        {
            var fake = Gan.Generated(m, draws);
            var distance = g.Sub(Criticise(draws, m.Examples), Criticise(draws, fake));
            if (!isPenalised) return new(g.Neg(g.MeanRows(distance)), distance, g.Constant(0));
            var alpha = draws.Uniform(g, "alpha", Shape.Scalar.Padded(m.ExampleShape.Rank));
            var between = g.Add(g.Mul(alpha, m.Examples), g.Mul(g.Sub(g.Constant(1), alpha), fake));
            var gradient = Gradients.Of(g, Criticise(draws, between), [between])[0];
            var slope = g.Unary(Op.Sqrt, g.Sum(g.Unary(Op.Square, gradient)));
            var penalty = g.Mul(weight, g.Unary(Op.Square, g.Sub(slope, g.Constant(1))));
            return new(g.MeanRows(g.Sub(penalty, distance)), distance, penalty);
        }

        PhaseLosses Generator(DrawScope draws)
        {
            var loss = g.Neg(Criticise(draws, Gan.Generated(m, draws)));
            return new(g.MeanRows(loss), loss);
        }

        m.LossesSummary = "Means over the rows.";
        m.Phase(
            "Critic",
            [
                new("Wasserstein",
                    "E C(x) − E C(G(z)): the critic's estimate of the distance, up to its Lipschitz constant; the critic maximises it.",
                    "E C(x) − E C(G(z))"),
                new("Penalty",
                    isPenalised
                        ? "λ·E (‖∇C(x̂)‖₂ − 1)², which the critic minimises in addition."
                        : "0: the critic's weights are clipped instead.",
                    "λ·E (‖∇C(x′)‖ − 1)²"),
            ],
            Critic);
        m.Phase("Generator", [new("Generator", "What the generator minimises: −E C(G(z)).", "−E C(G(z))")], Generator);
        m.Evaluate();
        Gan.GeneratorMembers(m);
        m.Infer(
            "Criticize", "The critic's value of each example.", "C(x)", Criticise(new("criticize."), m.Examples),
            ModelBuilder.Result("values", 1, "Receives one number per example."), ModelBuilder.Rows("x", m.ExampleShape.Count));
    }
}

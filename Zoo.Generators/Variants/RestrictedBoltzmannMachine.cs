using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// Restricted Boltzmann machine (Smolensky 1986; Hinton 2002), trained by contrastive divergence or with persistent chains (Tieleman 2008).
/// Nothing is differentiated through a chain: with fantasies v held fixed, the gradient of E F(x) − E F(v) is that of the log-likelihood,
/// E over the model − E over the data of ∂E/∂θ. Sweeps are a loop in front of the gradients, all but the last, which is part of them.
/// </summary>
public sealed class RestrictedBoltzmannMachine : Variant
{
    const string Learn = "Step";

    static readonly OptionSpec SlidingFactor = new("SlidingFactor", 0.01f, ValueRange.PositiveFraction);
    static readonly OptionSpec SparsityTarget = new("SparsityTarget", 0, ValueRange.Fraction);
    static readonly OptionSpec SparsityCost = new("SparsityCost", 0, ValueRange.NotNegative);

    public override string Name => "RestrictedBoltzmannMachine";

    public override IReadOnlyList<OptionSpec> Options { get; } =
    [
        new("Hidden", 0, ValueRange.PositiveCount), new("Visible", 0, ValueRange.Choice), new("GibbsSteps", 1, ValueRange.PositiveCount),
        new("Chains", 0, ValueRange.Count), SlidingFactor, SparsityTarget, SparsityCost, new("Variance", 1, ValueRange.Positive),
    ];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        options.Shape("Input") ?? Shape.Scalar;

    // An iteration of a draw has 16 bits, and the step's own pass is one.
    const int MostSweeps = ushort.MaxValue, MostChains = 1 << 20;

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        static VariantError Wrong(string option, FormattableString message) =>
            new(VariantErrorKind.InvalidOption, option, FormattableString.Invariant(message));

        var (hidden, chains, sweeps) = (options.Int("Hidden", 0), options.Int("Chains", 0), options.Int("GibbsSteps", 1));
        var visible = options.Shape("Input") is { Rank: > 0 } input ? input.Dimensions.Aggregate(1.0, (a, b) => a * b) : 1;
        if (hidden * visible > int.MaxValue)
            yield return Wrong("Hidden", $"Hidden times Input must be at most {int.MaxValue} weights, but is {hidden * visible:0}");
        var rows = Math.Max((double)options.Int("Batch", 1), chains);
        if (rows * Math.Max(hidden, visible) > int.MaxValue)
            yield return Wrong(chains > options.Int("Batch", 1) ? "Chains" : "Batch",
                $"{rows:0} rows of {Math.Max(hidden, visible):0} units are more than {int.MaxValue} numbers");
        if (sweeps > MostSweeps) yield return Wrong("GibbsSteps", $"GibbsSteps must be at most {MostSweeps}, but is {sweeps}");
        if (chains > MostChains) yield return Wrong("Chains", $"Chains must be at most {MostChains}, but is {chains}");
        if (chains > 0 && !options.Flag("Persistent"))
            yield return Wrong("Chains",
                $"Chains are those of Persistent = true, but there are {chains} without it: contrastive divergence has one an example");
        if (options.Has("SlidingFactor") && !options.Flag("Centered"))
            yield return Wrong("SlidingFactor", $"SlidingFactor moves the offsets of Centered = true, and there are none without it");
        if (options.Has("SparsityTarget") && options.Float("SparsityCost", 0) == 0)
            yield return Wrong("SparsityTarget", $"SparsityTarget needs a SparsityCost above 0, which says how much it counts");
        if (options.Flag("Visible")) yield break;
        foreach (var option in new[] { "Variance", "LearnsVariance" })
            if (options.Has(option)) yield return Wrong(option, $"{option} is of Visible.Gaussian units: Bernoulli ones have no variance");
    }

    public override IReadOnlyList<ParameterTrace> Parameters(AttributeValues options)
    {
        var (visible, hidden) = Sizes(options);
        ParameterTrace Bias(string name, int size) =>
            new(name, Naming.PascalCase(name), new(size), FileAxis.Of(new(size)), "Zeros", 0, 0, -1);
        List<ParameterTrace> parameters =
        [
            new("weight", "Weight", new(visible, hidden), FileAxis.Turned(new(visible, hidden)), "Normal001", visible, hidden, -1),
            Bias("visible_bias", visible), Bias("hidden_bias", hidden),
        ];
        if (LearnsVariance(options)) parameters.Add(Bias("visible_log_variance", visible));
        return parameters;
    }

    public override IReadOnlyList<LayerTrace> Layers(AttributeValues options)
    {
        var (visible, hidden) = Sizes(options);
        var parameters = (long)visible * hidden + visible + hidden + (LearnsVariance(options) ? visible : 0);
        return [new("machine", "boltzmann", new(visible), new(hidden), parameters, 2L * visible * hidden)];
    }

    static (int Visible, int Hidden) Sizes(AttributeValues options) =>
        (options.Shape("Input") is { Rank: > 0 } input ? input.Count : 1, options.Int("Hidden", 1));

    static bool LearnsVariance(AttributeValues options) => options.Flag("Visible") && options.Flag("LearnsVariance");

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) =>
        [new(Learn, [.. Parameters(trace.Options).Select(p => p.Network)])];

    public override void Build(ModelBuilder m)
    {
        var g = m.Graph;
        var energy = new BoltzmannEnergy(m);
        var x = g.Reshape(m.Examples, new Shape(energy.Visible));
        m.HasUnitExamples = !energy.IsGaussian;
        m.ToldOptions = energy.IsGaussian
            ? [("Visible", "Gaussian"), ("Variance", energy.Variance.ToString("R", CultureInfo.InvariantCulture))]
            : [("Visible", "Bernoulli")];
        var training = m.Draws(Learn);
        var chain = Chain(m, energy, training, x);

        PhaseLosses Losses(DrawScope draws)
        {
            var reconstructed = energy.VisibleMean(energy.HiddenMean(x));
            var (error, free) = (g.Sum(g.Unary(Op.Square, g.Sub(x, reconstructed))), energy.FreeEnergy(x));
            // Chains are of training: what is evaluated is the examples alone.
            if (!draws.IsTraining) return new(g.MeanRows(free), error, free);
            var fantasies = g.StopGradient(energy.VisibleSample(draws, "visible", chain));
            var objective = g.Sub(g.MeanRows(free), energy.MeanFreeEnergy(fantasies));
            var formula = "F(x) − F(v), v held fixed";
            if (m.Options.Float("SparsityCost", 0) > 0)
            {
                var off = g.Sub(m.Hyperparameter(Learn, SparsityTarget), g.MeanRows(energy.HiddenMean(x)));
                objective = g.Add(objective, g.Mul(m.Hyperparameter(Learn, SparsityCost), g.Sum(g.Unary(Op.Square, off))));
                formula += ", and the cost of hidden units that are not sparse";
            }
            List<(string, Node)> next = [];
            if (m.Options.Flag("Centered"))
            {
                objective = Centred(m, energy, x, objective, next);
                formula += ", by the centred gradient";
            }
            if (m.Options.Flag("Persistent")) next.Add(("chains", energy.HiddenSample(draws, "hidden", fantasies)));
            return new(objective, error, free) { Next = next, Formula = formula };
        }

        m.LossesSummary = "Means over the rows.";
        m.Phase(Learn,
            [
                new("ReconstructionError", "Squared error of E[v|h] with h = p(h|x), summed over the visible units: no draw is in it.",
                    "‖x − E[v|h]‖² at h = p(h|x)"),
                new("FreeEnergy", "F(x), in nats: log p(x) without −log Z.", "F(x)"),
            ],
            Losses, training);
        m.Evaluate();
        BoltzmannMembers.Write(m, energy, x);
    }

    /// <summary>
    /// Hidden units from which the gradients take the last half sweep: one row per example, or persistent ones. What comes before is loops.
    /// </summary>
    static Node Chain(ModelBuilder m, BoltzmannEnergy energy, DrawScope draws, Node x)
    {
        var (g, loops) = (m.Graph, m.Options.Int("GibbsSteps", 1) - 1);
        const string summary = "a Gibbs sweep of the chains: v ~ p(v|h), h ~ p(h|v)";
        Node Swept(Node h) => energy.HiddenSample(draws, "hidden", energy.VisibleSample(draws, "visible", h));
        if (m.Options.Flag("Persistent"))
        {
            var count = m.Options.Int("Chains", 0) is > 0 and var chains ? chains : m.Batch;
            var persistent = m.State("chains", new(count, energy.Hidden));
            if (loops > 0) m.Loop(Learn, "Sweep", summary, loops, (ResultKind.NextState, "chains", Swept(persistent)));
            return persistent;
        }
        var begun = energy.HiddenSample(draws, "start", x);
        if (loops == 0) return begun;
        var carried = g.Carried("chain", begun.Type);
        m.Loop(Learn, "Begin", "chains begin with the batch: h ~ p(h|x)", 1, (ResultKind.Carried, "chain", begun));
        m.Loop(Learn, "Sweep", summary, loops, (ResultKind.Carried, "chain", Swept(carried)));
        return carried;
    }

    /// <summary>
    /// An objective whose gradient is the centred one of another (Melchior, Fischer and Wiskott 2016): ∂′W = ∂W − ∂b·λᵀ − μ·∂cᵀ, ∂′b = ∂b −
    /// ∂′W·λ, ∂′c = ∂c − ∂′Wᵀ·μ, where μ stands for μ / s² with Gaussian units. That is the gradient in W, b + Wλ and c + Wᵀμ, brought back
    /// to b and c while the offsets stand still. Adds what the offsets are next; the gradient already sees them.
    /// </summary>
    static Node Centred(ModelBuilder m, BoltzmannEnergy energy, Node x, Node objective, List<(string, Node)> next)
    {
        var (g, factor) = (m.Graph, m.Hyperparameter(Learn, SlidingFactor));
        Node Offset(string name, int size, Node mean)
        {
            var old = m.State(name, new(size), "Halves");
            var moved = g.StopGradient(g.Add(old, g.Mul(factor, g.Sub(mean, old))));
            next.Add((name, moved));
            return moved;
        }

        var mu = g.StopGradient(energy.Scaled(Offset("visible_offset", energy.Visible, g.MeanRows(x))));
        var lambda = Offset("hidden_offset", energy.Hidden, g.MeanRows(energy.HiddenMean(x)));
        Node Column(Node vector) => g.Reshape(vector, new Shape(vector.Shape.Count, 1));
        Node Row(Node vector) => g.Reshape(vector, new Shape(1, vector.Shape.Count));
        List<Node> targets = [energy.Weight, energy.VisibleBias, energy.HiddenBias];
        if (LearnsVariance(m.Options)) targets.Add(g.Parameter("visible_log_variance", new(energy.Visible)));
        var gradients = Gradients.Of(g, objective, targets);
        var (b, c) = (gradients[1], gradients[2]);
        var weight = g.Sub(g.Sub(gradients[0], g.Mul(Column(b), Row(lambda))), g.Mul(Column(mu), Row(c)));
        List<Node> centred =
        [
            weight,
            g.Sub(b, g.Sum(g.Mul(weight, Row(lambda)), 1)),
            g.Sub(c, g.Sum(g.Mul(weight, Column(mu)), 0)),
            .. gradients.Skip(3),
        ];
        // Σ θ·g has the gradient g where g is held fixed.
        return targets.Zip(centred, (target, gradient) => g.Sum(g.Mul(target, g.StopGradient(gradient)))).Aggregate(g.Add);
    }
}

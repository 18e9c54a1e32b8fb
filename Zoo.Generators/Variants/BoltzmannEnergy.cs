using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// The energy of a restricted Boltzmann machine and the two conditionals that come of it, in IR. Bernoulli units: E = −bᵀv − cᵀh − vᵀWh;
/// Gaussian ones: E = Σ (v − b)² / 2s² − cᵀh − (v / s²)ᵀWh. Values are one row per example, or all rows of a chain at once: [rows, units],
/// shared by the batch.
/// </summary>
sealed class BoltzmannEnergy
{
    readonly ModelBuilder m;
    readonly GraphBuilder g;

    // 1 / s² of Gaussian units; null where it is 1 or there is none.
    readonly Node? precision;

    public BoltzmannEnergy(ModelBuilder m)
    {
        (this.m, g) = (m, m.Graph);
        var options = m.Options;
        Visible = options.Shape("Input")!.Value.Count;
        Hidden = options.Int("Hidden", 1);
        IsGaussian = options.Flag("Visible");
        Weight = g.Parameter("weight", new(Visible, Hidden));
        VisibleBias = g.Parameter("visible_bias", new(Visible));
        HiddenBias = g.Parameter("hidden_bias", new(Hidden));
        Variance = IsGaussian ? options.Float("Variance", 1) : 0;
        var fixedPrecision = 1 / options.Float("Variance", 1);
        if (IsGaussian && options.Flag("LearnsVariance"))
            precision = g.Mul(g.Unary(Op.Exp, g.Neg(g.Parameter("visible_log_variance", new(Visible)))), fixedPrecision);
        else if (IsGaussian && fixedPrecision != 1) precision = g.Constant(fixedPrecision, TensorType.Shared(Visible));
    }

    public int Visible { get; }

    public int Hidden { get; }

    public bool IsGaussian { get; }

    /// <summary>s² of Gaussian units as declared; 0 of Bernoulli ones.</summary>
    public float Variance { get; }

    public Node Weight { get; }

    public Node VisibleBias { get; }

    public Node HiddenBias { get; }

    /// <summary>v / s², or v: what the weights are multiplied with.</summary>
    public Node Scaled(Node v) => precision is null ? v : g.Mul(v, precision);

    /// <summary>c + Wᵀ(v / s²): the log-odds of the hidden units.</summary>
    public Node HiddenInput(Node v) => g.Add(g.MatMul(Scaled(v), Weight), HiddenBias);

    /// <summary>p(h = 1|v).</summary>
    public Node HiddenMean(Node v) => g.Unary(Op.Sigmoid, HiddenInput(v));

    /// <summary>b + Wh.</summary>
    public Node VisibleInput(Node h) => g.Add(g.MatMul(h, Weight, transposeB: true), VisibleBias);

    /// <summary>E[v|h], given b + Wh.</summary>
    public Node VisibleMeanOf(Node input) => IsGaussian ? input : g.Unary(Op.Sigmoid, input);

    /// <summary>E[v|h].</summary>
    public Node VisibleMean(Node h) => VisibleMeanOf(VisibleInput(h));

    /// <summary>h ~ p(h|v).</summary>
    public Node HiddenSample(DrawScope draws, string name, Node v) =>
        m.Drawn("h", $"p(h|v), {Hidden} units", v, Switched(draws, name, HiddenMean(v)));

    /// <summary>v ~ p(v|h).</summary>
    public Node VisibleSample(DrawScope draws, string name, Node h) =>
        m.Drawn("v", $"p(v|h), {Visible} units", h, VisibleSampleOf(draws, name, VisibleInput(h)));

    /// <summary>v ~ p(v|h), given b + Wh.</summary>
    public Node VisibleSampleOf(DrawScope draws, string name, Node input)
    {
        if (!IsGaussian) return Switched(draws, name, VisibleMeanOf(input));
        var noise = draws.Draw(g, name, DrawKind.Normal, input.Type);
        return g.Add(input, precision is null ? noise : g.Mul(noise, g.Unary(Op.Rsqrt, precision)));
    }

    /// <summary>1 with a probability, else 0.</summary>
    public Node Switched(DrawScope draws, string name, Node probability) =>
        g.Binary(Op.Greater, probability, draws.Draw(g, name, DrawKind.Uniform, probability.Type));

    /// <summary>What the visible units add to the free energy by themselves: −bᵀv, or Σ (v − b)² / 2s².</summary>
    public Node VisibleEnergy(Node v, Node bias) => IsGaussian
        ? g.Mul(g.Sum(Scaled(g.Unary(Op.Square, g.Sub(v, bias)))), 0.5f)
        : g.Neg(g.Sum(g.Mul(v, bias)));

    /// <summary>F(v) = −log Σ_h exp(−E(v, h)), per row; of all rows of a chain at once their sum.</summary>
    public Node FreeEnergy(Node v) => g.Sub(VisibleEnergy(v, VisibleBias), g.Sum(g.Unary(Op.Softplus, HiddenInput(v))));

    /// <summary>F's mean over the rows.</summary>
    public Node MeanFreeEnergy(Node v) =>
        v.Type.IsShared ? g.Mul(FreeEnergy(v), 1f / v.Shape[0]) : g.MeanRows(FreeEnergy(v));
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Variants;

/// <summary>
/// What users call of a restricted Boltzmann machine beside training, and the programs behind it. A loop whose length is known at run time
/// (sweeps, temperatures, flipped bits) is a program that hands its values on to its next run; the runtime counts the runs.
/// </summary>
static class BoltzmannMembers
{
    const string Argument = "System.ArgumentException", OutOfRange = "System.ArgumentOutOfRangeException";

    static readonly SurfaceParameter Progress =
        new("progress", "Is told how much is done, from 0 to 1; it may not call this model.", ParameterKind.Progress, 0);

    static readonly RuntimeRefusal BrokenSpan = new(Argument, "A span has a length that does not fit.");
    static readonly RuntimeRefusal NoExample = new(Argument, "The span holds no example, or a broken one.");

    public static void Write(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        Conditionals(m, energy, x);
        Chains(m, energy, x);
        if (!energy.IsGaussian) PseudoLikelihood(m, energy, x);
        Partition(m, energy);
        var first = energy.IsGaussian ? "the means of the examples" : "the log-odds of the examples' means";
        m.Member(
            "SetVisibleBiases", $"Sets the visible biases to {first}, from which learning has less to do (Hinton 2012, section 8), and the "
                + "visible offsets of a centred machine to the means. For a new machine: nothing else is touched.",
            new RuntimeCall("VisibleBiases.Set", "void", "",
                new([RuntimeArgument.Of(energy.Visible), RuntimeArgument.Of(energy.Variance)]),
                new([new(Argument, "The span holds no example, or a broken one, or a value that <see cref=\"ChecksData\"/> does not let "
                    + "pass.")])),
            ModelBuilder.Rows("examples", energy.Visible));
    }

    static SurfaceParameter Examples(int size) => ModelBuilder.Rows("v", size);

    static SurfaceParameter Seed(string what) =>
        new("seed", $"Seed of the draws. The first n of more {what} are the same as n {what}.", ParameterKind.Seed, 0);

    static void Conditionals(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        void Infer(string name, string documentation, string summary, Node output, SurfaceParameter result)
        {
            m.Program(name, summary, ["x"], (ResultKind.Output, result.Name, output));
            m.Member(name, documentation, new InferenceCall(name), Examples(energy.Visible), result with { Output = result.Name });
        }

        Infer("Encode", "p(h = 1|v) for each example: its features.", "p(h = 1|v)", energy.HiddenMean(x),
            ModelBuilder.Result("h", energy.Hidden, $"Receives {ModelBuilder.Values(energy.Hidden)} per example."));
        Infer("Reconstruct", "E[v|h] with h = p(h = 1|v), for each example; nothing is drawn.", "E[v|p(h = 1|v)]",
            energy.VisibleMean(energy.HiddenMean(x)),
            ModelBuilder.Result("y", energy.Visible, $"Receives {ModelBuilder.Values(energy.Visible)} per example."));
        Infer("FreeEnergy", "F(v) = −log Σ_h exp(−E(v, h)) of each example, in nats: log p(v) without −log Z.", "F(v)",
            energy.FreeEnergy(x), ModelBuilder.Result("energies", 1, "Receives one number per example."));
    }

    static void Chains(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        var (g, draws) = (m.Graph, new DrawScope("sample."));
        var hidden = g.Carried("sample.chain", new(1, new Shape(energy.Hidden)));
        (ResultKind, string, Node) Hand(Node next) => (ResultKind.Carried, "sample.chain", next);
        var fair = g.Constant(0.5f, hidden.Type);
        m.Program("BeginNoise", "chains begin with noise: h ~ Bernoulli(½)", [], Hand(energy.Switched(draws, "start", fair)));
        m.Program("BeginData", "chains begin with data: h ~ p(h|v)", ["x"], Hand(energy.HiddenSample(draws, "start", x)));
        var swept = energy.VisibleSample(draws, "visible", hidden);
        var next = energy.HiddenSample(draws, "hidden", swept);
        m.Program("SampleSweep", "a Gibbs sweep: v ~ p(v|h), h ~ p(h|v)", [], (ResultKind.Output, "visible", swept), Hand(next));
        m.Show("Sample, a sweep", ("samples", swept), ("next chain", next));
        SurfaceParameter
            sweeps = new("gibbsSteps", "Sweeps before the result, at least 1.", ParameterKind.Count, 0),
            result = ModelBuilder.Result("v", energy.Visible, $"Receives samples of {ModelBuilder.Values(energy.Visible)}.");
        RuntimeCall Call(string method, string begin) => new(
            $"GibbsSampling.{method}", "void", "",
            new([RuntimeArgument.Of(begin), RuntimeArgument.Of("SampleSweep"), RuntimeArgument.Place("SampleSweep", "visible"),
                RuntimeArgument.Of(energy.Visible)]),
            new([BrokenSpan, new(OutOfRange, "<paramref name=\"gibbsSteps\"/> is below 1.")]));
        m.Member(
            "Sample", "v of chains that begin with h ~ Bernoulli(½), after so many Gibbs sweeps: as many chains as there is room for.",
            Call("FromNoise", "BeginNoise"), Seed("samples"), sweeps, result, Progress);
        m.Member(
            "Sample", "v of chains that begin with examples. Where there is room for several times as many samples as there are examples, "
                + "the chains go on: all their states after so many sweeps, then all after as many more, and so on.",
            Call("FromData", "BeginData"), Seed("samples"),
            ModelBuilder.Rows("examples", energy.Visible, "Where the chains begin: examples"), sweeps, result, Progress);
    }

    static void PseudoLikelihood(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        var g = m.Graph;
        var input = energy.HiddenInput(x);
        m.Program("BeginFlips", "c + Wᵀv, which every flipped bit changes by a row of W", ["x"],
            (ResultKind.Carried, "flips.input", input));
        // F(v with bit i turned) − F(v), from one row of W.
        var (before, bit) = (g.Carried("flips.input", input.Type), g.OneHot(g.Input("bit", TensorType.Batch()), energy.Visible));
        var change = g.Sub(g.Constant(1), g.Mul(g.Sum(g.Mul(bit, x)), 2));
        var after = g.Add(before, g.Mul(g.MatMul(bit, energy.Weight), g.Reshape(change, new Shape(1))));
        var difference = g.Sub(
            g.Sum(g.Sub(g.Unary(Op.Softplus, before), g.Unary(Op.Softplus, after))),
            g.Mul(change, g.Sum(g.Mul(bit, energy.VisibleBias))));
        m.Program("Flip", "log p(v_i|the other bits) of one bit of each row", ["x", "bit"],
            (ResultKind.Output, "log_conditional", g.LogSigmoid(difference)));
        RuntimeCall Call(string method) => new(
            $"PseudoLikelihood.{method}", "double", "The mean over the examples, in nats.",
            new([RuntimeArgument.Of("BeginFlips"), RuntimeArgument.Of("Flip"), RuntimeArgument.Place("Flip", "log_conditional"),
                RuntimeArgument.Of(energy.Visible)]), new([NoExample]));
        m.Member(
            "PseudoLogLikelihood", "log pseudo-likelihood (Besag 1975) from one bit of each example, drawn evenly: the number of units "
                + "times log p(v_i|the other bits) = log σ(F(v with bit i turned) − F(v)), as scikit-learn estimates it.",
            Call("OfOneBit"), Seed("examples"), Examples(energy.Visible));
        m.Member(
            "PseudoLogLikelihood", "log pseudo-likelihood (Besag 1975): Σ_i log p(v_i|the other bits), over all bits of each example.",
            Call("OfAllBits"), Examples(energy.Visible), Progress);
    }

    static void Partition(ModelBuilder m, BoltzmannEnergy energy)
    {
        Anneal(m, energy);
        var variance = RuntimeArgument.Of(energy.Variance);
        var perRow = new SurfaceParameter("perRow", "Receives log p(v) of each example, or is left out.", ParameterKind.PerRow, 0);
        var enumerated = energy.IsGaussian ? "the hidden layer" : "the smaller layer";
        var tooLarge = new RuntimeRefusal("System.InvalidOperationException",
            $"{char.ToUpperInvariant(enumerated[0])}{enumerated.Substring(1)} has more than 24 units.");
        m.Member(
            "LogPartition", $"log Z in nats, exactly: the states of {enumerated} are enumerated, at most 2²⁴ of them.",
            new RuntimeCall("PartitionFunction.Log", "double", "log Z.", new([variance]), new([tooLarge])), Progress);

        RuntimeCall Estimate(string method, string wrong) => new(
            $"AnnealedImportanceSampling.{method}", "Zoo.PartitionEstimate", "log Z, its standard deviation and the effective sample size.",
            new([RuntimeArgument.Of("BeginAnneal"), RuntimeArgument.Of("Anneal"), RuntimeArgument.Place("Anneal", "increment"), variance]),
            new([new(Argument, "A span has a length that does not fit, or an example a value that <see cref=\"ChecksData\"/> does not let "
                + "pass."),
                new(OutOfRange, wrong)]));
        SurfaceParameter
            chains = new("chains", "Chains, at least 2.", ParameterKind.Count, 0),
            reverse = new("reverse", "Whether the weights are those of the way back, from the machine, as near as a forward run comes to "
                + "it, to the base: then the estimate is too large on average, where forward it is too small.", ParameterKind.Flag, 0),
            examples = new("examples", "Examples whose means the base machine has, or is left out: it has the machine's own visible "
                + "biases.", ParameterKind.OptionalRows, energy.Visible);
        const string way = "log Z in nats by annealed importance sampling (Neal 2001; Salakhutdinov and Murray 2008): from a machine "
            + "without weights to this one, a Gibbs sweep at each temperature";
        m.Member(
            "EstimateLogPartition", $"{way}; β rises from 0 to 1 in equal steps.",
            Estimate("EvenlySpaced", "<paramref name=\"chains\"/> or <paramref name=\"temperatures\"/> is below 2."),
            Seed("chains"), chains, new("temperatures", "Values of β, 0 and 1 among them.", ParameterKind.Count, 0), reverse, examples,
            Progress);
        m.Member(
            "EstimateLogPartition", $"{way} of a schedule.", Estimate("Scheduled", "<paramref name=\"chains\"/> is below 2."),
            Seed("chains"), chains,
            new("schedule", "β from 0 to 1, each larger than the one before.", ParameterKind.Numbers, 0), reverse, examples, Progress);

        RuntimeArgument[] free = [RuntimeArgument.Of("FreeEnergy"), RuntimeArgument.Place("FreeEnergy", "energies"),
            RuntimeArgument.Of(energy.Visible)];
        const string mean = "The mean over the examples, in nats.";
        m.Member(
            "LogLikelihood", "log p(v) = −F(v) − log Z of each example, with log Z by enumeration: see <see cref=\"LogPartition\"/>.",
            new RuntimeCall("BoltzmannLikelihood.Exact", "double", mean, new([.. free, variance]), new([NoExample, tooLarge])),
            Examples(energy.Visible), perRow);
        m.Member(
            "LogLikelihood", "log p(v) = −F(v) − log Z of each example, with a log Z that is known or estimated.",
            new RuntimeCall("BoltzmannLikelihood.With", "double", mean, new(free), new([NoExample])),
            Examples(energy.Visible), new("logPartition", "log Z in nats.", ParameterKind.Number, 0), perRow);
    }

    /// <summary>
    /// A temperature of annealed importance sampling. The base machine has no weights and biases of its own; p_β's visible energy is a
    /// mixture of both, and its hidden inputs are β(c + Wᵀv).
    /// </summary>
    static void Anneal(ModelBuilder m, BoltzmannEnergy energy)
    {
        var (g, draws, units) = (m.Graph, new DrawScope("anneal."), new TensorType(1, new Shape(energy.Visible)));
        var given = g.Input("base", units);
        m.Program("BeginAnneal", "the base machine's visible units, and its biases for later", ["base"],
            (ResultKind.Carried, "anneal.base", given),
            (ResultKind.Carried, "anneal.visible", energy.VisibleSampleOf(draws, "start", given)));

        var (v, bias) = (g.Carried("anneal.visible", units), g.Carried("anneal.base", units));
        Node Number(string name) => g.Reshape(g.Input(name, TensorType.Batch()), new Shape(1));
        var (beta, next) = (Number("beta"), Number("next"));
        var step = g.Sub(next, beta);
        var input = energy.HiddenInput(v);
        var (before, after, change) = (g.Mul(beta, input), g.Mul(next, input), g.Mul(step, input));
        Node Of(Op op, Node node) => g.Unary(op, node);
        // softplus(a + δ) − softplus(a), which is log(1 + σ(a)·(e^δ − 1)): exact where δ is small and the difference of two is not.
        var small = Of(Op.Log1p, g.Mul(Of(Op.Sigmoid, before), Of(Op.Expm1, g.Clamp(change, -1, 1))));
        var large = g.Sub(Of(Op.Softplus, after), Of(Op.Softplus, before));
        var hidden = g.Sum(g.Select(g.Binary(Op.Greater, g.Constant(1, change.Type), Of(Op.Abs, change)), small, large));
        var saved = g.Sub(energy.VisibleEnergy(v, bias), energy.VisibleEnergy(v, energy.VisibleBias));
        var visible = g.Mul(g.Reshape(step, Shape.Scalar), saved);
        var h = energy.Switched(draws, "hidden", Of(Op.Sigmoid, after));
        var mixed = g.Add(bias, g.Mul(next, g.Sub(g.Add(g.MatMul(h, energy.Weight, transposeB: true), energy.VisibleBias), bias)));
        m.Program("Anneal", "log p*(v) at the next temperature less that at this one, then a sweep at the next", ["beta", "next"],
            (ResultKind.Output, "increment", g.Add(hidden, visible)),
            (ResultKind.Carried, "anneal.visible", energy.VisibleSampleOf(draws, "visible", mixed)));
    }
}

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

    static readonly RuntimeRefusal BrokenSpan = new(Argument, "A span has a length that does not fit.");
    static readonly RuntimeRefusal NoExample = new(Argument, "The span holds no example, or a broken one.");

    public static void Write(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        Conditionals(m, energy, x);
        Chains(m, energy, x);
        if (!energy.IsGaussian) PseudoLikelihood(m, energy, x);
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
        m.Program("SampleSweep", "a Gibbs sweep: v ~ p(v|h), h ~ p(h|v)", [],
            (ResultKind.Output, "visible", swept), Hand(energy.HiddenSample(draws, "hidden", swept)));
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
            Call("FromNoise", "BeginNoise"), Seed("samples"), sweeps, result);
        m.Member(
            "Sample", "v of chains that begin with examples. Where there is room for several times as many samples as there are examples, "
                + "the chains go on: all their states after so many sweeps, then all after as many more, and so on.",
            Call("FromData", "BeginData"), Seed("samples"), ModelBuilder.Rows("examples", energy.Visible, "Where the chains begin: examples"),
            sweeps, result);
    }

    static void PseudoLikelihood(ModelBuilder m, BoltzmannEnergy energy, Node x)
    {
        var g = m.Graph;
        var input = energy.HiddenInput(x);
        m.Program("BeginFlips", "c + Wᵀv, which every flipped bit changes by a row of W", ["x"], (ResultKind.Carried, "flips.input", input));
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
            Call("OfAllBits"), Examples(energy.Visible),
            new("progress", "Is told how much is done, from 0 to 1.", ParameterKind.Progress, 0));
    }
}

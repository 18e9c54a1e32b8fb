using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// The importance-weighted bound L_K (Burda et al. 2016) and its gradient Σ w̃ₖ·∇log wₖ, w̃ = softmax(log w) held fixed, in double
/// precision against plain code and central differences. The same sums with each mistake of well-known implementations are told from it.
/// </summary>
public sealed class WeightedBoundTests
{
    const int Samples = 4;
    const double Tolerance = 1e-6;

    const string Source = """
        using Zoo;

        [Vae(Input = [3], Batch = 4, Samples = 4)]
        public partial class M
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2) * 2f, x.Dense(2));
            static Gaussian Decoder(Tensor z) => new(z.Dense(4).Tanh().Dense(3), Tensor.Parameter("log_variance", [1]));
        }
        """;

    /// <summary>What an implementation may get wrong; the first is nothing.</summary>
    public enum Mistake
    {
        None,

        /// <summary>Softmax of the losses −log w: the worst sample weighs most.</summary>
        SoftmaxOfTheLosses,

        /// <summary>The divergence in closed form in place of each sample's log q − log p.</summary>
        ClosedFormDivergence,

        /// <summary>A gradient through the weights w̃ too.</summary>
        WeightsWithGradient,

        /// <summary>The mean of log w: the bound of one sample, with K draws.</summary>
        MeanOfTheLogarithms,

        /// <summary>Σ w̃·log w, whose gradient is right, reported for L_K.</summary>
        SurrogateReported,
    }

    static readonly RandomModel Model = new("M", Source, [3], 4, [2], Samples, IsBernoulli: false);

    /// <summary>How far what the program reports and its gradients are from those sums, the larger.</summary>
    static double Deviation(Mistake mistake)
    {
        var trace = TracedModels.Trace(Model);
        var values = new ModelValues(Model, trace, seed: 5);
        var direct = new DirectVae(trace, values.Parameters);
        var graph = Differentiate.Run(BuildPrograms.Run(trace, merge: false).Graph);
        var bindings = VaeProgramTests.Bind(Model, trace, values, step: 0);
        var actual = Interpreter.Evaluate(graph.Program("Gradients").Results, Model.Batch, bindings);

        double[][] LogWeights() => [.. values.X.Select((x, i) => direct.LogWeights(
            x, values.Epsilon[i], isClosedForm: mistake == Mistake.ClosedFormDivergence))];
        double[] Softmax(double[] logs)
        {
            double[] signed = [.. logs.Select(l => mistake == Mistake.SoftmaxOfTheLosses ? -l : l)];
            var sum = signed.Sum(l => Math.Exp(l - signed.Max()));
            return [.. signed.Select(l => mistake == Mistake.MeanOfTheLogarithms ? 1.0 / Samples : Math.Exp(l - signed.Max()) / sum)];
        }
        double[][] held = [.. LogWeights().Select(Softmax)];
        double Surrogate() => LogWeights().Select((logs, i) =>
            logs.Zip(mistake == Mistake.WeightsWithGradient ? Softmax(logs) : held[i], (l, w) => w * l).Sum()).Average();
        var reported = mistake is Mistake.SurrogateReported or Mistake.MeanOfTheLogarithms
            ? Surrogate()
            : LogWeights().Average(logs => logs.Max() + Math.Log(logs.Average(l => Math.Exp(l - logs.Max()))));

        var worst = Math.Abs(reported - actual["loss.Elbo"][0]);
        foreach (var (name, weights) in values.Parameters)
        {
            for (var place = 0; place < weights.Length; place++)
            {
                const double Step = 1e-5;
                var at = weights[place];
                weights[place] = at + Step;
                var above = Surrogate();
                weights[place] = at - Step;
                var below = Surrogate();
                weights[place] = at;
                worst = Math.Max(worst, Math.Abs((below - above) / (2 * Step) - actual["gradient." + name][place]));
            }
        }
        return worst;
    }

    [Fact]
    public void BoundAndGradientAreThoseOfTheWeights() => Assert.InRange(Deviation(Mistake.None), 0, Tolerance);

    [Theory]
    [InlineData(Mistake.SoftmaxOfTheLosses)]
    [InlineData(Mistake.ClosedFormDivergence)]
    [InlineData(Mistake.WeightsWithGradient)]
    [InlineData(Mistake.MeanOfTheLogarithms)]
    [InlineData(Mistake.SurrogateReported)]
    public void MistakesAreFound(Mistake mistake) =>
        Assert.True(Deviation(mistake) > 1e3 * Tolerance, "What is wrong passes for what is right.");
}

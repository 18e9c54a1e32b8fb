using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// The gradient penalty λ·(‖∇C(x̂)‖ − 1)² and its gradient, in double precision against one that takes no derivative by a rule: slopes are
/// central differences of the critic at each example, gradients are central differences of the loss. Well-known implementations fail it in
/// the three ways that are tried here: one norm for the batch, one α for the batch, a norm along the batch.
/// </summary>
public class GradientPenaltyTests
{
    const int Rows = 6, Size = 3;
    const double Weight = 10, Tolerance = 1e-6;

    static readonly Lazy<ModelTrace> Declared = new(() => GeneratorRun.Of(AdversarialDeclarations.All["penalised"]).Trace!);

    static readonly Lazy<ModelGraph> Built = new(() => Differentiate.Run(BuildPrograms.Run(Declared.Value, merge: false).Graph));

    readonly GraphBuilder g = new();
    readonly Bindings bindings = new() { Hyperparameters = { ["critic:penalty"] = Weight } };
    readonly NetworkLibrary networks;
    readonly ParameterTrace[] trained = [.. Declared.Value.Parameters.Where(p => p.Network == "Critic")];
    readonly double[] real, fake, alpha;

    public GradientPenaltyTests()
    {
        networks = new(g, Declared.Value.Networks);
        var random = new Random(11);
        double[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        foreach (var parameter in Declared.Value.Parameters) bindings.Parameters[parameter.Name] = Values(parameter.Shape.Count);
        bindings.Inputs["x"] = real = Values(Rows * Size);
        var (z, uniform) = (Values(Rows * 4), Values(Rows).Select(v => (v + 1) / 2).ToArray());
        foreach (var scope in new[] { "critic:", "evaluate." })
            (bindings.Draws[scope + "z"], bindings.Draws[scope + "alpha"]) = (z, uniform);
        alpha = uniform;
        var code = g.Draw("critic:z", DrawKind.Normal, TensorType.Batch(4));
        fake = Interpreter.Evaluate(networks.Tensor("Generator", new(""), code), Rows, bindings);
    }

    /// <summary>The variant's own loss: each example's penalty, and the gradient of the mean objective.</summary>
    [Fact]
    public void ThePenaltyAgreesWithDifferences()
    {
        var losses = Interpreter.Evaluate(Built.Value.Program("Evaluate").Results, Rows, bindings);
        var gradients = Interpreter.Evaluate(Built.Value.Program("GradientsCritic").Results, Rows, bindings);
        var written = trained.ToDictionary(p => p.Name, p => gradients[$"gradient.{p.Name}"]);
        Assert.InRange(Deviation(losses["row.Penalty"], written), 0, Tolerance);
    }

    /// <summary>Each example alone: what a batch of others does to it cannot hide in the mean.</summary>
    [Fact]
    public void EachExampleHasItsOwnGradient()
    {
        for (var row = 0; row < Rows; row++)
        {
            var single = new GradientPenaltyTests();
            single.Keep(row);
            var gradients = Interpreter.Evaluate(Built.Value.Program("GradientsCritic").Results, 1, single.bindings);
            foreach (var parameter in trained)
                Assert.InRange(Apart(single.Differences(parameter.Name, [row]), gradients[$"gradient.{parameter.Name}"]), 0, Tolerance);
        }
    }

    public static TheoryData<string> Mistakes => ["one norm for the batch", "one alpha for the batch", "a norm along the batch"];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void MistakesAreFound(string mistake)
    {
        var (penalty, gradients) = Evaluate(between => Mistaken(mistake, between), isShared: mistake == "one alpha for the batch");
        Assert.True(Deviation(penalty, gradients) > 1e3 * Tolerance, "A wrong penalty passes for the right one.");
        // The same by hand without the mistake passes: it is the mistake that is found.
        (penalty, gradients) = Evaluate(between => Punish(g.Unary(Op.Sqrt, g.Sum(g.Unary(Op.Square, Slopes(between))))), isShared: false);
        Assert.InRange(Deviation(penalty, gradients), 0, Tolerance);
    }

    Node Mistaken(string mistake, Node between) => mistake switch
    {
        "one norm for the batch" => Punish(g.Unary(Op.Sqrt, g.SumRows(g.Sum(g.Unary(Op.Square, Slopes(between)))))),
        "one alpha for the batch" => Punish(g.Unary(Op.Sqrt, g.Sum(g.Unary(Op.Square, Slopes(between))))),
        "a norm along the batch" => g.Mul(g.Sum(Punish(g.Unary(Op.Sqrt, g.SumRows(g.Unary(Op.Square, Slopes(between)))))), 1f / Size),
        _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "Nobody makes this mistake."),
    };

    Node Slopes(Node between) => Gradients.Of(g, Criticise(between), [between])[0];

    Node Punish(Node slope) => g.Mul(g.Unary(Op.Square, g.Sub(slope, g.Constant(1))), (float)Weight);

    Node Criticise(Node x) => networks.Number("Critic", new(""), x);

    /// <summary>Penalties of the rows and gradients of the critic's objective with a penalty written by hand.</summary>
    (double[] Penalty, Dictionary<string, double[]> Gradients) Evaluate(Func<Node, Node> penalty, bool isShared)
    {
        var (x, generated) = (g.Input("x", TensorType.Batch(Size)), g.Input("fake", TensorType.Batch(Size)));
        bindings.Inputs["fake"] = fake;
        bindings.Draws["alpha"] = isShared ? [alpha[0]] : alpha;
        var mix = g.Draw("alpha", DrawKind.Uniform, isShared ? TensorType.Shared(1) : TensorType.Batch(1));
        var rows = g.Broadcast(penalty(g.Add(g.Mul(mix, x), g.Mul(g.Sub(g.Constant(1), mix), generated))), new(1, Shape.Scalar));
        var objective = g.MeanRows(g.Add(g.Sub(Criticise(generated), Criticise(x)), rows));
        var gradients = Gradients.Of(g, objective, [.. trained.Select(p => g.Parameter(p.Name, p.Shape))]);
        var values = Interpreter.Evaluate([rows, .. gradients], Rows, bindings);
        return (values[rows], trained.Select((p, i) => (p.Name, values[gradients[i]])).ToDictionary(p => p.Name, p => p.Item2));
    }

    /// <summary>The larger of how far penalties and gradients are from differences, relative to the largest of each tensor.</summary>
    double Deviation(double[] penalty, Dictionary<string, double[]> gradients)
    {
        int[] all = [.. Enumerable.Range(0, Rows)];
        return trained.Select(p => Apart(Differences(p.Name, all), gradients[p.Name])).Append(Apart(Penalties(all), penalty)).Max();
    }

    static double Apart(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Max(1, expected.Max(Math.Abs));
    }

    /// <summary>The objective's central differences by each element of a parameter.</summary>
    double[] Differences(string parameter, int[] rows)
    {
        const double Step = 1e-4;
        var values = bindings.Parameters[parameter];
        return [.. Enumerable.Range(0, values.Length).Select(i =>
        {
            var at = values[i];
            double At(double value)
            {
                values[i] = value;
                var objective = Penalties(rows).Average() + Critic(fake, rows).Average() - Critic(real, rows).Average();
                values[i] = at;
                return objective;
            }
            return (At(at + Step) - At(at - Step)) / (2 * Step);
        })];
    }

    /// <summary>λ·(‖∇C(x̂)‖ − 1)² of each row, the slope by central differences along each axis.</summary>
    double[] Penalties(int[] rows)
    {
        const double Step = 1e-4;
        var square = new double[rows.Length];
        for (var axis = 0; axis < Size; axis++)
        {
            double Between(int i) => alpha[i / Size] * real[i] + (1 - alpha[i / Size]) * fake[i];
            double[] Along(double step) => Critic([.. real.Select((_, i) => Between(i) + (i % Size == axis ? step : 0))], rows);
            var (above, below) = (Along(Step), Along(-Step));
            for (var i = 0; i < square.Length; i++) square[i] += Math.Pow((above[i] - below[i]) / (2 * Step), 2);
        }
        return [.. square.Select(s => Weight * Math.Pow(Math.Sqrt(s) - 1, 2))];
    }

    /// <summary>C of some rows.</summary>
    double[] Critic(double[] x, int[] rows)
    {
        bindings.Inputs["point"] = [.. rows.SelectMany(row => x[(row * Size)..(row * Size + Size)])];
        return Interpreter.Evaluate(Criticise(g.Input("point", TensorType.Batch(Size))), rows.Length, bindings);
    }

    /// <summary>Leaves one row in what programs read.</summary>
    void Keep(int row)
    {
        bindings.Inputs["x"] = real[(row * Size)..(row * Size + Size)];
        bindings.Draws["critic:z"] = bindings.Draws["critic:z"][(row * 4)..(row * 4 + 4)];
        bindings.Draws["critic:alpha"] = [alpha[row]];
    }
}

using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Graphs;

/// <summary>Categorical variables against enumeration, their draws against the probabilities, and extreme logits.</summary>
public class CategoricalTests
{
    static readonly double[] Logits = [0.3, -1.2, 2.1, 0.3, -0.4];

    static double[] Probabilities(double[] logits)
    {
        var largest = logits.Max();
        var exponentials = logits.Select(l => Math.Exp(l - largest)).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }

    static double[] Evaluate(Func<GraphBuilder, CategoricalValue, Node, Node> build, double[] logits, double[] other, int rows = 1)
    {
        var g = new GraphBuilder();
        var size = logits.Length / rows;
        var node = build(g, new(g.Input("logits", TensorType.Batch(size))), g.Input("other", TensorType.Batch(size)));
        return Interpreter.Evaluate(node, rows, new() { Inputs = { ["logits"] = logits, ["other"] = other } });
    }

    static double[] OneHot(int k, int size = 5) => [.. Enumerable.Range(0, size).Select(i => i == k ? 1.0 : 0)];

    [Fact]
    public void LogProbabilityOfEveryClass()
    {
        var p = Probabilities(Logits);
        for (var k = 0; k < p.Length; k++)
            Assert.Equal(Math.Log(p[k]), Assert.Single(Evaluate((g, law, x) => law.LogProbability(g, x), Logits, OneHot(k))), 1e-12);
        Assert.Equal(0, Assert.Single(Evaluate((g, law, x) => law.LogProbability(g, x), Logits, new double[5])), 1e-12);
    }

    [Fact]
    public void MeanAndEntropyAreSumsOverTheClasses()
    {
        var p = Probabilities(Logits);
        var mean = Evaluate((g, law, _) => law.Mean(g), Logits, Logits);
        for (var k = 0; k < p.Length; k++) Assert.Equal(p[k], mean[k], 1e-12);
        Assert.Equal(-p.Sum(q => q * Math.Log(q)), Assert.Single(Evaluate((g, law, _) => law.Entropy(g), Logits, Logits)), 1e-12);
    }

    /// <summary>Independent choices along another axis: entropies and log-probabilities add up.</summary>
    [Fact]
    public void FurtherAxesAreFurtherChoices()
    {
        double Total(double[] logits, double[] x) => Evaluate(
            (g, law, other) =>
            {
                var two = new CategoricalValue(g.Reshape(law.Logits, new Shape(2, 2)));
                return g.Add(two.Entropy(g), two.LogProbability(g, g.Reshape(other, new Shape(2, 2))));
            }, logits, x)[0];
        var (first, second) = (Probabilities([0.5, -0.3]), Probabilities([1.1, 1.7]));
        double Entropy(double[] p) => -p.Sum(q => q * Math.Log(q));
        Assert.Equal(Entropy(first) + Entropy(second) + Math.Log(first[1]) + Math.Log(second[0]),
            Total([0.5, -0.3, 1.1, 1.7], [0, 1, 1, 0]), 1e-12);
    }

    [Theory]
    [InlineData(1e4, 0)]
    [InlineData(-1e4, 1)]
    [InlineData(3e38, 0)]
    public void StaysFiniteFarOut(double logit, int likely)
    {
        double[] logits = [logit, 0];
        Assert.Equal(0, Evaluate((g, law, x) => law.LogProbability(g, x), logits, OneHot(likely, 2))[0], 1e-12);
        Assert.Equal(-Math.Abs(logit), Evaluate((g, law, x) => law.LogProbability(g, x), logits, OneHot(1 - likely, 2))[0], 1e-12);
        Assert.Equal(0, Evaluate((g, law, _) => law.Entropy(g), logits, logits)[0], 1e-12);
    }

    static double[] Uniform(int count)
    {
        var random = new System.Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (double)random.NextSingle())];
    }

    /// <summary>Every draw is one class, each as often as it is likely: within four standard deviations of 40,000 draws.</summary>
    [Fact]
    public void SamplesAreOneHotAndHaveTheProbabilities()
    {
        const int rows = 40_000;
        double[] logits = [.. Enumerable.Range(0, rows).SelectMany(_ => Logits)];
        var drawn = Evaluate((g, law, u) => law.Sample(g, u), logits, Uniform(rows * 5), rows);
        for (var row = 0; row < rows; row++)
            Assert.Equal([0, 0, 0, 0, 1], drawn.AsSpan(row * 5, 5).ToArray().Order());
        var p = Probabilities(Logits);
        for (var k = 0; k < 5; k++)
        {
            var share = Enumerable.Range(0, rows).Sum(row => drawn[row * 5 + k]) / rows;
            Assert.InRange(share, p[k] - 4 * Math.Sqrt(p[k] * (1 - p[k]) / rows), p[k] + 4 * Math.Sqrt(p[k] * (1 - p[k]) / rows));
        }
    }

    /// <summary>Draws are multiples of 2⁻²⁴, so that two classes can have the same, and all of them 0.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1 - 1.0 / (1 << 24))]
    public void EqualDrawsOfEqualClassesAreOneClass(double u)
    {
        double[] same = [u, u, u];
        Assert.Equal([1.0, 0, 0], Evaluate((g, law, x) => law.Sample(g, x), [2, 2, 2], same));
        var relaxed = Evaluate((g, law, x) => law.Relax(g, x, 0.1f), [2, 2, 2], same);
        Assert.All(relaxed, r => Assert.Equal(1.0 / 3, r, 1e-12));
    }

    /// <summary>By its definition, on the simplex, and towards the sample as the temperature falls.</summary>
    [Fact]
    public void RelaxesBetweenTheSampleAndTheUniform()
    {
        var u = Uniform(5);
        double[] perturbed = [.. Logits.Zip(u, (l, v) => l - Math.Log(-Math.Log(v)))];
        foreach (var temperature in new[] { 0.5f, 2f })
        {
            var expected = Probabilities([.. perturbed.Select(l => l / temperature)]);
            var actual = Evaluate((g, law, x) => law.Relax(g, x, temperature), Logits, u);
            for (var k = 0; k < 5; k++) Assert.Equal(expected[k], actual[k], 1e-7);
        }
        var sample = Evaluate((g, law, x) => law.Sample(g, x), Logits, u);
        Assert.Equal(sample, Evaluate((g, law, x) => law.Relax(g, x, 1e-3f), Logits, u).Select(v => Math.Round(v)));
        Assert.All(Evaluate((g, law, x) => law.Relax(g, x, 1e6f), Logits, u), r => Assert.Equal(0.2, r, 1e-5));
        Assert.Equal(sample, Evaluate((g, law, x) => law.StraightThrough(g, x, 0.7f), Logits, u));
    }

    /// <summary>What passes the sample is the relaxation's gradient, and nothing passes a plain sample.</summary>
    [Fact]
    public void StraightThroughHasTheGradientOfTheRelaxation()
    {
        var u = Uniform(5);
        double[] Gradient(Func<GraphBuilder, CategoricalValue, Node, Node> draw) => Evaluate(
            (g, law, x) => Zoo.Generators.Differentiation.Gradients.Of(
                g, g.Sum(g.Mul(draw(g, law, x), g.Mul(x, 5))), [law.Logits])[0],
            Logits, u);
        var relaxed = Gradient((g, law, x) => law.Relax(g, x, 0.7f));
        Assert.Equal(relaxed, Gradient((g, law, x) => law.StraightThrough(g, x, 0.7f)));
        Assert.Contains(relaxed, d => Math.Abs(d) > 0.01);
        Assert.All(Gradient((g, law, x) => law.Sample(g, x)), d => Assert.Equal(0, d));
    }
}

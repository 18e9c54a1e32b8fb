using Zoo.Generators.Graphs;
using Zoo.Generators.Variants;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Tracing;

/// <summary>Built-in priors: where each draw lands, and the moments of the whole.</summary>
public class PriorTests
{
    /// <summary>Codes that a prior makes of draws, with a label of <paramref name="classes"/> or without.</summary>
    static double[] Codes(string prior, int rows, int classes, double[] labels, params (string Name, double[] Values)[] draws)
    {
        var y = classes > 0 ? ", Tensor y" : "";
        var compilation = GeneratorRun.Compile($$"""
            using Zoo;

            [AdversarialAutoencoder(Input = [8], Batch = 4, Classes = {{classes}})]
            [Adam]
            public partial class M
            {
                static Tensor Encoder(Tensor x) => x.Dense(2);
                static Bernoulli Decoder(Tensor z) => new(z.Dense(8));
                static Tensor Discriminator(Tensor z{{y}}) => {{(classes > 0 ? "Tensor.Concat(z, y)" : "z")}}.Dense(1);
                static Tensor Prior(Noise n{{y}}) => {{prior}};
            }
            """);
        var result = Traced.Trace(compilation, new AdversarialAutoencoder());
        Assert.Empty(result.Diagnostics.Select(d => d.In(compilation).ToString()));
        var bindings = new Bindings { Inputs = { ["y"] = labels } };
        foreach (var (name, values) in draws) bindings.Draws["prior." + name] = values;
        return Interpreter.Evaluate(result.Model!.Network("Prior")!.Outputs["value"], rows, bindings);
    }

    static double[] OneHots(int classes) =>
        [.. Enumerable.Range(0, classes * classes).Select(i => i / classes == i % classes ? 1.0 : 0)];

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    public void AComponentPointsOutwardsAndIsLongThatWay(int k)
    {
        var prior = $"Priors.GaussianMixture(n, y, components: {k})";
        double[] At(double along, double across) => Codes(prior, k, k, OneHots(k),
            ("normal1", [.. Enumerable.Range(0, k).SelectMany(_ => new[] { along, across })]));
        var (mean, ahead, aside) = (At(0, 0), At(1, 0), At(0, 1));
        for (var i = 0; i < k; i++)
        {
            var (cosine, sine) = (Math.Cos(2 * Math.PI * i / k), Math.Sin(2 * Math.PI * i / k));
            void Is(double expected, double actual) => Assert.Equal(expected, actual, 1e-6);
            Is(1.4 * cosine, mean[2 * i]);
            Is(1.4 * sine, mean[2 * i + 1]);
            Is(0.5 * cosine, ahead[2 * i] - mean[2 * i]);
            Is(0.5 * sine, ahead[2 * i + 1] - mean[2 * i + 1]);
            Is(-0.05 * sine, aside[2 * i] - mean[2 * i]);
            Is(0.05 * cosine, aside[2 * i + 1] - mean[2 * i + 1]);
        }
        Assert.Equal(0, mean.Where((_, i) => i % 2 == 0).Sum(), 1e-5);
        Assert.Equal(0, mean.Where((_, i) => i % 2 == 1).Sum(), 1e-5);
    }

    /// <summary>Without a label the component is a draw of its own.</summary>
    [Fact]
    public void AMixtureWithoutALabelDrawsIt()
    {
        double[] normal = [.. Enumerable.Range(0, 20).Select(i => Math.Sin(i))];
        Assert.Equal(
            Codes("Priors.GaussianMixture(n, y)", 10, 10, OneHots(10), ("normal1", normal)),
            Codes("Priors.GaussianMixture(n)", 10, 0, [], ("normal1", normal), ("onehot1", OneHots(10))));
    }

    /// <summary>E|z|² = 1.4² + 0.5² + 0.05² over draws of unit variance.</summary>
    [Fact]
    public void TheMixtureHasItsSecondMoment()
    {
        // Four points with the moments of two independent standard normal numbers.
        double[][] points = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
        var squares = points.SelectMany(p => Codes("Priors.GaussianMixture(n, y)", 10, 10, OneHots(10),
            ("normal1", [.. Enumerable.Range(0, 10).SelectMany(_ => p)]))).Sum(v => v * v);
        Assert.Equal(1.4 * 1.4 + 0.5 * 0.5 + 0.05 * 0.05, squares / 40, 1e-6);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    public void TheRollFollowsItsLabels(int k)
    {
        double[] u = [.. Enumerable.Range(0, k).Select(i => (i + 0.5) / (k + 1))];
        var codes = Codes("Priors.SwissRoll(n, y)", k, k, OneHots(k), ("uniform1", u));
        for (var i = 0; i < k; i++)
        {
            var root = Math.Sqrt((i + u[i]) / k);
            Assert.Equal(3 * root * Math.Cos(4 * Math.PI * root), codes[2 * i], 1e-5);
            Assert.Equal(3 * root * Math.Sin(4 * Math.PI * root), codes[2 * i + 1], 1e-5);
        }
    }

    /// <summary>A spiral r = 3φ/4π of two turns, as densely filled everywhere: E|z|² = ∫ 9t dt.</summary>
    [Fact]
    public void TheRollWithoutALabelIsAllOfIt()
    {
        const int rows = 1000;
        double[] u = [.. Enumerable.Range(0, rows).Select(i => (i + 0.5) / rows)];
        var codes = Codes("Priors.SwissRoll(n)", rows, 0, [], ("uniform1", u));
        Assert.Equal(4.5, codes.Sum(v => v * v) / rows, 1e-4);
        for (var i = 0; i < rows; i++)
        {
            var radius = Math.Sqrt(codes[2 * i] * codes[2 * i] + codes[2 * i + 1] * codes[2 * i + 1]);
            Assert.Equal(codes[2 * i], radius * Math.Cos(radius * 4 * Math.PI / 3), 1e-4);
            Assert.Equal(codes[2 * i + 1], radius * Math.Sin(radius * 4 * Math.PI / 3), 1e-4);
        }
    }
}

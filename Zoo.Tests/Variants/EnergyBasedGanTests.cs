using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// Energies, margin and pulling-away term, and the gradients of both phases, in double precision against sums over pairs and central
/// differences that share nothing with the variant but its networks. The same sums with each mistake of well-known implementations are
/// told from it.
/// </summary>
public sealed class EnergyBasedGanTests
{
    const string ByMean = "ebgan pulling away", ByNorm = "ebgan by the norm", BySum = "ebgan by the sum";
    const int Rows = 6, Size = 3;
    const double Tolerance = 1e-6;

    /// <summary>What an implementation may get wrong; the first is nothing.</summary>
    public enum Mistake
    {
        None, NoSquare, AlongTheBatch, DiagonalKept, SquareOfTheRows, PulledDiscriminator, TargetDetached, AnotherReduction, NoMargin,
        MarginOfTheMean,
    }

    static readonly Dictionary<string, (ModelTrace Trace, ModelGraph Graph)> Built = new[] { ByMean, ByNorm, BySum }.ToDictionary(
        name => name, name =>
        {
            var trace = GeneratorRun.Of(AdversarialDeclarations.All[name]).Trace!;
            return (trace, Differentiate.Run(BuildPrograms.Run(trace, merge: false).Graph));
        });

    /// <summary>A model with weights, draws and examples.</summary>
    sealed class Case
    {
        readonly ModelTrace trace;
        readonly ModelGraph graph;
        readonly int rows;
        readonly GraphBuilder g = new();
        readonly Bindings bindings = new();
        readonly Node generated, codes, decoded;
        readonly double margin, weight;

        public Case(string name, int rows, int seed = 3)
        {
            ((trace, graph), this.rows) = (Built[name], rows);
            bindings.Hyperparameters["generator:pulling_away"] = weight = trace.Options.Float("PullingAway", 0);
            var random = new Random(seed);
            double[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
            foreach (var parameter in trace.Parameters) bindings.Parameters[parameter.Name] = Values(parameter.Shape.Count);
            bindings.Inputs["x"] = Values(rows * Size);
            var networks = new NetworkLibrary(g, trace.Networks);
            var scope = new DrawScope("discriminator:", isTraining: true);
            var z = networks.Has("Prior") ? networks.Tensor("Prior", scope)
                : scope.Normal(g, "z", trace.Options.Shape("Latent")!.Value);
            generated = networks.Tensor("Generator", scope, z);
            foreach (var draw in Topology.Sort([generated]).Where(n => n.Op == Op.Draw))
                bindings.Draws[draw.Name] = bindings.Draws[draw.Name.Replace("discriminator:", "evaluate.")] =
                    Values((int)draw.Type.Count(rows));
            codes = networks.Tensor("Encoder", new(""), g.Input("seen", TensorType.Batch(Size)));
            decoded = networks.Tensor("Decoder", new(""), codes);
            // Some of the batch beyond the margin and some within.
            double[] energies = [.. Energies(Generated(), Generated(), Mistake.None).Order()];
            bindings.Hyperparameters["discriminator:margin"] = margin = (energies[rows / 2 - 1] + energies[rows / 2]) / 2;
        }

        public IEnumerable<string> TrainedBy(string phase) => trace.Parameters
            .Where(p => phase == "Discriminator" == p.Network is "Encoder" or "Decoder").Select(p => p.Name);

        public double[] Parameter(string name) => bindings.Parameters[name];

        public Dictionary<string, double[]> Run(string program) => Interpreter.Evaluate(graph.Program(program).Results, rows, bindings);

        /// <summary>What a phase minimises, by sums over rows and pairs.</summary>
        /// <param name="phase">The phase.</param>
        /// <param name="mistake">What is wrong with the sums.</param>
        /// <param name="target">What reconstructions of generated examples are compared with; null: those examples.</param>
        public double Objective(string phase, Mistake mistake, double[]? target = null)
        {
            var fake = Generated();
            var energies = Energies(fake, target ?? fake, mistake);
            if (phase == "Generator") return energies.Average() + weight * PullingAway(fake, mistake);
            var x = bindings.Inputs["x"];
            var hinge = mistake switch
            {
                Mistake.NoMargin => energies.Average(e => margin - e),
                Mistake.MarginOfTheMean => Math.Max(0, margin - energies.Average()),
                _ => energies.Average(e => Math.Max(0, margin - e)),
            };
            return Energies(x, x, mistake).Average() + hinge
                + (mistake == Mistake.PulledDiscriminator ? weight * PullingAway(fake, mistake) : 0);
        }

        public double[] Generated() => Interpreter.Evaluate(generated, rows, bindings);

        double[] Seen(Node node, double[] x)
        {
            bindings.Inputs["seen"] = x;
            return Interpreter.Evaluate(node, rows, bindings);
        }

        public double[] Energies(double[] x, double[] target, Mistake mistake)
        {
            var y = Seen(decoded, x);
            var reduction = (trace.Options.Int("Reduction", 0) + (mistake == Mistake.AnotherReduction ? 1 : 0)) % 3;
            return [.. Enumerable.Range(0, rows).Select(row =>
            {
                var sum = Enumerable.Range(row * Size, Size).Sum(i => Math.Pow(y[i] - target[i], 2));
                return reduction switch { 0 => sum / Size, 1 => sum, _ => Math.Sqrt(sum) };
            })];
        }

        /// <summary>The mean of the squared cosine over all pairs.</summary>
        public double PullingAway(double[] x, Mistake mistake)
        {
            var s = Seen(codes, x);
            var length = s.Length / rows;
            double[] Row(int i) => s[(i * length)..((i + 1) * length)];
            double Norm(IEnumerable<double> values) => Math.Max(1e-8, Math.Sqrt(values.Sum(v => v * v)));
            double[] columns = [.. Enumerable.Range(0, length).Select(j => Norm(Enumerable.Range(0, rows).Select(i => s[i * length + j])))];
            var sum = 0.0;
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < rows; j++)
                {
                    if (i == j && mistake != Mistake.DiagonalKept) continue;
                    var cosine = mistake == Mistake.AlongTheBatch
                        ? Row(i).Zip(Row(j), (a, b) => a * b).Select((v, k) => v / (columns[k] * columns[k])).Sum()
                        : Row(i).Zip(Row(j), (a, b) => a * b).Sum() / (Norm(Row(i)) * Norm(Row(j)));
                    sum += mistake == Mistake.NoSquare ? cosine : cosine * cosine;
                }
            }
            return sum / (mistake == Mistake.SquareOfTheRows ? rows * rows : rows * (rows - 1));
        }

        /// <summary>How far the variant's objectives and gradients are from those sums, relative to the largest of each.</summary>
        public double Deviation(Mistake mistake)
        {
            var worst = 0.0;
            foreach (var phase in (string[])["Discriminator", "Generator"])
            {
                var actual = Run("Gradients" + phase);
                var reported = actual["loss." + phase][0] + (phase == "Generator" ? actual["loss.PullingAway"][0] : 0);
                worst = Math.Max(worst, Apart([Objective(phase, mistake)], [reported]));
                var detached = mistake == Mistake.TargetDetached ? Generated() : null;
                foreach (var name in TrainedBy(phase))
                {
                    var differences = Differences(name, () => Objective(phase, mistake, detached));
                    worst = Math.Max(worst, Apart(differences, actual["gradient." + name]));
                }
            }
            return worst;
        }

        double[] Differences(string parameter, Func<double> objective)
        {
            const double Step = 1e-5;
            var values = bindings.Parameters[parameter];
            return [.. Enumerable.Range(0, values.Length).Select(i =>
            {
                var at = values[i];
                values[i] = at + Step;
                var above = objective();
                values[i] = at - Step;
                var below = objective();
                values[i] = at;
                return (above - below) / (2 * Step);
            })];
        }

        static double Apart(double[] expected, double[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Max(1, expected.Max(Math.Abs));
        }
    }

    /// <summary>Of a whole batch and of shorter ones, which divide by the pairs that they have.</summary>
    [Theory]
    [InlineData(ByMean, Rows)]
    [InlineData(ByMean, 2)]
    [InlineData(ByNorm, Rows)]
    [InlineData(ByNorm, 5)]
    [InlineData(BySum, Rows)]
    [InlineData(BySum, 3)]
    public void ObjectivesAndGradientsAgreeWithPairsAndDifferences(string name, int rows) =>
        Assert.InRange(new Case(name, rows).Deviation(Mistake.None), 0, Tolerance);

    [Theory]
    [InlineData(Mistake.NoSquare)]
    [InlineData(Mistake.AlongTheBatch)]
    [InlineData(Mistake.DiagonalKept)]
    [InlineData(Mistake.SquareOfTheRows)]
    [InlineData(Mistake.PulledDiscriminator)]
    [InlineData(Mistake.TargetDetached)]
    [InlineData(Mistake.AnotherReduction)]
    [InlineData(Mistake.NoMargin)]
    [InlineData(Mistake.MarginOfTheMean)]
    public void MistakesAreFound(Mistake mistake) =>
        Assert.True(new Case(ByMean, Rows).Deviation(mistake) > 1e3 * Tolerance, "What is wrong passes for what is right.");

    /// <summary>Codes of zeros have no direction: their cosines are 0, and no gradient is lost to 0/0.</summary>
    [Fact]
    public void CodesOfZerosGiveNoNaN()
    {
        var of = new Case(ByNorm, Rows);
        var bias = of.Parameter("encoder.dense1.bias");
        Array.Fill(bias, -100);
        var actual = of.Run("GradientsGenerator");
        Assert.Equal(0, actual["loss.PullingAway"][0]);
        Assert.All(actual.Values.SelectMany(v => v), v => Assert.True(double.IsFinite(v)));
        Array.Fill(bias, 100);
        Assert.InRange(of.Run("GradientsGenerator")["loss.PullingAway"][0], 1.5, 2);
    }

    /// <summary>Pairs are counted without making them: nothing in a step has a number for each.</summary>
    [Fact]
    public void NoValueHasANumberForEachPair()
    {
        const int Many = 4096;
        var program = Built[ByMean].Graph.Program("GradientsGenerator");
        Assert.All(Topology.Sort(program.Results.Select(r => r.Node)), node => Assert.InRange(node.Type.Count(Many), 0, 100L * Many));
    }

    delegate T Evaluated<T>(ReadOnlySpan<float> x);

    delegate void OneResult(ReadOnlySpan<float> x, Span<float> result);

    [Fact]
    public void MembersAgreeWithTheOracleAndTakeAnyRowsButForTheTerm()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[ByMean]]);
        using var model = compiled.Create("M", 4, Device.Cpu);
        var oracle = new OracleStep(compiled.Traces["M"]);
        // More than one chunk, and a last one that is not full.
        const int many = 67;
        var random = new Random(2);
        float[] x = [.. Enumerable.Range(0, many * Size).Select(_ => random.NextSingle())];
        var given = new Dictionary<string, double[]> { ["x"] = [.. x.Select(v => (double)v)] };
        foreach (var (member, result, size) in new[] { ("Energy", "energies", 1), ("Encode", "h", 5), ("Reconstruct", "y", Size) })
        {
            var actual = new float[many * size];
            InferenceTests.Method<OneResult>(model, member)(x, actual);
            Tolerances.Close(member, oracle.Run(member, model, many, given, [], 0)["output." + result], actual, Tolerances.Loss, 1);
        }

        var evaluate = model.GetType().GetMethod("Evaluate")!;
        var error = Assert.Throws<ArgumentException>(() => Evaluate(model, x.AsSpan(0, 5 * Size)));
        Assert.StartsWith("Expected a multiple of 6 examples, since the losses look across a batch, but got 5.", error.Message);
        // Two batches are the mean of each; the second has other draws, so it is the term's own mean that is looked at.
        var both = Evaluate(model, x.AsSpan(0, 12 * Size));
        Assert.InRange(both, 1e-4f, 0.5f);
    }

    static float Evaluate(IGenerativeModel model, ReadOnlySpan<float> x)
    {
        var create = typeof(EnergyBasedGanTests).GetMethod(nameof(PullingAwayOf), System.Reflection.BindingFlags.NonPublic
            | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(model.GetType().GetNestedType("Losses")!);
        return create.CreateDelegate<Func<IGenerativeModel, float[], float>>()(model, x.ToArray());
    }

    static float PullingAwayOf<T>(IGenerativeModel model, float[] x) where T : struct
    {
        object losses = InferenceTests.Method<Evaluated<T>>(model, "Evaluate")(x);
        return (float)typeof(T).GetProperty("PullingAway")!.GetValue(losses)!;
    }

    [Fact]
    public void TheMarginIsAHyperparameterWithItsRange()
    {
        using var model = new Zoo.Models.MixtureEbgan(1, Device.Cpu);
        Assert.Equal((1f, 0.1f), (model.Hyperparameters["discriminator:margin"], model.Hyperparameters["generator:pulling_away"]));
        Assert.ThrowsAny<ArgumentException>(() => model.Hyperparameters["discriminator:margin"] = -0.5f);
        var points = new float[256 * 2];
        model.Hyperparameters["generator:pulling_away"] = 0;
        Assert.Equal(0, model.Step(points).PullingAway);
        // Without a margin the discriminator is an auto-encoder, and its loss the energy of the examples.
        model.Hyperparameters["discriminator:margin"] = 0;
        var energies = new float[256];
        model.Energy(points, energies);
        Assert.Equal(energies.Average(), model.Step(points).Discriminator, 1e-6f);
    }
}

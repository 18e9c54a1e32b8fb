using System.Reflection;
using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Layers;

/// <summary>
/// Spectral normalisation as PyTorch defines it, in plain code on weights in PyTorch's layout: what is compiled is compared with the same
/// layers without it, whose weights are W/σ, and whose gradient G gives that of W: (G − ⟨G, W/σ⟩·u·vᵀ)/σ.
/// </summary>
[Collection(PoclCollection.Name)]
public sealed class SpectralNormTests(PoclDevice pocl) : IDisposable
{
    const int Batch = 3, Size = 24;
    const float Rate = 0.05f;

    const string Source = """
        using Zoo;

        [Model(Input = [2, 3, 4], Batch = 3)]
        [Sgd(LearningRate = 0.05f)]
        public partial class CLASS
        {
            [Network] static Tensor Flat(Tensor x) => x.Flatten().Dense(5NORM);
            [Network] static Tensor Conv(Tensor x) => x.Conv2d(3, kernel: 2, stride: 1, padding: 1NORM);
            [Network] static Tensor Up(Tensor x) => x.ConvTranspose2d(5, kernel: 2, stride: 2NORM);

            [Phase]
            static Tensor Loss(Tensor x) => Flat(x).Square().Sum() + Conv(x).Tanh().Square().Sum() + Up(x).Sin().Sum();
        }
        """;

    const string Adversaries = """
        using Zoo;

        [Gan(Input = [4], Latent = [3], Batch = 5)]
        [Sgd(LearningRate = 0f)]
        public partial class Judged
        {
            static Tensor Generator(Tensor z) => z.Dense(4);
            static Tensor Discriminator(Tensor x) => x.Dense(6, spectralNorm: true).LeakyRelu(0.2f).Dense(1, spectralNorm: true);
        }
        """;

    const string WithPenalty = """
        using Zoo;

        [WassersteinGan(Input = [4], Latent = [3], Batch = 5, Penalty = 10f)]
        public partial class Penalised
        {
            static Tensor Generator(Tensor z) => z.Dense(4);
            static Tensor Critic(Tensor x) => x.Dense(6, spectralNorm: true).Tanh().Dense(1, spectralNorm: true);
        }
        """;

    /// <summary>Layer, its weight's shape in files, and the axis of outputs there.</summary>
    static readonly (string Layer, int[] Shape, int Axis)[] Layers =
        [("flat.dense1", [5, 24], 0), ("conv.conv1", [3, 2, 2, 2], 0), ("up.convtranspose1", [2, 5, 2, 2], 1)];

    readonly CompiledModels compiled = new(
    [
        Source.Replace("CLASS", "Normalised", StringComparison.Ordinal).Replace("NORM", ", spectralNorm: true", StringComparison.Ordinal),
        Source.Replace("CLASS", "Plain", StringComparison.Ordinal).Replace("NORM", "", StringComparison.Ordinal),
        Adversaries,
    ]);

    public void Dispose() => compiled.Dispose();

    static float[] Values(IGenerativeModel model, string name)
    {
        var values = new float[model.Parameters[name].Length];
        model.Parameters[name].CopyTo(values);
        return values;
    }

    static string Weight(string layer) => $"{layer}.parametrizations.weight.original";

    static string Vector(string layer, string role) => $"{layer}.parametrizations.weight.0.{role}";

    /// <summary>A weight as a matrix of a row for each output.</summary>
    sealed class Matrix(float[] values, int[] shape, int axis)
    {
        readonly int inner = shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b);

        public int Rows => shape[axis];

        public int Columns => values.Length / Rows;

        public int Place(int row, int column) => (column / inner * Rows + row) * inner + column % inner;

        public double this[int row, int column] => values[Place(row, column)];

        public double[] Times(double[] v) =>
            [.. Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Columns).Sum(j => this[i, j] * v[j]))];

        public double[] TransposedTimes(double[] u) =>
            [.. Enumerable.Range(0, Columns).Select(j => Enumerable.Range(0, Rows).Sum(i => this[i, j] * u[i]))];

        /// <summary>_power_method of PyTorch.</summary>
        public (double[] U, double[] V) Iterate(double[] v)
        {
            var u = Unit(Times(v));
            return (u, Unit(TransposedTimes(u)));
        }

        public double Sigma(double[] u, double[] v) => u.Zip(Times(v), (a, b) => a * b).Sum();

        static double[] Unit(double[] x)
        {
            var norm = Math.Max(Math.Sqrt(x.Sum(a => a * a)), 1e-12);
            return [.. x.Select(a => a / norm)];
        }
    }

    static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);

    static void AreNear(IEnumerable<double> expected, float[] actual, string what, double tolerance = 2e-5)
    {
        var at = 0;
        foreach (var value in expected)
        {
            Assert.True(Math.Abs(value - actual[at]) <= tolerance, $"{what}, element {at}: expected {value}, got {actual[at]}");
            at++;
        }
        Assert.Equal(actual.Length, at);
    }

    delegate void Run(ReadOnlySpan<float> x, Span<float> value);

    static float[] Made(IGenerativeModel model, string network, float[] x, int size)
    {
        var value = new float[x.Length / Size * size];
        model.GetType().GetMethod("Run" + network, BindingFlags.Instance | BindingFlags.Public)!.CreateDelegate<Run>(model)(x, value);
        return value;
    }

    static float[] Examples(int seed, int count)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }

    /// <summary>Training step by step: vectors, losses, gradients and weights, and what the networks are afterwards.</summary>
    [Fact]
    public void StepsAreThoseOfPlainLayersWithDividedWeights()
    {
        using var model = compiled.Create("Normalised", 3, Device.Cpu);
        using var plain = compiled.Create("Plain", 3, Device.Cpu);
        var weights = Layers.ToDictionary(l => l.Layer, l => Values(model, Weight(l.Layer)));
        var vectors = Layers.ToDictionary(l => l.Layer, l => Doubles(Values(model, Vector(l.Layer, "_v"))));
        for (var step = 0; step < 4; step++)
        {
            var x = Examples(20 + step, Batch * Size);
            var divided = new Dictionary<string, (double[] U, double[] V, double Sigma)>();
            foreach (var (layer, shape, axis) in Layers)
            {
                var matrix = new Matrix(weights[layer], shape, axis);
                var (u, v) = matrix.Iterate(vectors[layer]);
                var sigma = matrix.Sigma(u, v);
                (divided[layer], vectors[layer]) = ((u, v, sigma), v);
                plain.Parameters[$"{layer}.weight"].CopyFrom(Array.ConvertAll(weights[layer], w => (float)(w / sigma)));
                plain.Parameters[$"{layer}.bias"].CopyFrom(Values(model, $"{layer}.bias"));
            }
            float[] own = [0], others = [0];
            model.Step(x, [], [], own);
            plain.Step(x, [], [], others);
            Assert.Equal(others[0], own[0], 1e-4f);
            foreach (var (layer, shape, axis) in Layers)
            {
                var (u, v, sigma) = divided[layer];
                AreNear(u, Values(model, Vector(layer, "_u")), $"step {step}, u of {layer}");
                AreNear(v, Values(model, Vector(layer, "_v")), $"step {step}, v of {layer}");
                var matrix = new Matrix(weights[layer], shape, axis);
                var (slope, gradient) = (new float[weights[layer].Length], new float[weights[layer].Length]);
                plain.Parameters[$"{layer}.weight"].CopyGradientTo(slope);
                model.Parameters[Weight(layer)].CopyGradientTo(gradient);
                var along = slope.Zip(weights[layer], (g, w) => g * (w / sigma)).Sum();
                var expected = new double[slope.Length];
                for (var i = 0; i < matrix.Rows; i++)
                    for (var j = 0; j < matrix.Columns; j++)
                        expected[matrix.Place(i, j)] = (slope[matrix.Place(i, j)] - along * u[i] * v[j]) / sigma;
                AreNear(expected, gradient, $"step {step}, gradient of {layer}", 1e-4);
                AreNear(weights[layer].Zip(expected, (w, g) => w - Rate * g), Values(model, Weight(layer)), $"step {step}, {layer}");
                weights[layer] = Values(model, Weight(layer));
            }
        }
        // The weights have moved since, and the vectors have not.
        foreach (var (layer, shape, axis) in Layers)
        {
            var u = Doubles(Values(model, Vector(layer, "_u")));
            var sigma = new Matrix(weights[layer], shape, axis).Sigma(u, vectors[layer]);
            plain.Parameters[$"{layer}.weight"].CopyFrom(Array.ConvertAll(weights[layer], w => (float)(w / sigma)));
            plain.Parameters[$"{layer}.bias"].CopyFrom(Values(model, $"{layer}.bias"));
        }
        var examples = Examples(50, 7 * Size);
        foreach (var (network, size) in new[] { ("Flat", 5), ("Conv", 3 * 4 * 5), ("Up", 5 * 6 * 8) })
            AreNear(Doubles(Made(plain, network, examples, size)), Made(model, network, examples, size), network);
        foreach (var (layer, _, _) in Layers)
            Assert.Equal(vectors[layer].Length, Values(model, Vector(layer, "_v")).Length);
    }

    /// <summary>Fifteen steps from a random direction: singular vectors, nearly, before any training.</summary>
    [Fact]
    public void AModelBeginsWithItsSingularVectors()
    {
        using var model = compiled.Create("Normalised", 8, Device.Cpu);
        foreach (var (layer, shape, axis) in Layers)
        {
            var matrix = new Matrix(Values(model, Weight(layer)), shape, axis);
            var (u, v) = (Doubles(Values(model, Vector(layer, "_u"))), Doubles(Values(model, Vector(layer, "_v"))));
            Assert.Equal((matrix.Rows, matrix.Columns), (u.Length, v.Length));
            Assert.Equal(1, u.Sum(a => a * a), 1e-5);
            var sigma = matrix.Sigma(u, v);
            AreNear(matrix.Times(v).Select(a => a / sigma), Values(model, Vector(layer, "_u")), $"u of {layer}", 0.15);
            // No direction gives more.
            var best = v;
            for (var i = 0; i < 2000; i++) best = matrix.Iterate(best).V;
            var (left, right) = matrix.Iterate(best);
            Assert.InRange(sigma / matrix.Sigma(left, right), 0.95, 1.00001);
        }
    }

    /// <summary>A phase that calls a network twice takes two steps, and one that trains another network leaves the vectors.</summary>
    [Fact]
    public void EachCallInTrainingIsAStep()
    {
        using var model = compiled.Create("Judged", 4, Device.Cpu);
        var names = new[] { "discriminator.dense1", "discriminator.dense2" };
        var before = names.Select(n => Doubles(Values(model, Vector(n, "_v")))).ToArray();
        model.Step(Examples(1, 5 * 4), [], [], new float[model.LossNames.Length]);
        for (var i = 0; i < names.Length; i++)
        {
            var matrix = new Matrix(Values(model, Weight(names[i])), i == 0 ? [6, 4] : [1, 6], 0);
            var (u, v) = matrix.Iterate(matrix.Iterate(before[i]).V);
            AreNear(u, Values(model, Vector(names[i], "_u")), names[i]);
            AreNear(v, Values(model, Vector(names[i], "_v")), names[i]);
        }
    }

    [PoclFact]
    public void OnPoclStepsAreTheProcessors()
    {
        var source = Source.Replace("CLASS", "Normalised", StringComparison.Ordinal)
            .Replace("NORM", ", spectralNorm: true", StringComparison.Ordinal);
        using var both = new CompiledModels([source], hasGpu: true);
        using var expected = both.Create("Normalised", 6, Device.Cpu);
        using var actual = both.Create("Normalised", 6, pocl.Device);
        for (var step = 0; step < 3; step++)
        {
            float[] first = [0], second = [0];
            expected.Step(Examples(step, Batch * Size), [], [], first);
            actual.Step(Examples(step, Batch * Size), [], [], second);
            Assert.Equal(first[0], second[0], 1e-3f);
        }
        foreach (var parameter in expected.Parameters)
            AreNear(Doubles(Values(expected, parameter.Name)), Values(actual, parameter.Name), parameter.Name);
        var examples = Examples(50, 2 * Size);
        AreNear(Doubles(Made(expected, "Up", examples, 240)), Made(actual, "Up", examples, 240), "Up");
    }

    /// <summary>It looks at weights and at no example, so a slope at one example may go through it.</summary>
    [Fact]
    public void APenalisedCriticMayHaveIt()
    {
        using var penalised = new CompiledModels([WithPenalty]);
        using var model = penalised.Create("Penalised", 4, Device.Cpu);
        var losses = new float[model.LossNames.Length];
        for (var step = 0; step < 5; step++) model.Step(Examples(step, 5 * 4), [], [], losses);
        Assert.All(Values(model, Weight("critic.dense1")), w => Assert.True(float.IsFinite(w)));
    }
}

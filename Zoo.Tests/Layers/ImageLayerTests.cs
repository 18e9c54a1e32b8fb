using System.Reflection;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Layers;

/// <summary>
/// Layers as PyTorch defines them, number by number in plain code from parameters in PyTorch's layout: the oracle of the other tests knows
/// no layer, only what tracing made of it.
/// </summary>
public sealed class ImageLayerTests : IDisposable
{
    const int Batch = 3, Channels = 4, Height = 5, Width = 6;

    const string Source = """
        using Zoo;

        [Model(Input = [4, 5, 6], Batch = 3)]
        public partial class M
        {
            [Network] static Tensor Conv(Tensor x) => x.Conv2d(3, kernel: 3, stride: 2, padding: 1);
            [Network] static Tensor Dilated(Tensor x) => x.Conv2d(2, 2, 1, 1, bias: false, dilation: 3);
            [Network] static Tensor Up(Tensor x) => x.ConvTranspose2d(3, kernel: 3, stride: 2, padding: 1, outputPadding: 1);
            [Network] static Tensor Wide(Tensor x) => x.ConvTranspose2d(2, 2, 3, 0, bias: false, dilation: 2);
            [Network] static Tensor Average(Tensor x) => x.AveragePool2d(2);
            [Network] static Tensor Largest(Tensor x) => x.MaxPool2d(2);
            [Network] static Tensor Larger(Tensor x) => x.Upsample2d(2);
            [Network] static Tensor Turned(Tensor x) => x.Permute(2, 0, 1);
            [Network] static Tensor Normal(Tensor x) => x.BatchNorm(momentum: 0.3f, epsilon: 0.01f);
            [Network] static Tensor Features(Tensor x) => x.Flatten().BatchNorm(epsilon: 0.02f, affine: false);
            [Network] static Tensor Instance(Tensor x) => x.InstanceNorm(0.03f, affine: true);
            [Network] static Tensor Groups(Tensor x) => x.GroupNorm(2, epsilon: 0.04f);
            [Network] static Tensor Layer(Tensor x) => x.LayerNorm(0.05f);
            [Network] static Tensor Pieces(Tensor x) => x.Flatten().Maxout(3, pieces: 4);

            [Phase]
            static (Tensor Normalised, Tensor OfFeatures, Tensor Others) Loss(Tensor x) => (
                Normal(x).Square().Sum(), Features(x).Sin().Sum(),
                Conv(x).Sum() + Dilated(x).Sum() + Up(x).Sum() + Wide(x).Sum() + Average(x).Sum() + Largest(x).Sum() + Larger(x).Sum()
                    + Turned(x).Sum() + Instance(x).Square().Sum() + Groups(x).Square().Sum() + Layer(x).Square().Sum() + Pieces(x).Sum());
        }
        """;

    readonly CompiledModels compiled = new([Source]);
    readonly IGenerativeModel model;
    readonly float[] x;

    public ImageLayerTests()
    {
        model = compiled.Create("M", 3, Device.Cpu);
        var random = new System.Random(7);
        x = [.. Enumerable.Range(0, Batch * Channels * Height * Width).Select(_ => random.NextSingle() * 2 - 1)];
        // Gains and shifts begin at one and zero, which would hide where they go.
        foreach (var parameter in model.Parameters.Where(p => p.IsTrained))
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => random.NextSingle() * 2 - 1)]);
    }

    public void Dispose()
    {
        model.Dispose();
        compiled.Dispose();
    }

    delegate void Run(ReadOnlySpan<float> x, Span<float> value);

    /// <summary>What a network makes of the batch after training.</summary>
    float[] Made(string network, int size)
    {
        var value = new float[Batch * size];
        model.GetType().GetMethod("Run" + network, BindingFlags.Instance | BindingFlags.Public)!.CreateDelegate<Run>(model)(x, value);
        return value;
    }

    float[] Parameter(string name)
    {
        var values = new float[model.Parameters[name].Length];
        model.Parameters[name].CopyTo(values);
        return values;
    }

    double X(int n, int c, int i, int j) =>
        i < 0 || i >= Height || j < 0 || j >= Width ? 0 : x[((n * Channels + c) * Height + i) * Width + j];

    /// <summary>Compares every number of [size, height, width] for each example.</summary>
    void Is(string network, int size, int height, int width, Func<int, int, int, int, double> expected)
    {
        var made = Made(network, size * height * width);
        for (var at = 0; at < made.Length; at++)
        {
            var (n, c, i, j) = (at / (size * height * width), at / (height * width) % size, at / width % height, at % width);
            var wanted = expected(n, c, i, j);
            Assert.True(Math.Abs(wanted - made[at]) < 2e-5, $"{network} [{n}, {c}, {i}, {j}]: expected {wanted}, got {made[at]}");
        }
    }

    /// <summary>out[o, i, j] = bias[o] + Σ weight[o, c, k, l]·in[c, i·s + k·d − p, j·s + l·d − p].</summary>
    double Convolved(float[] weight, float[]? bias, int kernel, int stride, int padding, int dilation, int n, int o, int i, int j)
    {
        var sum = (double)(bias?[o] ?? 0);
        for (var c = 0; c < Channels; c++)
            for (var k = 0; k < kernel; k++)
                for (var l = 0; l < kernel; l++)
                    sum += weight[((o * Channels + c) * kernel + k) * kernel + l]
                        * X(n, c, i * stride + k * dilation - padding, j * stride + l * dilation - padding);
        return sum;
    }

    /// <summary>Every input puts weight[c, o, k, l] times itself at i·s + k·d − p.</summary>
    double Transposed(
        float[] weight, float[]? bias, int outputs, int kernel, int stride, int padding, int dilation, int n, int o, int i, int j)
    {
        var sum = (double)(bias?[o] ?? 0);
        for (var c = 0; c < Channels; c++)
            for (var y = 0; y < Height; y++)
                for (var z = 0; z < Width; z++)
                    for (var k = 0; k < kernel; k++)
                        for (var l = 0; l < kernel; l++)
                            if (y * stride + k * dilation - padding == i && z * stride + l * dilation - padding == j)
                                sum += weight[((c * outputs + o) * kernel + k) * kernel + l] * X(n, c, y, z);
        return sum;
    }

    [Fact]
    public void Convolutions()
    {
        Assert.Equal([3, 4, 3, 3], model.Parameters["conv.conv1.weight"].Shape.ToArray());
        var (weight, bias, dilated) = (Parameter("conv.conv1.weight"), Parameter("conv.conv1.bias"), Parameter("dilated.conv1.weight"));
        Is("Conv", 3, 3, 3, (n, o, i, j) => Convolved(weight, bias, 3, 2, 1, 1, n, o, i, j));
        Is("Dilated", 2, 4, 5, (n, o, i, j) => Convolved(dilated, null, 2, 1, 1, 3, n, o, i, j));
    }

    [Fact]
    public void TransposedConvolutions()
    {
        Assert.Equal([4, 3, 3, 3], model.Parameters["up.convtranspose1.weight"].Shape.ToArray());
        var (weight, bias) = (Parameter("up.convtranspose1.weight"), Parameter("up.convtranspose1.bias"));
        Is("Up", 3, 10, 12, (n, o, i, j) => Transposed(weight, bias, 3, 3, 2, 1, 1, n, o, i, j));
        var wide = Parameter("wide.convtranspose1.weight");
        Is("Wide", 2, 15, 18, (n, o, i, j) => Transposed(wide, null, 2, 2, 3, 0, 2, n, o, i, j));
    }

    [Fact]
    public void PoolsAndMoves()
    {
        Is("Average", 4, 2, 3, (n, c, i, j) => Square(n, c, i, j).Average());
        Is("Largest", 4, 2, 3, (n, c, i, j) => Square(n, c, i, j).Max());
        Is("Larger", 4, 10, 12, (n, c, i, j) => X(n, c, i / 2, j / 2));
        Is("Turned", 6, 4, 5, (n, j, c, i) => X(n, c, i, j));

        IEnumerable<double> Square(int n, int c, int i, int j) =>
            [X(n, c, 2 * i, 2 * j), X(n, c, 2 * i, 2 * j + 1), X(n, c, 2 * i + 1, 2 * j), X(n, c, 2 * i + 1, 2 * j + 1)];
    }

    /// <summary>Mean and variance with divisor n.</summary>
    static (double Mean, double Variance) Moments(IEnumerable<double> values)
    {
        var all = values.ToList();
        var mean = all.Average();
        return (mean, all.Average(v => (v - mean) * (v - mean)));
    }

    IEnumerable<double> Of(int n, IEnumerable<int> channels) =>
        channels.SelectMany(c => Enumerable.Range(0, Height * Width).Select(at => X(n, c, at / Width, at % Width)));

    [Fact]
    public void NormsOfOneExample()
    {
        double Norm(int n, IEnumerable<int> channels, double epsilon, int c, int i, int j)
        {
            var (mean, variance) = Moments(Of(n, channels));
            return (X(n, c, i, j) - mean) / Math.Sqrt(variance + epsilon);
        }

        var (gain, shift) = (Parameter("instance.instancenorm1.weight"), Parameter("instance.instancenorm1.bias"));
        Is("Instance", 4, 5, 6, (n, c, i, j) => gain[c] * Norm(n, [c], 0.03, c, i, j) + shift[c]);
        var (ofGroups, shiftOfGroups) = (Parameter("groups.groupnorm1.weight"), Parameter("groups.groupnorm1.bias"));
        Is("Groups", 4, 5, 6, (n, c, i, j) =>
            ofGroups[c] * Norm(n, [c / 2 * 2, c / 2 * 2 + 1], 0.04, c, i, j) + shiftOfGroups[c]);
        Assert.Equal([4, 5, 6], model.Parameters["layer.layernorm1.weight"].Shape.ToArray());
        var (ofLayer, shiftOfLayer) = (Parameter("layer.layernorm1.weight"), Parameter("layer.layernorm1.bias"));
        Is("Layer", 4, 5, 6, (n, c, i, j) => ofLayer[(c * Height + i) * Width + j] * Norm(n, [0, 1, 2, 3], 0.05, c, i, j)
            + shiftOfLayer[(c * Height + i) * Width + j]);
    }

    /// <summary>What divides has the divisor n, what is kept n − 1; what runs after training uses what was kept.</summary>
    [Fact]
    public void StatisticsOfTheBatch()
    {
        var (gain, shift) = (Parameter("normal.batchnorm1.weight"), Parameter("normal.batchnorm1.bias"));
        double Normalised(int n, int c, int i, int j, double mean, double variance) =>
            gain[c] * (X(n, c, i, j) - mean) / Math.Sqrt(variance + 0.01) + shift[c];

        Is("Normal", 4, 5, 6, (n, c, i, j) => Normalised(n, c, i, j, 0, 1));
        var moments = Enumerable.Range(0, Channels)
            .Select(c => Moments(Enumerable.Range(0, Batch).SelectMany(n => Of(n, [c])))).ToList();
        var trained = Enumerable.Range(0, Batch * Channels * Height * Width).Sum(at =>
        {
            var (n, c, i, j) = (at / (Channels * Height * Width), at / (Height * Width) % Channels, at / Width % Height, at % Width);
            return Math.Pow(Normalised(n, c, i, j, moments[c].Mean, moments[c].Variance), 2);
        }) / Batch;
        var features = Enumerable.Range(0, Channels * Height * Width).Select(f =>
            Moments(Enumerable.Range(0, Batch).Select(n => (double)x[n * Channels * Height * Width + f]))).ToList();
        var ofFeatures = Enumerable.Range(0, x.Length).Sum(at =>
            Math.Sin((x[at] - features[at % features.Count].Mean) / Math.Sqrt(features[at % features.Count].Variance + 0.02))) / Batch;
        var losses = new float[3];
        model.Step(x, default, default, losses);
        Assert.Equal(trained, losses[0], 1e-3);
        Assert.Equal(ofFeatures, losses[1], 1e-4);

        const double Count = Batch * Height * Width;
        var (means, variances) = (Parameter("normal.batchnorm1.running_mean"), Parameter("normal.batchnorm1.running_var"));
        for (var c = 0; c < Channels; c++)
        {
            Assert.Equal(0.3 * moments[c].Mean, means[c], 1e-6);
            Assert.Equal(0.7 + 0.3 * moments[c].Variance * Count / (Count - 1), variances[c], 1e-6);
        }
        var kept = Parameter("features.batchnorm1.running_var");
        for (var f = 0; f < features.Count; f++) Assert.Equal(0.9 + 0.1 * features[f].Variance * Batch / (Batch - 1.0), kept[f], 1e-6);
        Assert.Equal([1f], Parameter("features.batchnorm1.num_batches_tracked"));
        (gain, shift) = (Parameter("normal.batchnorm1.weight"), Parameter("normal.batchnorm1.bias"));
        Is("Normal", 4, 5, 6, (n, c, i, j) => Normalised(n, c, i, j, means[c], variances[c]));
        Assert.Equal([1f], Parameter("normal.batchnorm1.num_batches_tracked"));
    }

    [Fact]
    public void LargestOfSeveralMaps()
    {
        var (weight, bias) = (Parameter("pieces.maxout1.weight"), Parameter("pieces.maxout1.bias"));
        var size = Channels * Height * Width;
        Is("Pieces", 3, 1, 1, (n, u, _, _) => Enumerable.Range(0, 4).Max(piece =>
        {
            var row = piece * 3 + u;
            return bias[row] + Enumerable.Range(0, size).Sum(f => (double)weight[row * size + f] * x[n * size + f]);
        }));
    }
}

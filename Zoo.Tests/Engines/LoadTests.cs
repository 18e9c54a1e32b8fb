using System.Text;
using Zoo.Models;
using Zoo.Tests.Data;

namespace Zoo.Tests.Engines;

/// <summary>Files that a generated class refuses: each with the reason. What the format itself refuses is in Checkpoints.</summary>
public sealed class LoadTests : IDisposable
{
    const string Other = """
        using Zoo;

        [Vae(Input = [784], Batch = 128)]
        public partial class Wider
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(300).Relu();
                return new Gaussian(mean: h.Dense(20), logVariance: h.Dense(20));
            }

            static Bernoulli Decoder(Tensor z) => new Bernoulli(logits: z.Dense(400).Relu().Dense(784));
        }
        """;

    readonly TemporaryFolder folder = new();

    string Good => Path.Combine(folder.Path, "good");

    public LoadTests()
    {
        using var vae = new FashionVae(1, Device.Cpu);
        vae.Save(Good);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OfAnotherShape()
    {
        var path = Path.Combine(folder.Path, "wider");
        using (var compiled = new CompiledModels([Other]))
        using (var model = compiled.Create("Wider", 1, Device.Cpu))
            model.Save(path);
        var exception = Assert.Throws<CheckpointException>(() => FashionVae.Load(path, Device.Cpu));
        Assert.Contains("encoder.dense1.weight", exception.Message);
        Assert.Contains("[400, 784]", exception.Message);
        Assert.Contains("[300, 784]", exception.Message);
    }

    [Theory]
    [InlineData(0, "the file has 0 bytes")]
    [InlineData(7, "the file has 7 bytes")]
    [InlineData(1000, "but only 992 follow")]
    [InlineData(2_000_000, "follow the header: truncated")]
    public void Truncated(int length, string reason) =>
        Assert.Contains(reason,
            Assert.Throws<CheckpointException>(() => FashionVae.Load(folder.Write("short", File.ReadAllBytes(Good)[..length]),
                Device.Cpu)).Message);

    /// <summary>A file with other names: the class takes what the loader's options say, and tells what it took.</summary>
    [Fact]
    public void WithOptions()
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Good)).Replace("encoder.dense1.bias", "encoder.first_.bias");
        var path = folder.Write("renamed", Encoding.Latin1.GetBytes(text));
        Assert.Throws<CheckpointException>(() => FashionVae.Load(path, Device.Cpu));
        var options = new CheckpointOptions
        {
            Names = new Dictionary<string, string> { ["encoder.first_.bias"] = "encoder.dense1.bias" }, ParametersOnly = true,
            AllowExtra = true,
        };
        using var vae = FashionVae.Load(path, options, out var report, Device.Cpu);
        Assert.Equal((false, 10, 0), (report.IsComplete, report.Taken.Count, report.Missing.Count));
        using var same = FashionVae.Load(path, options);
        using var saved = new FashionVae(1, Device.Cpu);
        var (expected, first, second) = (new float[400], new float[400], new float[400]);
        saved.Parameters["encoder.dense1.bias"].CopyTo(expected);
        vae.Parameters["encoder.dense1.bias"].CopyTo(first);
        same.Parameters["encoder.dense1.bias"].CopyTo(second);
        Assert.Equal(expected, first);
        Assert.Equal(expected, second);
        var without = options with { Names = new Dictionary<string, string>() };
        Assert.Contains("encoder.dense1.bias",
            Assert.Throws<CheckpointException>(() => FashionVae.Load(path, without, Device.Cpu)).Message);
        using var partial = FashionVae.Load(path, without with { AllowMissing = true }, out report);
        Assert.Equal(["encoder.dense1.bias"], report.Missing);
        Assert.Throws<ArgumentNullException>(() => FashionVae.Load(path, (CheckpointOptions)null!));
    }

    [Fact]
    public void Foreign() => Assert.Contains(
        "truncated, or no safetensors file",
        Assert.Throws<CheckpointException>(() => FashionVae.Load(folder.Write("foreign",
            Encoding.UTF8.GetBytes("A file of some other kind, longer than a header.")), Device.Cpu)).Message);
}

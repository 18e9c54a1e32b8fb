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
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => FashionVae.Load(folder.Write("short", File.ReadAllBytes(Good)[..length]), Device.Cpu)).Message);

    [Fact]
    public void Foreign() => Assert.Contains(
        "truncated, or no safetensors file",
        Assert.Throws<CheckpointException>(() => FashionVae.Load(folder.Write("foreign", Encoding.UTF8.GetBytes("A file of some other kind, longer than a header.")), Device.Cpu)).Message);
}

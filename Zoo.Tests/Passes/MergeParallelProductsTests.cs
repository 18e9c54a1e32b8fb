using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Passes;

/// <summary>Which layers become one product, and which must not.</summary>
public class MergeParallelProductsTests
{
    /// <summary>Names of the storages of an encoder that returns two heads.</summary>
    static IEnumerable<string> Storages(string body)
    {
        var run = GeneratorRun.Of($$"""
            using Zoo;

            [Vae(Input = [6], Batch = 4)]
            public partial class Heads
            {
                static Gaussian Encoder(Tensor x)
                {
                    {{body}}
                }

                static Gaussian Decoder(Tensor z) => new(z.Dense(6), 0f);
            }
            """);
        Assert.Empty(run.Reported);
        return BuildPrograms.Run(run.Trace!).Graph.Storages.Select(s => s.Name)
            .Where(n => n.StartsWith("encoder", StringComparison.Ordinal));
    }

    [Fact]
    public void HeadsOfOneValueBecomeOneProduct() =>
        Assert.Equal(["encoder.dense1_dense2.weight", "encoder.dense1_dense2.bias"], Storages("return new(x.Dense(2), x.Dense(2));"));

    [Fact]
    public void HeadsOfTwoValuesStayApart() =>
        Assert.Equal(4, Storages("return new(x.Dense(2), x.Tanh().Dense(2));").Count());

    /// <summary>Merged, the bias would be a part of a storage here and a storage of its own there.</summary>
    [Theory]
    [InlineData("dense1.bias", "")]
    [InlineData("dense1.bias", ".Sin()")]
    [InlineData("dense2.bias", ".Sin()")]
    public void ABiasThatIsUsedElsewhereKeepsItsLayerApart(string bias, string use)
    {
        // Layers of raw parameters, because a layer's own cannot be named a second time.
        string Parameter(string name, string shape, string init) => $"Tensor.Parameter(\"{name}\", {shape}, Init.{init})";
        string Layer(string name) =>
            $"x.MatMul({Parameter(name + ".weight", "[6, 2]", "GlorotUniform")}) + {Parameter(name + ".bias", "[2]", "Zeros")}";
        Assert.Equal(2, Storages($"return new({Layer("dense1")}, {Layer("dense2")});").Count());
        Assert.Equal(4, Storages($"return new(({Layer("dense1")}) * {Parameter(bias, "[2]", "Zeros")}{use}, {Layer("dense2")});").Count());
    }
}

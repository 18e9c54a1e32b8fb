using Zoo.Generators.Passes;
using Zoo.Runtime;

namespace Zoo.Tests.Passes;

/// <summary>The compiler plans memory for sums per tile from the grid that the runtime cuts: one function in two assemblies.</summary>
public class ProductGridTests
{
    [Fact]
    public void TheCompilersGridIsTheRuntimes()
    {
        for (var m = 1; m <= 300; m++)
            for (var n = 1; n <= 300; n++)
                Assert.Equal(Product.Grid(m, n, 64), ProductGrid.Of(m, n));
        foreach (var (m, n) in ((int, int)[])[(784, 400), (4096, 1), (1, 4096),
            (100_000, 784)]) Assert.Equal(Product.Grid(m, n, 7), ProductGrid.Of(m, n));
    }

    [Fact]
    public void TheCompilerKnowsHowManyWordsOfBitsFit() => Assert.Equal(ProductTiles.MostCodes, ProductGrid.MostBitWords);
}

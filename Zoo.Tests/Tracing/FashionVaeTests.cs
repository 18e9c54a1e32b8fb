using Xunit;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

public class FashionVaeTests
{
    [Fact]
    public void ItsNetworksAreTwoProductsAndTheirActivations()
    {
        var run = GeneratorRun.Of(Declarations.FashionVae);
        Assert.Empty(run.Reported);
        var trace = run.Trace!;
        Assert.Equal("x", trace.Network("Encoder")!.Outputs.ToString());
    }
}

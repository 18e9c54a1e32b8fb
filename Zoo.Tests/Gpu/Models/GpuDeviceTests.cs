using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Zoo.Models;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>What is no accelerator for a model, and what happens when one goes away.</summary>
[Collection(PoclCollection.Name)]
public sealed class GpuDeviceTests(PoclDevice pocl)
{
    [Fact]
    public void SomethingElseIsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Device.Gpu(null!));
        var exception = Assert.Throws<ArgumentException>(() => Device.Gpu("cuda:0"));
        Assert.Contains("Expected an ILGPU.Runtime.Accelerator, but got a System.String", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAcceleratorTooSmallOrDisposedIsRefused()
    {
        using var context = Context.Create(builder => builder.CPU());
        var accelerator = context.CreateCPUAccelerator(0);
        var small = Assert.Throws<NotSupportedException>(() => Device.Gpu(accelerator));
        Assert.Contains("groups of 16 threads where kernels need at least 256 threads", small.Message, StringComparison.Ordinal);
        accelerator.Dispose();
        Assert.Contains("disposed", Assert.Throws<ArgumentException>(() => Device.Gpu(accelerator)).Message, StringComparison.Ordinal);
    }

    [PoclFact]
    public void AModelWithoutItsGpuHalfSaysWhatToAdd()
    {
        using var compiled = new CompiledModels([Plain], hasGpu: false);
        var exception = Assert.ThrowsAny<Exception>(() => compiled.Create("M", 1, pocl.Device)).GetBaseException();
        Assert.IsType<NotSupportedException>(exception);
        Assert.Contains("Add the package ILGPU 1.5.3", exception.Message, StringComparison.Ordinal);
    }

    [PoclFact]
    public void ADisposedDeviceOrModelSaysSo()
    {
        var device = Device.Gpu(pocl.Accelerator);
        var vae = new FashionVae(1, device);
        device.Dispose();
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => vae.Train(new float[128 * 784]));
        Assert.Throws<ObjectDisposedException>(() => new FashionVae(1, device));
        vae.Dispose();
        vae.Dispose();
        Assert.Equal("FashionVae", Assert.Throws<ObjectDisposedException>(() => vae.Save("never")).ObjectName);
        Assert.Throws<ObjectDisposedException>(() => vae.Parameters["encoder.dense1.bias"].CopyTo(new float[400]));
        Assert.Throws<ObjectDisposedException>(() => vae.Draws.CopyTo("epsilon", new float[2560]));
    }

    [PoclFact]
    public void BadSpansAreTheSameErrorsAsOnTheCpu()
    {
        using var vae = new FashionVae(1, pocl.Device);
        Assert.Contains("100352", Assert.Throws<ArgumentException>(() => vae.Step(new float[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => vae.Sample(1, new float[785]));
        Assert.Equal(0, vae.Steps);
        vae.Sample(1, default);
    }

    const string Plain = """
        using Zoo;

        /// <summary>A model.</summary>
        [Vae(Input = [4], Batch = 2)]
        public partial class M
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), -1f);
            static Bernoulli Decoder(Tensor z) => new(z.Dense(4));
        }
        """;
}

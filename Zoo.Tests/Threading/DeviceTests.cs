using System.Runtime.Intrinsics;
using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Threading;

public sealed class DeviceTests
{
    [Fact]
    public void SharedDeviceHasAllProcessorsAndOutlivesDispose()
    {
        Assert.Same(Device.Cpu, Device.Cpu);
        Assert.Equal(Processors.Count, Device.Cpu.Team.Count);
        Device.Cpu.Dispose();
        Device.Cpu.Team.Run(new Nothing());
    }

    [Fact]
    public void OwnDeviceHasItsThreadsAndEnds()
    {
        var device = Device.CpuWith(3);
        Assert.Equal(3, device.Team.Count);
        device.Dispose();
        device.Dispose();
        var thrown = Assert.Throws<ObjectDisposedException>(() => device.Team.Run(new Nothing()));
        Assert.Equal(typeof(Device).FullName, thrown.ObjectName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void ThreadsBelowOneAreRefused(int threads)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Device.CpuWith(threads));
        Assert.Contains($"{threads} were asked for", thrown.Message);
    }

    [Theory]
    [InlineData("512", VectorWidth.Bits512)]
    [InlineData("256", VectorWidth.Bits256)]
    [InlineData(128, VectorWidth.Bits128)]
    [InlineData("1", VectorWidth.Scalar)]
    public void SwitchChoosesTheWidth(object value, VectorWidth width) => Assert.Equal(width, WidthSwitch.Parse(value));

    [Fact]
    public void WithoutTheSwitchItIsTheWidestOfTheMachine()
    {
        var width = WidthSwitch.Parse(null);
        Assert.Equal(Vector512.IsHardwareAccelerated, width == VectorWidth.Bits512);
        Assert.Equal(Vector128.IsHardwareAccelerated, width != VectorWidth.Scalar);
    }

    [Theory]
    [InlineData("1024")]
    [InlineData("wide")]
    [InlineData(true)]
    public void OtherWidthsAreRefused(object value)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => WidthSwitch.Parse(value));
        Assert.Contains("512, 256, 128 or 1", thrown.Message);
        Assert.Contains($"'{value}'", thrown.Message);
    }

    sealed class Nothing : TeamProgram
    {
        public override void Execute(Worker worker) => worker.Barrier();
    }
}

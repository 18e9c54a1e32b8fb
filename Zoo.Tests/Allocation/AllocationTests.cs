using Zoo.Tests.Gpu;

namespace Zoo.Tests.Allocation;

/// <summary>Steps and inference allocate nothing: counted over 1,000 calls, process-wide, in a process without a test host.</summary>
[Trait("Speed", "Slow")]
public class AllocationTests
{
    [Fact]
    public void ThousandCallsAllocateNothing()
    {
        var counted = Run();
        Assert.Equal(10, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [Fact]
    public void ThousandCallsOfModelsWithPhasesAllocateNothing()
    {
        var counted = Run("phases");
        Assert.Equal(21, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [Fact]
    public void ThousandCallsWithLabelsAllocateNothing()
    {
        var counted = Run("labels");
        Assert.Equal(20, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [Fact]
    public void ThousandCallsOfMachinesAllocateNothing()
    {
        var counted = Run("machines");
        Assert.Equal(9, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    /// <summary>Layers of images, and batches of images that are cropped, flipped, dequantised and binarised beside the caller.</summary>
    [Fact]
    public void ThousandCallsOfImagesAllocateNothing()
    {
        var counted = Run("images");
        Assert.Equal(10, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [PoclFact]
    public void ThousandCallsOnPoclAllocateNothing()
    {
        var counted = Run("pocl");
        Assert.Equal(11, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [Fact]
    public void AnAllocationIsSeen() => Assert.InRange(Run("plant").Single(c => c.Name == "Planted").Bytes, 24_000, 100_000);

    static List<(string Name, long Bytes)> Run(params string[] arguments) => CountingProgram.Run([], arguments);
}

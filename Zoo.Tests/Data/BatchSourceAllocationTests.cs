using Xunit;

namespace Zoo.Tests.Data;

/// <summary>Counts what the whole process allocates, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(BatchSourceAllocationTests), DisableParallelization = true)]
[Collection(nameof(BatchSourceAllocationTests))]
public sealed class BatchSourceAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Neither_thread_allocates(bool augmented)
    {
        var augmentation = augmented
            ? new Augmentation { CropPadding = 4, HorizontalFlip = true, Dequantise = true, Binarise = true }
            : null;
        var images = new ImageSet(28, 28, new byte[2000 * 784], new byte[2000]);
        using var source = new BatchSource(images, 128, seed: 1, augmentation: augmentation);
        for (var i = 0; i < 200; i++) source.Next();
        // The test host has threads of its own, so the count over the whole process is taken from the quietest of many short
        // blocks: what a batch costs would be in each of them.
        var (own, process) = (0L, long.MaxValue);
        for (var block = 0; block < 100; block++)
        {
            var ownBefore = GC.GetAllocatedBytesForCurrentThread();
            var processBefore = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 10; i++) source.Next();
            process = Math.Min(process, GC.GetTotalAllocatedBytes(precise: true) - processBefore);
            own += GC.GetAllocatedBytesForCurrentThread() - ownBefore;
        }
        Assert.Equal((0, 0), (own, process));
    }
}

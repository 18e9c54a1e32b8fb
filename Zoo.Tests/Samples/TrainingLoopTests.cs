using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Tests.Samples;

/// <summary>The sample's loop looks at what it trains on, and says where a value is that no likelihood of pixels takes.</summary>
public sealed class TrainingLoopTests
{
    [Theory]
    [InlineData(255f, "255. Divide pixels of 0 to 255 by 255.")]
    [InlineData(-1f, "-1. Add 1 to values of −1 to 1 and halve them.")]
    [InlineData(float.NaN, "NaN.")]
    public void Batch_row_and_value_are_named(float value, string what)
    {
        var rows = new float[256 * 784];
        rows[(128 + 3) * 784 + 7] = value;
        using var vae = new FashionVae(1, Device.Cpu);
        var error = Assert.Throws<CommandException>(() => Train(vae, rows));
        Assert.Equal($"--data: in batch 2 of epoch 1: Expected values from 0 to 1, but value 7 of row 3 is {what} With --no-data-check nobody looks.", error.Message);
        Assert.Equal(1, vae.Steps);
    }

    [Fact]
    public void The_check_can_be_switched_off()
    {
        var rows = new float[256 * 784];
        rows[5] = 1.5f;
        using var vae = new FashionVae(1, Device.Cpu) { ChecksData = false };
        Assert.True(Train(vae, rows));
        Assert.Equal(2, vae.Steps);
    }

    static bool Train(FashionVae vae, float[] rows)
    {
        using var batches = new BatchSource(rows, 784, 128, seed: 1, shuffle: false);
        return new TrainingLoop(vae, batches, new float[784]).Run(1, new NoDisplay(), _ => { }, CancellationToken.None);
    }

    sealed class NoDisplay : IProgressDisplay
    {
        public void Show(int epochs, int batchesPerEpoch, Action training) => training();

        public void Stepped(int epoch, int batch, FashionVae.Losses losses) { }

        public void EpochEnded(EpochReport report) { }
    }
}

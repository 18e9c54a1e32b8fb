using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
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
        using var run = new TwoBatches(rows);
        var error = Assert.Throws<CommandException>(() => Train(run));
        Assert.Equal($"--data: batch 2 in epoch 1: Expected values from 0 to 1, but value 7 of row 3 is {what} With --no-data-check "
            + "nobody looks.", error.Message);
        Assert.Equal(1, run.Model.Steps);
    }

    [Fact]
    public void The_check_can_be_switched_off()
    {
        var rows = new float[256 * 784];
        rows[5] = 1.5f;
        using var run = new TwoBatches(rows) { ChecksData = false };
        Assert.True(Train(run));
        Assert.Equal(2, run.Model.Steps);
    }

    static bool Train(TrainingRun run) => new TrainingLoop(run).Run(new NoDisplay(), _ => { }, CancellationToken.None);

    sealed class TwoBatches(float[] rows) : TrainingRun(new FashionVae(1, Device.Cpu), new Rows(rows), stepsPerReport: 2, steps: 2)
    {
        public override string Examples => "images";

        public override DataRange Range => DataRange.Unit;

        public override IEnumerable<string> Introduction => [];

        public override IReadOnlyList<Column> Columns => [];

        public override string LengthOption => "--epochs";

        public override string Progress(long steps) => $"in epoch {steps / StepsPerReport + 1}";

        public override string Interruption(long steps) => "";

        public override string Amount(long steps) => "";

        public override IReadOnlyList<(string Path, string What)> Draw(IReadOnlyList<TrainingReport> reports, OutputFolder output) => [];
    }

    /// <summary>Batches of FashionVae's size, in order.</summary>
    sealed class Rows(float[] rows) : ITrainingBatches
    {
        long next;

        public void Seek(long step) => next = step;

        public StepData Next() => new(rows.AsSpan((int)(next++ * 128 * 784), 128 * 784));

        public void Dispose() { }
    }

    sealed class NoDisplay : IProgressDisplay
    {
        public void Show(IEnumerable<string> heading, long length, Action work) => work();

        public void At(long position, Func<string> status) { }

        public void Line(string text) { }
    }
}

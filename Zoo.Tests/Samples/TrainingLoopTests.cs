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

    /// <summary>
    /// A rate that no weight survives: the step, the phase and what the losses were before are named, and a checkpoint of an earlier run
    /// stands as it was.
    /// </summary>
    [Fact]
    public void A_loss_that_is_no_number_is_named_with_step_and_phase_and_leaves_the_checkpoint()
    {
        var random = new Random(3);
        float[] rows = [.. Enumerable.Range(0, 4 * 128 * 784).Select(_ => random.NextSingle())];
        using var folder = new Data.TemporaryFolder();
        var path = Path.Combine(folder.Path, "vae.safetensors");
        using var run = new TwoBatches(rows, steps: 4);
        run.Model.Save(path);
        var before = File.ReadAllBytes(path);
        run.Model.Hyperparameters["learning_rate"] = 1e30f;
        var error = Assert.Throws<CommandException>(() => Train(run));
        Assert.Matches(@"^training diverged in epoch 1 \(step 2, phase step\): Reconstruction is (-?Infinity|NaN)\. "
            + @"Last finite losses: Reconstruction -\d+(\.\d+)?, Divergence \d+(\.\d+)?, Elbo -\d+(\.\d+)?\. "
            + @"A smaller --learning-rate may help\.$", error.Message);
        Assert.Equal(ExitCode.Failure, error.ExitCode);
        Assert.Equal("step", run.Model.DivergedPhase);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    /// <summary>A phase that was not due leaves NaN too, and that is no divergence.</summary>
    [Fact]
    public void A_phase_that_was_not_due_has_not_diverged()
    {
        using IGenerativeModel model = new GridWgan(1, Device.CpuWith(1));
        var losses = new float[model.LossNames.Length];
        model.Step(new float[512], default, default, losses);
        Assert.Contains(float.NaN, losses);
        Assert.Null(model.DivergedPhase);
    }

    static bool Train(TrainingRun run) => new TrainingLoop(run).Run(new NoDisplay(), _ => { }, CancellationToken.None);

    sealed class TwoBatches(float[] rows, long steps = 2)
        : TrainingRun(new FashionVae(1, Device.Cpu), new Rows(rows), stepsPerReport: 2, steps)
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

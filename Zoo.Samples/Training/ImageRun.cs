using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A run over images, whose length is counted in epochs.</summary>
internal abstract class ImageRun(IGenerativeModel model, DataSource data, ImageBatches batches, int epochs)
    : TrainingRun(model, batches, batches.BatchesPerEpoch, (long)epochs * batches.BatchesPerEpoch)
{
    public override IEnumerable<string> Introduction =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Training.Count:N0} training images, {data.Test.Count:N0} test images."),
    ];

    public override string Examples => "images";

    public override DataRange Range => DataRange.Unit;

    public override string LengthOption => "--epochs";

    protected Column EpochColumn => new("epoch", 5, report => Number(Epoch(report)));

    protected static Column SpeedColumn { get; } = new("images/s", 10, report => Number(report.ExamplesPerSecond, "N0"));

    /// <summary>The length asked for, or null.</summary>
    /// <exception cref="CommandException">It is asked for in steps.</exception>
    public static int? Epochs(string model, TrainingSettings settings) => settings.Steps is null
        ? settings.Epochs
        : throw new CommandException($"--steps: {model} is trained on a fixed number of images; use --epochs.");

    /// <summary>The training images, once it is known that the model can be trained on them.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public static ImageBatches BatchesOf(
        IGenerativeModel model, DataSource data, TrainingSettings settings, TakeImages? take = null, ImageShape? shape = null)
    {
        data.RequireFor(model.BatchSize, shape);
        return new ImageBatches(data.Training, model.BatchSize, settings.Seed, take, AugmentationOf(settings, data));
    }

    /// <summary>What is to be done to the training images, or null.</summary>
    /// <exception cref="CommandException">It cannot be done to images of this size.</exception>
    public static Augmentation? AugmentationOf(TrainingSettings settings, DataSource data)
    {
        var side = Math.Min(data.Training.Height, data.Training.Width);
        return settings.Augmentation is { CropPadding: var padding } && padding >= side
            ? throw new CommandException(
                $"--crop: expected a number from 1 to {side - 1} for images of {data.Training.Shape}, got {padding}.")
            : settings.Augmentation;
    }

    public override string Progress(long steps) => $"in epoch {steps / StepsPerReport + 1}";

    public override string Interruption(long steps) =>
        string.Create(CultureInfo.InvariantCulture, $"{Progress(steps)}, after {steps:N0} steps");

    // What was begun counts: a run that goes on within an epoch has trained a part of it.
    public override string Amount(long steps) =>
        (steps + StepsPerReport - 1) / StepsPerReport is var count and not 1 ? $"{count} epochs" : "1 epoch";

    /// <summary>Where a step is, in words.</summary>
    protected string EpochOf(long step) => string.Create(CultureInfo.InvariantCulture, $"epoch {step / (double)StepsPerReport:0.#}");

    /// <summary>From 1 on.</summary>
    protected int Epoch(TrainingReport report) => (int)(report.Steps / StepsPerReport);
}

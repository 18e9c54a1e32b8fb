using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>Trains, writes the checkpoint, draws the pictures, and says where they are.</summary>
internal sealed class TrainCommand
{
    readonly Option<int> epochsOption = new Option<int>("--epochs") { Description = "Train until this many passes over the training images.", HelpName = "N", DefaultValueFactory = _ => 20 }.Within(1, 1_000_000);
    readonly Option<ulong> seedOption = CommonOptions.Seed("Decides first weights, noise and the order of images. Give the same one to --resume.");
    readonly Option<string> outOption = new("--out") { Description = "Folder for the checkpoint and the pictures.", HelpName = "DIR", DefaultValueFactory = _ => OutputFolder.Default };
    readonly Option<string?> dataOption = CommonOptions.Data();
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<int?> threadsOption;
    readonly Option<float?> learningRateOption = new("--learning-rate") { Description = "Step size of Adam. Without it: 0.001, or what the checkpoint to resume has.", HelpName = "RATE" };
    readonly Option<bool> noDataCheckOption = CommonOptions.NoDataCheck();
    readonly Option<string?> resumeOption = new("--resume") { Description = "Go on from this checkpoint, at the epoch and batch where it stopped.", HelpName = "CHECKPOINT" };

    public TrainCommand()
    {
        threadsOption = CommonOptions.Threads(deviceOption);
        learningRateOption.Validators.Add(RequirePositive);
    }

    public IEnumerable<Option> Options => [epochsOption, seedOption, outOption, dataOption, deviceOption, threadsOption, learningRateOption, resumeOption, noDataCheckOption];

    public int Run(ParseResult arguments)
    {
        var output = OutputFolder.Open(arguments.GetRequiredValue(outOption));
        var data = DataSource.Open(arguments.GetValue(dataOption));
        var (epochs, seed) = (arguments.GetValue(epochsOption), arguments.GetValue(seedOption));

        using var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        using var model = arguments.GetValue(resumeOption) is { } checkpoint ? Checkpoints.Load("--resume", checkpoint, device.Device) : new FashionVae(seed, device.Device);
        if (arguments.GetValue(learningRateOption) is { } rate) model.Hyperparameters["learning_rate"] = rate;
        model.ChecksData = !arguments.GetValue(noDataCheckOption);
        data.RequireFor(model.BatchSize);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"FashionVae: {FashionVae.Card.Parameters:N0} parameters, {FashionVae.Card.FlopsPerStep / 1e6:N1} MFLOP a step of {model.BatchSize} images."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: {data.Training.Count:N0} training images, {data.Test.Count:N0} test images."));
        Console.WriteLine("ELBO = reconstruction − divergence, nats an image, higher is better.");
        // The first steps compile, and take seconds where the others take milliseconds.
        if (device.AcceleratorName is { } accelerator) Console.WriteLine($"Compiling kernels for '{accelerator}' …");
        Console.WriteLine();

        using var batches = new BatchSource(data.Training, model.BatchSize, seed);
        var test = new float[data.Test.Count * data.Test.ExampleSize];
        data.Test.CopyExamples(0, data.Test.Count, test);
        var saved = output.PathOf(OutputFolder.Checkpoint);
        var reports = new List<EpochReport>();
        var loop = new TrainingLoop(model, batches, test);
        var watch = Stopwatch.StartNew();

        using var interrupt = new Interrupt();
        var display = ProgressDisplay.ForThisConsole();
        var finished = false;
        display.Show(epochs, batches.BatchesPerEpoch, () => finished = loop.Run(epochs, display, reports.Add, interrupt.Token));
        model.Save(saved);

        if (!finished)
        {
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Interrupted in epoch {batches.Epoch + 1}, after {model.Steps:N0} steps. Checkpoint: {saved}"));
            Console.WriteLine($"To go on, repeat the command with --resume {saved}");
            return interrupt.ExitCode;
        }

        var trained = watch.Elapsed;
        var pictures = PictureBook.Draw(model, data, test, reports, output);
        Console.WriteLine();
        Console.WriteLine(reports.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Trained {reports.Count} {(reports.Count == 1 ? "epoch" : "epochs")} in {trained.TotalSeconds:N1} s; with pictures {watch.Elapsed.TotalSeconds:N1} s.")
            : string.Create(CultureInfo.InvariantCulture, $"Nothing to train: the checkpoint has {model.Steps / batches.BatchesPerEpoch} epochs, and --epochs asks for {epochs}."));
        var files = pictures.Prepend((saved, string.Create(CultureInfo.InvariantCulture, $"checkpoint after {model.Steps:N0} steps"))).ToArray();
        var width = files.Max(file => file.Item1.Length);
        foreach (var (path, what) in files) Console.WriteLine($"  {path.PadRight(width)}  {what}");
        return ExitCode.Success;
    }

    static void RequirePositive(OptionResult result)
    {
        if (result.Tokens.Count == 1 && float.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var rate) && !(rate > 0 && float.IsFinite(rate)))
            result.AddError($"--learning-rate: expected a positive number, got {result.Tokens[0].Value}.");
    }
}

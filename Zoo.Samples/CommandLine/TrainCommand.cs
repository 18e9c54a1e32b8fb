using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>Trains a model, writes the checkpoint, draws the pictures, and says where they are.</summary>
internal sealed class TrainCommand
{
    readonly Argument<string?> modelArgument = new("MODEL")
    {
        Description = $"Which model: {RecipeBook.Names}. Without it: {RecipeBook.Default.Name}.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => RecipeBook.Default.Name,
    };
    readonly Option<int?> epochsOption = new Option<int?>("--epochs")
    {
        Description = "Train until this many passes over the training images, for models of images. Without it: "
            + string.Join(", ",
                RecipeBook.All.Where(recipe => !recipe.CountsSteps).Select(recipe => $"{recipe.DefaultLength} for {recipe.Name}"))
                + ".",
        HelpName = "N",
    }.Within(1, 1_000_000);
    readonly Option<long?> stepsOption = new Option<long?>("--steps")
    {
        Description = "Train until this many steps, for models of points. Without it: "
            + string.Join(", ",
                RecipeBook.All.Where(recipe => recipe.CountsSteps).Select(recipe => $"{recipe.DefaultLength} for {recipe.Name}"))
                + ".",
        HelpName = "N",
    }.Within(1, 1_000_000_000);
    readonly Option<ulong> seedOption =
        CommonOptions.Seed("Decides first weights, noise and the order of images or the points. Give the same one to --resume.");
    readonly Option<string?> outOption = new("--out")
    {
        Description = $"Folder for the checkpoint and the pictures. Without it: '{OutputFolder.Default}', "
            + $"and in it a folder for every model but {RecipeBook.Default.Name}.",
        HelpName = "DIR",
    };
    readonly Option<string?> dataOption = CommonOptions.TrainingData();
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<int?> threadsOption;
    readonly Option<float?> learningRateOption = new("--learning-rate")
    {
        Description = "Step size of every optimiser. Without it: what the model declares, or what the checkpoint to resume has.",
        HelpName = "RATE",
    };
    readonly Option<string?> resumeOption = new("--resume")
    {
        Description = "Go on from this checkpoint, at the step where it stopped.", HelpName = "CHECKPOINT",
    };
    readonly Option<bool> skipUnreadableOption = CommonOptions.SkipUnreadable();
    readonly Option<bool> noDataCheckOption = CommonOptions.NoDataCheck();
    readonly AugmentationOptions augmentation = new();

    public TrainCommand()
    {
        threadsOption = CommonOptions.Threads(deviceOption);
        learningRateOption.Validators.Add(RequirePositive);
    }

    public IEnumerable<Option> Options =>
    [
        epochsOption, stepsOption, seedOption, outOption, dataOption, skipUnreadableOption, deviceOption, threadsOption, learningRateOption,
        resumeOption, noDataCheckOption, .. augmentation.All,
    ];

    public Command Command
    {
        get
        {
            var command = new Command("train", "Train a model and draw pictures (what happens without a command, too).") { modelArgument };
            return command.With(Options).Does(arguments => Run(RecipeBook.Named(arguments.GetValue(modelArgument)!), arguments));
        }
    }

    /// <summary>What happens without a command.</summary>
    public int RunDefault(ParseResult arguments) => Run(RecipeBook.Default, arguments);

    int Run(Recipe recipe, ParseResult arguments)
    {
        var output = OutputFolder.Open(arguments.GetValue(outOption) ?? recipe.DefaultFolder);
        using var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        using var run = recipe.Open(new TrainingSettings(
            arguments.GetValue(seedOption), device.Device, arguments.GetValue(dataOption), arguments.GetValue(epochsOption),
            arguments.GetValue(stepsOption), arguments.GetValue(learningRateOption), arguments.GetValue(resumeOption),
            arguments.GetValue(skipUnreadableOption), augmentation.Of(arguments, recipe)));
        run.ChecksData = !arguments.GetValue(noDataCheckOption);
        var (model, card) = (run.Model, recipe.Card);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{card.Name}: {card.Parameters:N0} parameters, {card.FlopsPerStep / 1e6:N1} MFLOP a step of {model.BatchSize} "
                + $"{run.Examples}."));
        foreach (var line in run.Introduction) Console.WriteLine(line);
        // The first steps compile, and take seconds where the others take milliseconds.
        if (device.AcceleratorName is { } accelerator) Console.WriteLine($"Compiling kernels for '{accelerator}' …");
        Console.WriteLine();

        var saved = output.PathOf(recipe.CheckpointName);
        var before = model.Steps;
        var reports = new List<TrainingReport>();
        var watch = Stopwatch.StartNew();
        using var interrupt = new Interrupt();
        var display = ProgressDisplay.ForThisConsole();
        var finished = false;
        display.Show(run.Heading, run.Steps, () => finished = new TrainingLoop(run).Run(display, reports.Add, interrupt.Token));
        model.Save(saved);

        if (!finished)
        {
            Console.WriteLine();
            Console.WriteLine($"Interrupted {run.Interruption(model.Steps)}. Checkpoint: {saved}");
            Console.WriteLine($"To go on, repeat the command with --resume {saved}");
            return interrupt.ExitCode;
        }

        var trained = watch.Elapsed;
        var pictures = run.Draw(reports, output);
        Console.WriteLine();
        Console.WriteLine(reports.Count > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"Trained {run.Amount(model.Steps - before)} in {trained.TotalSeconds:N1} s, {watch.Elapsed.TotalSeconds:N1} s "
                    + $"with pictures.")
            : $"Nothing to train: the checkpoint has {run.Amount(model.Steps)}, and {run.LengthOption} asks for {run.Amount(run.Steps)}.");
        var files = pictures.Prepend((saved, string.Create(CultureInfo.InvariantCulture, $"checkpoint after {model.Steps:N0} steps")))
            .ToArray();
        var width = files.Max(file => file.Item1.Length);
        foreach (var (path, what) in files) Console.WriteLine($"  {path.PadRight(width)}  {what}");
        return ExitCode.Success;
    }

    static void RequirePositive(OptionResult result)
    {
        if (result.Tokens.Count == 1 && float.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var rate)
            && !(rate > 0 && float.IsFinite(rate)))
            result.AddError($"--learning-rate: expected a positive number, got {result.Tokens[0].Value}.");
    }
}

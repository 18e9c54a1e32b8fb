using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using Zoo.Samples.Tables;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>Published experiments at a stated scale, as tables with the published rows beside ours.</summary>
internal sealed class ReproduceCommand
{
    static readonly string[] Compared =
    [
        MixtureGan.Card.Name, MixtureClippedWgan.Card.Name, MixtureWgan.Card.Name, MixtureEbgan.Card.Name, MixtureBiGan.Card.Name,
        MixtureAli.Card.Name,
    ];

    static readonly string Mixtures = string.Join('|', GaussianMixture.All.Select(mixture => mixture.Name));

    readonly Option<int> seedsOption = new Option<int>("--seeds")
    {
        Description = "Train from the seeds 1 to N.", HelpName = "N", DefaultValueFactory = _ => 5,
    }.Within(1, 1000);
    readonly Option<long?> stepsOption = new Option<long?>("--steps")
    {
        Description = "Steps of every training. Without it: what 'train' takes for the model.", HelpName = "N",
    }.Within(1, 1_000_000_000);
    const long FullSteps = 400_000;

    readonly Option<bool> fullOption = new("--full")
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{FullSteps:N0} steps, as Lin et al. (2018) have."),
    };
    readonly TableFile file = new("modes");
    readonly Option<string[]> modelOption = new("--model")
    {
        Description = $"A model of points to train instead of {string.Join(", ", Compared)}; may be given several times.",
        HelpName = "MODEL",
    };
    readonly Option<string?> dataOption = new("--data") { Description = "One of the mixtures. Without it: both.", HelpName = Mixtures };
    readonly Option<string> outOption = new("--out")
    {
        Description = "Folder for results, table and stopped runs. What it has already is not done again.", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "modes"),
    };
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<bool> jsonOption = new("--json") { Description = "Print nothing but the results, as JSON." };

    public ReproduceCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    static readonly PublishedTable[] Tables =
    [
        new FourPointsTable(), new BarsTable(), new LaplaceTable(), new DigitsTable(), new LinearTable(), new LikelihoodTable(),
        new ImageTable(),
    ];

    public Command Command
    {
        get
        {
            var command = new Command("reproduce", "Run a published experiment, and print its table beside the published one.")
            {
                new Command("modes", "Which modes of a ring of 8 and a grid of 25 Gaussians the adversaries of points find.")
                    .With(
                    [
                        seedsOption, stepsOption, fullOption, modelOption, dataOption, deviceOption, threadsOption, outOption, file.Option,
                        jsonOption,
                    ])
                    .Does(Run),
                new ReproduceCodesCommand().Command,
                new ReproduceRegularisationCommand().Command,
            };
            foreach (var table in Tables) command.Subcommands.Add(new ReproduceTableCommand(table).Command);
            return command;
        }
    }

    int Run(ParseResult arguments)
    {
        var json = arguments.GetValue(jsonOption);
        var models = arguments.GetValue(modelOption) is { Length: > 0 } named ? named : Compared;
        var mixtures = arguments.GetValue(dataOption) is { } data ? [GaussianMixture.Named(data)] : GaussianMixture.All;
        IPointsRecipe[] recipes = [.. models.Select(Points).Distinct()];
        ModeTrial[] trials =
        [
            .. from mixture in mixtures
               from recipe in recipes
               from seed in Enumerable.Range(1, arguments.GetValue(seedsOption))
               select new ModeTrial(recipe, mixture, (ulong)seed,
                   arguments.GetValue(stepsOption) ?? (arguments.GetValue(fullOption) ? FullSteps : recipe.Steps)),
        ];

        var folder = arguments.GetRequiredValue(outOption);
        var output = OutputFolder.Open(folder);
        file.RequirePlace(arguments);
        // Opened to refuse what cannot be before anything is trained; a processor is then opened for each training.
        using var chosen = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption), announced: !json);
        var parallel = chosen.Device.IsGpu ? 1 : arguments.GetValue(threadsOption) ?? Environment.ProcessorCount;
        var experiment = new ModeExperiment(trials, folder, parallel, chosen.Device.IsGpu ? chosen.Device : null);
        if (!json)
        {
            parallel = Math.Min(parallel, trials.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trials.Length} trainings, {experiment.Length:N0} steps; {parallel} at a time, each on one thread."));
            Console.WriteLine();
        }

        var watch = Stopwatch.StartNew();
        using var interrupt = new Interrupt();
        var display = json ? new SilentProgress() : ProgressDisplay.ForThisConsole();
        IReadOnlyList<ModeResult> results = [];
        display.Show([ModeExperiment.Heading], experiment.Length, () => results = experiment.Run(display, interrupt.Token));
        if (results.Count < trials.Length)
        {
            Console.Error.WriteLine(
                $"Interrupted: {results.Count} of {trials.Length} trainings are done and kept in {folder}. To go on, repeat the command.");
            return interrupt.ExitCode;
        }

        var table = ModeTable.Markdown(results) + "\n" + TableText.Footer(
            "2,500 points of each; published are means.",
            file.Typed(arguments, fullOption, seedsOption, stepsOption, modelOption, dataOption),
            [.. results.Select(result => result.Seed)], [TableFile.Today], results.Sum(result => result.Seconds), ProcessorName.Here);
        var place = file.Write(arguments, output, table);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results.ToArray(), ModeResultJson.Indented.ModeResultArray));
            return ExitCode.Success;
        }
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine();
        var (clock, processor) = (watch.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock:N0} s on the clock, {processor:N0} s of processor time. {place}"));
        return ExitCode.Success;
    }

    static IPointsRecipe Points(string model)
    {
        if (RecipeBook.Named(model) is IPointsRecipe recipe) return recipe;
        var known = string.Join(", ", RecipeBook.All.OfType<IPointsRecipe>().Select(points => points.Name));
        throw new CommandException($"--model: expected a model of points, one of {known}, got '{model}'.");
    }
}

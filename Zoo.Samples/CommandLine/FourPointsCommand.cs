using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>The synthetic example of adversarial variational Bayes beside its Gaussian twin, as a table.</summary>
internal sealed class FourPointsCommand
{
    readonly Option<int> seedsOption = new Option<int>("--seeds")
    {
        Description = "Train from the seeds 1 to N.", HelpName = "N", DefaultValueFactory = _ => 3,
    }.Within(1, 1000);
    readonly Option<long?> stepsOption = new Option<long?>("--steps")
    {
        Description = "Steps of every training. Without it: what 'train' takes for the model.", HelpName = "N",
    }.Within(1, 1_000_000_000);
    readonly Option<string> outOption = new("--out")
    {
        Description = "Folder for checkpoints and table. What it has already is not trained again.", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "four-points"),
    };
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<int?> threadsOption;

    public FourPointsCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command =>
        new Command("four-points", "log p(x) of four points: a posterior that is any function of noise beside a Gaussian one.")
            .With([seedsOption, stepsOption, deviceOption, threadsOption, outOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var folder = arguments.GetRequiredValue(outOption);
        var output = OutputFolder.Open(folder);
        using var chosen = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        var experiment = new FourPointsExperiment(
            [.. RecipeBook.All.OfType<IFourPointsRecipe>()], arguments.GetValue(seedsOption), arguments.GetValue(stepsOption), folder,
            chosen.Device);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{experiment.Trainings} trainings, {experiment.Length:N0} steps."));
        Console.WriteLine();
        using var interrupt = new Interrupt();
        var display = ProgressDisplay.ForThisConsole();
        IReadOnlyList<FourPointsResult> results = [];
        display.Show([FourPointsExperiment.Heading], experiment.Length, () => results = experiment.Run(display, interrupt.Token));
        if (results.Count < experiment.Trainings)
        {
            Console.Error.WriteLine(
                $"Interrupted: {results.Count} of {experiment.Trainings} trainings are done and kept in {folder}. To go on, repeat the "
                    + "command.");
            return interrupt.ExitCode;
        }
        var table = FourPointsExperiment.Markdown(results);
        var path = output.PathOf("table.md");
        File.WriteAllText(path, table);
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine();
        Console.WriteLine($"The table is in {path}.");
        return ExitCode.Success;
    }
}

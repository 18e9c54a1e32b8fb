using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using Zoo.Samples.Tables;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>What the codes of a BiGAN know of labels that it has never seen (Donahue et al. 2017, section 4.2).</summary>
internal sealed class ReproduceCodesCommand
{
    readonly Option<int> seedsOption = new Option<int>("--seeds")
    {
        Description = "Train, and project, from the seeds 1 to N.", HelpName = "N", DefaultValueFactory = _ => 3,
    }.Within(1, 1000);
    const int Epochs = 100, FullEpochs = 400;

    readonly Option<int?> epochsOption = new Option<int?>("--epochs")
    {
        Description = $"Epochs of every training. Without it: {Epochs}.", HelpName = "N",
    }.Within(1, 1_000_000);
    readonly Option<bool> fullOption = new("--full") { Description = $"{FullEpochs} epochs, as Donahue et al. (2017) have." };
    readonly TableFile file = new("codes");
    readonly Option<string?> dataOption = CommonOptions.Data();
    readonly Option<bool> skipOption = CommonOptions.SkipUnreadable();
    readonly Option<string> outOption = new("--out")
    {
        Description = "Folder for results, table and stopped runs. What it has already is not done again.", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "codes"),
    };
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<bool> jsonOption = new("--json") { Description = "Print nothing but the results, as JSON." };

    public ReproduceCodesCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command =>
        new Command("codes", "How well garments are told apart by the nearest neighbour of their pixels, of random projections and of a "
            + "BiGAN's codes.")
            .With(
            [
                seedsOption, epochsOption, fullOption, dataOption, skipOption, deviceOption, threadsOption, outOption, file.Option,
                jsonOption,
            ]).Does(Run);

    int Run(ParseResult arguments)
    {
        var json = arguments.GetValue(jsonOption);
        var folder = arguments.GetRequiredValue(outOption);
        var output = OutputFolder.Open(folder);
        file.RequirePlace(arguments);
        using var chosen = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption), announced: !json);
        var settings = new TrainingSettings(
            0, chosen.Device, arguments.GetValue(dataOption),
            arguments.GetValue(epochsOption) ?? (arguments.GetValue(fullOption) ? FullEpochs : Epochs), null, null, null,
            arguments.GetValue(skipOption));
        var threads = arguments.GetValue(threadsOption) ?? Environment.ProcessorCount;
        var experiment = new CodeExperiment(settings, arguments.GetValue(seedsOption), folder, threads);
        if (!json) Console.WriteLine($"{experiment.DataName}.\n");

        var watch = Stopwatch.StartNew();
        using var interrupt = new Interrupt();
        var display = json ? new SilentProgress() : ProgressDisplay.ForThisConsole();
        IReadOnlyList<CodeResult> results = [];
        display.Show([CodeExperiment.Heading], experiment.Length, () => results = experiment.Run(display, interrupt.Token));
        if (results.Count < experiment.Rows)
        {
            Console.Error.WriteLine(
                $"Interrupted: {results.Count} of {experiment.Rows} lines are done and kept in {folder}. To go on, repeat the command.");
            return interrupt.ExitCode;
        }

        var table = CodeTable.Markdown(experiment.DataName, results) + "\n" + TableText.Footer(
            "Each test image has the label of the training image whose numbers are nearest.",
            file.Typed(arguments, fullOption, seedsOption, epochsOption, dataOption),
            [.. results.Where(result => result.Seed > 0).Select(result => result.Seed)], [TableFile.Today],
            results.Sum(result => result.Seconds), ProcessorName.Here);
        var place = file.Write(arguments, output, table);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results.ToArray(), CodeResultJson.Indented.CodeResultArray));
            return ExitCode.Success;
        }
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:N0} s on the clock, {Environment.CpuUsage.TotalTime.TotalSeconds:N0} s of processor time. ")
            + place);
        return ExitCode.Success;
    }
}

using System.CommandLine;
using System.Text.Json;
using Zoo.Samples.Progress;
using Zoo.Samples.Tables;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>Reaches a table's numbers and prints them beside the published ones.</summary>
internal sealed class ReproduceTableCommand
{
    readonly PublishedTable table;
    readonly Option<bool> fullOption = new("--full")
    {
        Description = "As much as the paper has, or hours' worth. Without it: minutes on two cores.",
    };
    readonly Option<int?> seedsOption;
    readonly Option<long?> stepsOption = new Option<long?>("--steps")
    {
        Description = "Steps of every training, in place of the table's own.", HelpName = "N",
    }.Within(1, 1_000_000_000);
    readonly Option<string?> dataOption = CommonOptions.Data();
    readonly Option<string> outOption;
    readonly TableFile file;
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<bool> jsonOption = JsonOutput.Option();

    public ReproduceTableCommand(PublishedTable table)
    {
        this.table = table;
        file = new(table.Name);
        seedsOption = new Option<int?>("--seeds")
        {
            Description = $"Train from the seeds 1 to N. Without it: {table.Seeds}.", HelpName = "N",
        }.Within(1, 1000);
        outOption = new("--out")
        {
            Description = "Folder for results and table. What it has already is not done again.", HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, table.Name),
        };
        threadsOption = CommonOptions.Threads(deviceOption);
    }

    public Command Command => new Command(table.Name, table.Purpose).With(
    [
        seedsOption, stepsOption, fullOption, .. table.IsOfImages ? (Option[])[dataOption] : [], deviceOption, threadsOption, outOption,
        file.Option, jsonOption,
    ]).Does(Run);

    int Run(ParseResult arguments)
    {
        var isJson = arguments.GetValue(jsonOption);
        var folder = arguments.GetRequiredValue(outOption);
        var output = OutputFolder.Open(folder);
        file.RequirePlace(arguments);
        var scale = new TableScale(
            arguments.GetValue(fullOption), arguments.GetValue(seedsOption), arguments.GetValue(stepsOption),
            table.IsOfImages ? arguments.GetValue(dataOption) : null, folder);
        var threads = arguments.GetValue(threadsOption) ?? Environment.ProcessorCount;
        using var device = ChosenDevice.Open(
            arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption), announced: !isJson);
        var run = new TableRun(table, scale, device.Device, threads);
        using var interrupt = new Interrupt();
        var display = isJson ? new SilentProgress() : ProgressDisplay.ForThisConsole();
        IReadOnlyList<TrialResult> results = [];
        display.Show([], run.Length, () => results = run.Run(display, interrupt.Token));
        if (results.Count < run.Trials.Count)
        {
            Console.Error.WriteLine($"Interrupted: {results.Count} of {run.Trials.Count} parts are done and kept in {folder}. To go on, "
                + "repeat the command.");
            return interrupt.ExitCode;
        }

        var typed = file.Typed(arguments, fullOption, seedsOption, stepsOption, dataOption);
        var text = TableText.Markdown(table, scale, results, typed, ProcessorName.Here);
        var place = file.Write(arguments, output, text);
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize([.. results], TrialResultJson.Indented.TrialResultArray));
            return ExitCode.Success;
        }
        Console.WriteLine();
        Console.Write(text);
        Console.WriteLine();
        Console.WriteLine(place);
        return ExitCode.Success;
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using Zoo.Samples.Tables;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>What codes of adversarial auto-encoders are worth on held-out garments, as a table.</summary>
internal sealed class ReproduceRegularisationCommand
{
    const int Epochs = 40, FullEpochs = 100;

    readonly Option<int?> epochsOption = new Option<int?>("--epochs")
    {
        Description = $"Epochs of every adversarial auto-encoder. Without it: {Epochs}.", HelpName = "N",
    }.Within(1, 100_000);
    readonly Option<bool> fullOption = new("--full") { Description = $"{FullEpochs} epochs." };
    readonly TableFile file = new("regularisation");
    readonly Option<ulong> seedOption = CommonOptions.Seed("Seed of first weights, noise and batches.");
    readonly Option<string?> dataOption = CommonOptions.TrainingData();
    readonly Option<string> outOption = new("--out")
    {
        Description = "Folder for results and table. What it has already is not done again.", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "regularisation"),
    };
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();

    public ReproduceRegularisationCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command => new Command(
        "regularisation", "Whether codes of adversarial auto-encoders follow their prior and their label, and what 100 labels are worth.")
        .With([epochsOption, fullOption, seedOption, dataOption, deviceOption, threadsOption, outOption, file.Option]).Does(Run);

    int Run(ParseResult arguments)
    {
        var data = DataSource.Open(arguments.GetValue(dataOption), skipUnreadable: false);
        data.RequireFor(100);
        data.RequireLabels(RegularisationExperiment.Classes);
        var folder = arguments.GetRequiredValue(outOption);
        var output = OutputFolder.Open(folder);
        file.RequirePlace(arguments);
        using var chosen = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        var seed = arguments.GetValue(seedOption);
        var epochs = arguments.GetValue(epochsOption) ?? (arguments.GetValue(fullOption) ? FullEpochs : Epochs);
        var experiment = new RegularisationExperiment(data, epochs, seed, folder, chosen.Device);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{experiment.DataName}. Epochs: {epochs}, seed: {seed}."));
        var watch = Stopwatch.StartNew();
        using var interrupt = new Interrupt();
        IReadOnlyList<CodeFigure> figures = [];
        var display = ProgressDisplay.ForThisConsole();
        display.Show([], experiment.Length, () => figures = experiment.Run(display, interrupt.Token));
        if (figures.Count < RegularisationExperiment.Figures)
        {
            Console.Error.WriteLine($"Interrupted: {figures.Count} of {RegularisationExperiment.Figures} figures are measured and kept in "
                + $"{folder}. To go on, repeat the command.");
            return interrupt.ExitCode;
        }
        var table = "| held-out garments | measured | beside |\n|---|---|---|\n"
            + string.Concat(figures.Select(f => $"| {f.What} | {f.Value} | {f.Beside} |\n"));
        var protocol = string.Create(CultureInfo.InvariantCulture, $"{experiment.DataName}; {epochs} epochs, with 100 labels at most ten, ")
            + "rates falling in a straight line to 0; with ten Gaussians and the roll one training image in "
            + $"{RegularisationExperiment.LabelsOneIn} is told its class. "
            + "A discrepancy is the maximum mean discrepancy of 2,000 codes, widths 0.1, 0.3, 1 and 3.";
        table += "\n" + TableText.Footer(
            protocol, file.Typed(arguments, fullOption, epochsOption, seedOption, dataOption), [seed], [TableFile.Today],
            experiment.Seconds, ProcessorName.Here);
        var place = file.Write(arguments, output, table);
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:N0} s on the clock, {Environment.CpuUsage.TotalTime.TotalSeconds:N0} s of processor time. ")
            + place);
        return ExitCode.Success;
    }
}

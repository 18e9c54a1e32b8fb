using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>What codes of adversarial auto-encoders are worth on held-out garments, as a table.</summary>
internal sealed class ReproduceRegularisationCommand
{
    readonly Option<int> epochsOption = new Option<int>("--epochs")
    {
        Description = "Epochs of every adversarial auto-encoder.", HelpName = "N", DefaultValueFactory = _ => 50,
    }.Within(1, 100_000);
    readonly Option<ulong> seedOption = CommonOptions.Seed("Seed of first weights, noise and batches.");
    readonly Option<string?> dataOption = CommonOptions.TrainingData();
    readonly Option<string> outOption = new("--out")
    {
        Description = "Folder for the table.", HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(OutputFolder.Default, "regularisation"),
    };
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();

    public ReproduceRegularisationCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command => new Command(
        "regularisation", "Whether codes of adversarial auto-encoders follow their prior and their label, and what 100 labels are worth.")
        .With([epochsOption, seedOption, dataOption, deviceOption, threadsOption, outOption]).Does(Run);

    int Run(ParseResult arguments)
    {
        var data = DataSource.Open(arguments.GetValue(dataOption), skipUnreadable: false);
        data.RequireFor(100);
        data.RequireLabels(RegularisationExperiment.Classes);
        var output = OutputFolder.Open(arguments.GetRequiredValue(outOption));
        using var chosen = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        var (epochs, seed) = (arguments.GetValue(epochsOption), arguments.GetValue(seedOption));
        var experiment = new RegularisationExperiment(data, epochs, seed, chosen.Device);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{data.Name}: {data.Training.Count:N0} training images, {data.Test.Count:N0} test images; {epochs} epochs, seed {seed}."));
        using var interrupt = new Interrupt();
        IReadOnlyList<CodeFigure> figures = [];
        var display = ProgressDisplay.ForThisConsole();
        display.Show([], experiment.Length, () => figures = experiment.Run(display, interrupt.Token));
        if (figures.Count == 0)
        {
            Console.Error.WriteLine("Interrupted: nothing is kept of this experiment.");
            return interrupt.ExitCode;
        }
        var table = "| held-out garments | measured | beside |\n|---|---|---|\n"
            + string.Concat(figures.Select(f => $"| {f.What} | {f.Value} | {f.Beside} |\n"));
        var path = output.PathOf("table.md");
        File.WriteAllText(path, table);
        Console.WriteLine();
        Console.Write(table);
        Console.WriteLine($"The table is in {path}.");
        return ExitCode.Success;
    }
}

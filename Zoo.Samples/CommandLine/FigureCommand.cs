using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Zoo.Samples.Figures;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>Draws a picture of the lecture from models that it trains for it.</summary>
internal sealed class FigureCommand
{
    readonly Argument<string?> nameArgument = new("NAME")
    {
        Description = $"Which figure: {FigureBook.Names}. Without it: what each of them shows.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<bool> fullOption = new("--full")
    {
        Description = "As long as the recipes take. Without it: a few minutes on two cores.",
    };
    readonly Option<int?> epochsOption = new Option<int?>("--epochs")
    {
        Description = "Epochs of every model of images, in place of the figure's own.", HelpName = "N",
    }.Within(1, 1_000_000);
    readonly Option<long?> stepsOption = new Option<long?>("--steps")
    {
        Description = "Steps of every model of points, in place of the figure's own.", HelpName = "N",
    }.Within(1, 1_000_000_000);
    readonly Option<string?> dataOption = CommonOptions.Data();
    readonly Option<ulong> seedOption = CommonOptions.Seed("Decides first weights, noise and the order of images or the points.");
    readonly Option<string?> outOption = new("--out")
    {
        Description = $"Folder for checkpoints and pictures. Without it: a folder of the figure's name in '{OutputFolder.Default}'.",
        HelpName = "DIR",
    };
    readonly Option<int?> threadsOption;
    readonly Option<string> deviceOption = CommonOptions.Device();

    public FigureCommand() => threadsOption = CommonOptions.Threads(deviceOption);

    public Command Command
    {
        get
        {
            var command = new Command("figure", "Draw a picture of the lecture from data.") { nameArgument };
            return command.With(
                [fullOption, epochsOption, stepsOption, dataOption, seedOption, deviceOption, threadsOption, outOption]).Does(Run);
        }
    }

    int Run(ParseResult arguments)
    {
        if (arguments.GetValue(nameArgument) is not { } name)
        {
            foreach (var each in FigureBook.All) Console.WriteLine($"{each.Name}  ({each.Slide})\n    {each.Shows}");
            return ExitCode.Success;
        }
        var figure = FigureBook.All.FirstOrDefault(each => each.Name == name)
            ?? throw new CommandException($"NAME: expected a figure, one of {FigureBook.Names}, got '{name}'.");
        var folder = arguments.GetValue(outOption) ?? Path.Combine(OutputFolder.Default, "figures", name);
        using var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption));
        using var interrupt = new Interrupt();
        using var studio = new FigureStudio(
            arguments.GetValue(dataOption),
            new(arguments.GetValue(fullOption), arguments.GetValue(epochsOption), arguments.GetValue(stepsOption)), folder,
            arguments.GetValue(seedOption), device.Device, interrupt.Token);
        var watch = Stopwatch.StartNew();
        try
        {
            figure.Draw(studio);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Interrupted: what was trained is kept in {folder}. To go on, repeat the command.");
            return interrupt.ExitCode;
        }
        Console.WriteLine($"{figure.Slide}. {figure.Shows}");
        Console.WriteLine();
        var width = studio.Files.Max(file => file.Path.Length);
        foreach (var (path, what) in studio.Files) Console.WriteLine($"  {path.PadRight(width)}  {what}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:N0} s."));
        return ExitCode.Success;
    }
}

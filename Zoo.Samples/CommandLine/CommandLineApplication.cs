using System.CommandLine;

namespace Zoo.Samples.CommandLine;

/// <summary>The commands, and where expected errors end: as one line, not as a stack trace.</summary>
internal static class CommandLineApplication
{
    public static int Run(string[] args)
    {
        var train = new TrainCommand();
        // Without a sub-command the application trains, so the root takes the same options.
        var root = new RootCommand(
            "Trains generative models, and draws what they learned. Without a command: a variational auto-encoder on images of garments. "
                + $"Exit codes: {ExitCode.InWords}.")
        {
            new ListCommand().Command,
            new CardCommand().Command,
            train.Command,
            new SampleCommand().Command,
            new EncodeCommand().Command,
            new ReconstructCommand().Command,
            new EvaluateCommand().Command,
            new FigureCommand().Command,
            new ReproduceCommand().Command,
        };
        root.With(train.Options).Does(train.RunDefault);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine($"error: {error.Message}");
            Console.Error.WriteLine("Use --help to see what is possible.");
            return ExitCode.Usage;
        }
        try
        {
            // Signals are the training loop's business: it has a step to finish and a checkpoint to write.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CommandException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return error.ExitCode;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return ExitCode.Usage;
        }
    }
}

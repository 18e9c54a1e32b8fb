using Spectre.Console;

namespace Zoo.Samples.Progress;

/// <summary>Chooses the display.</summary>
internal static class ProgressDisplay
{
    /// <summary>A bar where somebody can watch it; plain lines for files, pipes and build logs.</summary>
    public static IProgressDisplay ForThisConsole() =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi || !AnsiConsole.Profile.Capabilities.Interactive
            ? new PlainProgress()
            : new TerminalProgress();
}

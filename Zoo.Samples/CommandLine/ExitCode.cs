using System.Globalization;

namespace Zoo.Samples.CommandLine;

/// <summary>What the process returns. 128 + the number of the signal is what shells report for one.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The work itself went wrong: training diverged.</summary>
    public const int Failure = 1;

    /// <summary>Arguments, files or folders that cannot be used.</summary>
    public const int Usage = 2;

    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>For help.</summary>
    public static string InWords { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Success} done; {Failure} the work went wrong, such as a training that diverged; {Usage} arguments, files or folders that cannot "
            + $"be used; {Interrupted} stopped by Ctrl-C, and {Terminated} by a request to terminate");
}

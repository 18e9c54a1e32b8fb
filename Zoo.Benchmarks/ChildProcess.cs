using System.Diagnostics;

namespace Zoo.Benchmarks;

/// <summary>This program once more, in a process of its own: for what a figure must not share with anything else.</summary>
static class ChildProcess
{
    /// <summary>
    /// For counts of allocated bytes: the JIT compiles every method once and for all. With tiers it recompiles in the background, whenever
    /// a busy machine lets it, and what it allocates to publish the code falls into the count or does not.
    /// </summary>
    public static readonly (string Name, string Value) NoTiers = ("DOTNET_TieredCompilation", "0");

    /// <summary>
    /// For times of the generator: the collector as the compiler server of `dotnet build` has it. Otherwise the growth of the figures is
    /// that of the collector's work on a heap which only a measurement in a row of models has.
    /// </summary>
    public static readonly (string Name, string Value) CompilerServer = ("DOTNET_gcServer", "1");

    /// <summary>Starts it, waits for its end, and gives what it printed.</summary>
    /// <param name="arguments">Its command and what that takes.</param>
    /// <param name="environment">Variables it has beside ours.</param>
    /// <exception cref="InvalidOperationException">It did not start, or failed.</exception>
    public static string Run(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = Start(arguments, environment);
        start.RedirectStandardOutput = true;
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? answer
            : throw new InvalidOperationException($"The child process for `{string.Join(' ', arguments)}` ended with {child.ExitCode}.");
    }

    /// <summary>Starts it, lets it print where we print, and gives its exit code.</summary>
    /// <param name="arguments">Its command and what that takes.</param>
    /// <param name="environment">Variables it has beside ours.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static int RunVisibly(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = Start(arguments, environment);
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        child.WaitForExit();
        return child.ExitCode;
    }

    static ProcessStartInfo Start(IEnumerable<string> arguments, ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        // Started as `dotnet Zoo.Benchmarks.dll` the process is dotnet itself; as an app host it is the benchmark.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }
}

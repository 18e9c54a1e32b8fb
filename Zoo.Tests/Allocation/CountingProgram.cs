using System.Diagnostics;
using System.Globalization;

namespace Zoo.Tests.Allocation;

/// <summary>The program beside the tests that counts in a process of its own.</summary>
static class CountingProgram
{
    /// <summary>Runs it and reads its lines of a name and a number.</summary>
    /// <param name="environment">Variables it has beside ours.</param>
    /// <param name="arguments">What to count.</param>
    /// <param name="launcher">A program that starts it, with its arguments; empty for none.</param>
    public static List<(string Name, long Value)> Run(
        (string Name, string Value)[] environment, string[] arguments, params string[] launcher)
    {
        using var child = Start(environment, arguments, launcher);
        var errors = child.StandardError.ReadToEndAsync();
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, errors.Result);
        return [.. lines.Select(line => line.Split(' ')).Select(words => (words[0], long.Parse(words[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>Has it save a model of a variant to one path, and kills it when something is seen, or after a minute.</summary>
    public static void KillWhileSaving(string variant, string path, Func<bool> seen)
    {
        using var child = Start([], ["save", variant, path], []);
        var clock = Stopwatch.StartNew();
        while (!child.HasExited && !seen() && clock.Elapsed.TotalMinutes < 1) Thread.Yield();
        child.Kill();
        child.WaitForExit();
    }

    static Process Start((string Name, string Value)[] environment, string[] arguments, string[] launcher)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "allocation", "Zoo.Tests.Allocation.dll");
        string[] command = [.. launcher, "dotnet", "exec", program, .. arguments];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

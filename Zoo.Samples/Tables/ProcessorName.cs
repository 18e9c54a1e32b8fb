using System.Runtime.InteropServices;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>What this machine computes with, as a table says it.</summary>
internal static class ProcessorName
{
    public static string Here { get; } = Invariant(
        $"{Model() ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} logical processors");

    static string? Model()
    {
        if (Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") is { Length: > 0 } windows) return windows;
        const string path = "/proc/cpuinfo";
        if (!File.Exists(path)) return null;
        var fields = File.ReadLines(path).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2).GroupBy(parts => parts[0].Trim()).ToDictionary(group => group.Key, group =>
                group.First()[1].Trim());
        if (!fields.TryGetValue("model name", out var name)) return null;
        return fields.TryGetValue("cpu family", out var family) && fields.TryGetValue("model", out var model)
            ? $"{name} (family {family}, model {model})" : name;
    }
}

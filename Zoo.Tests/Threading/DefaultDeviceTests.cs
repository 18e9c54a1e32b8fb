using Zoo.Runtime;
using Zoo.Tests.Allocation;

namespace Zoo.Tests.Threading;

/// <summary>
/// The default device in a process of its own, as the runtime's settings and the system's limits make it: its threads, and how often they
/// wake up.
/// </summary>
public sealed class DefaultDeviceTests
{
    [LinuxFact]
    public void AProcessorCountThatIsNotThereMakesNoThreads() =>
        Assert.Equal([("Threads", Processors.Count - 1), ("Wakes", 0L)], Count("32"));

    [LinuxFact]
    public void ASmallerProcessorCountIsTaken() => Assert.Equal([("Threads", 0L), ("Wakes", 0L)], Count("1"));

    [LinuxFact]
    public void AffinityLimitsWhateverTheProcessorCount() =>
        Assert.Equal([("Threads", 0L), ("Wakes", 0L)], Count("8", "taskset", "--cpu-list", First));

    [LinuxFact]
    public void StepsTooSmallToShareWakeNobody() => Assert.Equal([("Threads", Processors.Count - 1), ("Wakes", 0L)], Count(null));

    /// <summary>The first processor that this process may use.</summary>
    static string First =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
            .Split(':', ',', '-')[1].Trim();

    static List<(string Name, long Value)> Count(string? processors, params string[] launcher) =>
        CountingProgram.Run(processors is null ? [] : [("DOTNET_PROCESSOR_COUNT", processors)], ["workers"], launcher);
}

/// <summary>A fact that reads /proc.</summary>
sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Linux only: it reads /proc.";
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace Zoo.Runtime;

/// <summary>
/// How many processors this process may keep busy. The runtime's own count is taken for that, but for two things:
/// <c>DOTNET_PROCESSOR_COUNT</c> may say more than there are, and a container's share of time is rounded up there. Threads that wait for
/// each other by spinning need a processor each.
/// </summary>
static class Processors
{
    /// <summary>At least 1; looked up once.</summary>
    public static int Count { get; } = Math.Max(1, Math.Min(Environment.ProcessorCount, Math.Min(Affinity(), Quota())));

    static int Affinity()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                const string key = "Cpus_allowed_list:";
                foreach (var line in File.ReadLines("/proc/self/status"))
                {
                    if (line.StartsWith(key, StringComparison.Ordinal)) return InList(line.AsSpan(key.Length));
                }
            }
            else if (OperatingSystem.IsWindows())
            {
                using var process = Process.GetCurrentProcess();
                // The mask is of one group of 64; a process over several has none, which reads as 0.
                var set = BitOperations.PopCount((ulong)process.ProcessorAffinity);
                if (set > 0 && Environment.ProcessorCount <= 64) return set;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or Win32Exception)
        {
            // Where the system does not say, the runtime's count has to do.
        }
        return int.MaxValue;
    }

    /// <summary>Processors in a list as Linux prints it: <c>0-3,8</c>; what cannot be read limits nothing.</summary>
    public static int InList(ReadOnlySpan<char> list)
    {
        var count = 0;
        list = list.Trim();
        foreach (var range in list.Split(','))
        {
            var ends = list[range];
            var dash = ends.IndexOf('-');
            if (!Parse(dash < 0 ? ends : ends[..dash], out var first)) return int.MaxValue;
            if (!Parse(dash < 0 ? ends : ends[(dash + 1)..], out var last) || last < first) return int.MaxValue;
            count += (int)Math.Min(last - first + 1, 1 << 20);
        }
        return count;
    }

    static int Quota()
    {
        if (!OperatingSystem.IsLinux()) return int.MaxValue;
        try
        {
            return Quota(File.ReadAllLines("/proc/self/cgroup"), path => File.Exists(path) ? File.ReadAllText(path) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }

    /// <summary>
    /// Whole processors in the time that control groups leave, the tightest group from the process's own up to the root deciding. Rounded
    /// down: a team that is one larger uses its share up by waiting, and then stands still for the rest of the period.
    /// </summary>
    /// <param name="groups">The lines of <c>/proc/self/cgroup</c>.</param>
    /// <param name="read">The text of a file, or null where there is none.</param>
    public static int Quota(IEnumerable<string> groups, Func<string, string?> read)
    {
        var least = int.MaxValue;
        foreach (var line in groups)
        {
            var parts = line.Split(':', 3);
            if (parts.Length < 3) continue;
            var isUnified = parts[1].Length == 0;
            if (!isUnified && !parts[1].Split(',').Contains("cpu")) continue;
            for (var group = parts[2].TrimEnd('/'); ; group = group[..group.LastIndexOf('/')])
            {
                var text = isUnified
                    ? read($"/sys/fs/cgroup{group}/cpu.max")
                    : $"{read($"/sys/fs/cgroup/cpu{group}/cpu.cfs_quota_us")} {read($"/sys/fs/cgroup/cpu{group}/cpu.cfs_period_us")}";
                least = Math.Min(least, Whole(text));
                if (group.Length == 0) break;
            }
        }
        return least;
    }

    /// <summary>Whole processors in <c>quota period</c>, both microseconds; <c>max</c> or −1 is no limit.</summary>
    static int Whole(string? text)
    {
        if (text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var quota, var period]) return int.MaxValue;
        if (!Parse(quota, out var part) || !Parse(period, out var whole) || part == 0 || whole == 0) return int.MaxValue;
        return (int)Math.Clamp(part / whole, 1, int.MaxValue);
    }

    static bool Parse(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

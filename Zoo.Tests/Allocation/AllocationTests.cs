using System.Diagnostics;
using System.Globalization;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Allocation;

/// <summary>Steps and inference allocate nothing: counted over 1,000 calls, process-wide, in a process without a test host.</summary>
[Trait("Speed", "Slow")]
public class AllocationTests
{
    [Fact]
    public void ThousandCallsAllocateNothing()
    {
        var counted = Run();
        Assert.Equal(10, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [PoclFact]
    public void ThousandCallsOnPoclAllocateNothing()
    {
        var counted = Run("pocl");
        Assert.Equal(9, counted.Count);
        Assert.All(counted, c => Assert.True(c.Bytes == 0, $"{c.Name} allocated {c.Bytes} bytes in 1,000 calls"));
    }

    [Fact]
    public void AnAllocationIsSeen() => Assert.InRange(Run("plant").Single(c => c.Name == "Planted").Bytes, 24_000, 100_000);

    static List<(string Name, long Bytes)> Run(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "allocation", "Zoo.Tests.Allocation.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", program, .. arguments]) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, errors.Result);
        return [.. lines.Select(line => line.Split(' ')).Select(words => (words[0], long.Parse(words[1], CultureInfo.InvariantCulture)))];
    }
}

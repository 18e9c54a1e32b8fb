using Zoo.Runtime;

namespace Zoo.Tests.Threading;

/// <summary>How many processors there are for this process, whatever the runtime was told.</summary>
public sealed class ProcessorTests
{
    [Fact]
    public void ThereIsOneAtLeastAndNoMoreThanTheRuntimeCounts() => Assert.InRange(Processors.Count, 1, Environment.ProcessorCount);

    [Theory]
    [InlineData("\t0", 1)]
    [InlineData("0-1\n", 2)]
    [InlineData("0-3,8", 5)]
    [InlineData("1,3,5-7", 5)]
    [InlineData("64-127", 64)]
    [InlineData("", int.MaxValue)]
    [InlineData("ff", int.MaxValue)]
    [InlineData("3-1", int.MaxValue)]
    public void AListOfProcessorsIsCounted(string list, int count) => Assert.Equal(count, Processors.InList(list));

    [Theory]
    [InlineData("max 100000", int.MaxValue)]
    [InlineData("200000 100000", 2)]
    [InlineData("250000 100000", 2)]
    [InlineData("50000 100000", 1)]
    [InlineData("1600000 100000\n", 16)]
    [InlineData("", int.MaxValue)]
    [InlineData("100000 0", int.MaxValue)]
    public void AContainersShareIsWholeProcessors(string max, int count) =>
        Assert.Equal(count, Processors.Quota(["0::/"], path => path == "/sys/fs/cgroup/cpu.max" ? max : null));

    [Fact]
    public void TheTightestGroupOnTheWayToTheRootDecides()
    {
        var files = new Dictionary<string, string> { ["/sys/fs/cgroup/a/cpu.max"] = "300000 100000",
            ["/sys/fs/cgroup/a/b/cpu.max"] = "max 100000" };
        Assert.Equal(3, Processors.Quota(["0::/a/b"], files.GetValueOrDefault));
    }

    [Fact]
    public void TheFirstVersionOfControlGroupsIsReadToo()
    {
        var files = new Dictionary<string, string>
        {
            ["/sys/fs/cgroup/cpu/docker/1f/cpu.cfs_quota_us"] = "400000\n", ["/sys/fs/cgroup/cpu/docker/1f/cpu.cfs_period_us"] = "100000\n",
            ["/sys/fs/cgroup/cpu/cpu.cfs_quota_us"] = "-1\n", ["/sys/fs/cgroup/cpu/cpu.cfs_period_us"] = "100000\n",
        };
        Assert.Equal(4, Processors.Quota(["3:cpu,cpuacct:/docker/1f", "2:cpuset:/", "1:memory:/"], files.GetValueOrDefault));
        Assert.Equal(int.MaxValue, Processors.Quota(["2:cpuacct:/docker/1f", "nonsense"], files.GetValueOrDefault));
    }
}

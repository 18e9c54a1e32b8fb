using Xunit;

namespace Zoo.Tests.Samples;

/// <summary>A fact that needs signals: skipped, and seen to be, on Windows.</summary>
internal sealed class PosixFactAttribute : FactAttribute
{
    public PosixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has no SIGINT to send to one process.";
    }
}

using Zoo.Runtime;

namespace Zoo.Tests.Samples;

/// <summary>What <c>--device gpu</c> would take here.</summary>
internal static class GpuOfThisMachine
{
    static readonly Lazy<(string? Name, IReadOnlyList<string> Refusals)> Found = new(() =>
    {
        var search = new GpuSearch();
        using var gpu = search.Open();
        var name = gpu?.Name;
        gpu?.Context.Dispose();
        return (name, search.Refusals);
    });

    public static string? Name => Found.Value.Name;

    /// <summary>The devices that are none, with why.</summary>
    public static IReadOnlyList<string> Refusals => Found.Value.Refusals;
}

namespace Zoo.Tests;

/// <summary>
/// What takes minutes and finds what nothing else does seldom: with ZOO_REHEARSAL=1 in the environment all of it is run, without it a part
/// of each kind, so that a whole run stays under twelve minutes on two cores.
/// </summary>
internal static class Rehearsal
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("ZOO_REHEARSAL") == "1";

    /// <summary>All of them in a rehearsal, else the first so many.</summary>
    public static IEnumerable<T> Part<T>(IEnumerable<T> all, int otherwise) => IsOn ? all : all.Take(otherwise);
}

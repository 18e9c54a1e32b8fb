using System;

namespace Zoo.Generators.Infrastructure;

/// <summary>An exception out of a stage: a mistake of ours, kept as data until the diagnostics output reports it.</summary>
/// <param name="Stage">The stage's tracking name.</param>
/// <param name="Exception">Type and message.</param>
public sealed record Fault(string Stage, string Exception)
{
    /// <summary>
    /// Whether the model is what is too large: places are counted in floats, with checked arithmetic, where memory is laid out and printed.
    /// </summary>
    public bool IsTooLarge =>
        Exception.StartsWith(nameof(OverflowException), StringComparison.Ordinal)
        && Stage is TrackingNames.Memory or TrackingNames.MemoryGpu or TrackingNames.Emit or TrackingNames.EmitGpu;

    public static string Describe(Exception exception) =>
        $"{exception.GetType().Name}: {exception.Message.Replace("\r", "").Replace('\n', ' ')}";
}

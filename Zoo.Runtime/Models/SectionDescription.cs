namespace Zoo.Runtime;

/// <summary>
/// A moment of an optimiser, or the averages of all that is trained: a stretch of the state arena laid out as a stretch of the parameters
/// is.
/// </summary>
/// <param name="Phase">
/// Name of the phase whose optimiser keeps it: one of <see cref="ModelDescription.Phases"/>; empty for averages.
/// </param>
/// <param name="Name">PyTorch's: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>momentum_buffer</c>, <c>square_avg</c>.</param>
/// <param name="Offset">Float offset in the state arena.</param>
/// <param name="Start">First float of the parameters that it belongs to.</param>
/// <param name="Length">Floats.</param>
public sealed record SectionDescription(string Phase, string Name, int Offset, int Start, int Length)
{
    /// <summary>Whether these are averages of the parameters themselves, which begin as they do.</summary>
    internal bool IsAverage => Phase.Length == 0;

    /// <summary>Its name in files: with the phase in front where it is one of several.</summary>
    internal string Key(ModelDescription model) => IsAverage || model.Phases.Length == 1 ? Name : $"{Phase}.{Name}";

    /// <summary>Whether the moment is one of this parameter's.</summary>
    internal bool Covers(StridedLayout layout) => layout.First >= Start && layout.Last < Start + Length;
}

namespace Zoo.Runtime;

/// <summary>A moment of an optimiser: a section of the state arena laid out as the parameters are.</summary>
/// <param name="Phase">The phase whose optimiser keeps it: one of <see cref="ModelDescription.Phases"/>.</param>
/// <param name="Name">PyTorch's: <c>exp_avg</c>, <c>exp_avg_sq</c>, <c>momentum_buffer</c>, <c>square_avg</c>.</param>
/// <param name="Offset">Float offset of the section in the state arena.</param>
public sealed record SectionDescription(string Phase, string Name, int Offset);

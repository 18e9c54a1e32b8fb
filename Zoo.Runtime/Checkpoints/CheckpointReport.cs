namespace Zoo;

/// <summary>What a load made of a file.</summary>
/// <param name="IsComplete">
/// Whether moments, counters and hyperparameters came with the parameters, so that training goes on to the bit.
/// </param>
/// <param name="Taken">Parameters that were loaded, by their names in the model.</param>
/// <param name="Missing">Parameters that the file did not have.</param>
/// <param name="Ignored">Tensors of the file that were not read, by their names there.</param>
public sealed record CheckpointReport(
    bool IsComplete, IReadOnlyList<string> Taken, IReadOnlyList<string> Missing, IReadOnlyList<string> Ignored);

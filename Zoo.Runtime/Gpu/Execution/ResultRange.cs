namespace Zoo.Runtime;

/// <summary>Where a program's results lie in the activation arena; of length 0 where it has none.</summary>
/// <param name="Start">First float.</param>
/// <param name="Length">Floats.</param>
public readonly record struct ResultRange(int Start, int Length);

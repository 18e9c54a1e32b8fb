namespace Zoo.Samples.Evaluation;

/// <summary>Something measured of a model.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Key">For a program, in snake case.</param>
/// <param name="Value">The number.</param>
/// <param name="Of">What it is a part of, where it is a count.</param>
/// <param name="Note">How it came about, or null.</param>
internal sealed record Measure(string Name, string Key, double Value, int? Of = null, string? Note = null);

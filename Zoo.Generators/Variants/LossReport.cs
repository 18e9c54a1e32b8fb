namespace Zoo.Generators.Variants;

/// <summary>What is said of a loss that a phase reports.</summary>
/// <param name="Name">Property of the record of losses.</param>
/// <param name="Documentation">What it is, with its sign.</param>
/// <param name="Formula">Its formula for the model's structure; where it is empty, one that is short enough is read off the graph.</param>
public sealed record LossReport(string Name, string Documentation, string Formula = "");

namespace Zoo.Runtime;

/// <summary>An option of a model's attribute that a checkpoint tells, because nothing else in it does.</summary>
/// <param name="Name">As the attribute spells it.</param>
/// <param name="Value">In invariant culture.</param>
public sealed record ModelOption(string Name, string Value);

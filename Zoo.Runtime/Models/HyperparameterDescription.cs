namespace Zoo.Runtime;

/// <summary>A scalar that a step reads from memory, so that it can change while training.</summary>
/// <param name="Name"><c>learning_rate</c>, <c>beta</c>, …, with <c>phase:</c> before it where there are several phases.</param>
/// <param name="Initial">First value, from the attributes.</param>
/// <param name="Offset">Float offset in the state arena.</param>
public sealed record HyperparameterDescription(string Name, float Initial, int Offset);

namespace Zoo.Runtime;

/// <summary>A program that runs several times in a row; what one run leaves for the next lies in the model's memory.</summary>
/// <param name="Program">Ordinal of the program.</param>
/// <param name="Times">How many times.</param>
public readonly record struct LoopDescription(int Program, int Times);

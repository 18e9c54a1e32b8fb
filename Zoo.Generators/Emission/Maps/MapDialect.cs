using Zoo.Generators.Plans;

namespace Zoo.Generators.Emission;

/// <summary>What differs between targets in the straight-line code of a map.</summary>
/// <param name="Vector">The type of a value.</param>
/// <param name="Load">An expression for what a load instruction reads.</param>
/// <param name="LoadRow">An expression for what an instruction reads of the row that a label names.</param>
/// <param name="Store">A statement that writes a value.</param>
sealed record MapDialect(
    string Vector, System.Func<MapInstruction, string> Load, System.Func<MapInstruction, string> LoadRow,
    System.Func<string, Operand, string> Store);

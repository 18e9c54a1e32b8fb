namespace Zoo.Runtime;

/// <summary>The space of a map without sums.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
readonly record struct FlatArguments(int Rows, int Columns);

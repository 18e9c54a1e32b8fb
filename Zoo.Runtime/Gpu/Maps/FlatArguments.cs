namespace Zoo.Runtime;

/// <summary>The space of a map without sums.</summary>
/// <param name="rows">Rows.</param>
/// <param name="columns">Columns.</param>
readonly struct FlatArguments(int rows, int columns)
{
    public readonly int Rows = rows, Columns = columns;
}

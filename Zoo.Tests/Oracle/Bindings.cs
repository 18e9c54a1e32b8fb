namespace Zoo.Tests.Oracle;

/// <summary>Values of a graph's sources by name: row-major, rows first; a shared value has one row.</summary>
sealed class Bindings
{
    public Dictionary<string, double[]> Inputs { get; init; } = [];

    public Dictionary<string, double[]> Parameters { get; init; } = [];

    public Dictionary<string, double> Hyperparameters { get; init; } = [];

    public Dictionary<string, double[]> Draws { get; init; } = [];

    /// <summary>What earlier programs have handed on.</summary>
    public Dictionary<string, double[]> Carried { get; init; } = [];

    /// <summary>Steps completed so far.</summary>
    public double StepCount { get; set; }

    /// <summary>What a mean over the batch divides by; the rows evaluated where it is null.</summary>
    public double? RowCount { get; set; }
}

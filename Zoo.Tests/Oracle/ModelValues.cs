using Zoo.Generators.Tracing;

namespace Zoo.Tests.Oracle;

/// <summary>Weights, a batch and draws for a random model, by a seed.</summary>
sealed class ModelValues
{
    readonly Random random;

    public ModelValues(RandomModel model, ModelTrace trace, int seed)
    {
        random = new(seed);
        Parameters = trace.Parameters.ToDictionary(p => p.Name,
            p => Values(p.Shape.Count,
                () => (2 * random.NextDouble() - 1)
                    * (p.Name.EndsWith("weight", StringComparison.Ordinal) ? 1 / Math.Sqrt(p.FanIn) : 0.5)));
        X = Rows(model.Batch, model.Input.Aggregate(1, (a, b) => a * b), random.NextDouble);
        // Running statistics, a variance among them.
        foreach (var state in trace.States) Parameters[state.Name] = Values(state.Shape.Count, () => 0.5 + random.NextDouble());
        Epsilon = Rows(model.Batch, model.Samples * model.Latent.Aggregate(1, (a, b) => a * b), Normal);
    }

    /// <summary>In the layout of the IR.</summary>
    public Dictionary<string, double[]> Parameters { get; }

    public double[][] X { get; }

    public double[][] Epsilon { get; }

    static double[] Values(int count, Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    static double[][] Rows(int rows, int columns, Func<double> next) => [.. Enumerable.Range(0, rows).Select(_ => Values(columns, next))];

    /// <summary>Box and Muller 1958.</summary>
    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

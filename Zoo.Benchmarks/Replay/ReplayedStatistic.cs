using System.Globalization;

namespace Zoo.Benchmarks.Replay;

/// <summary>
/// What TorchSharp has kept of the batches in one layer: a running mean, a running variance, or how many batches there were.
/// </summary>
/// <param name="Steps">After so many steps.</param>
/// <param name="Name">The parameter's, which no optimiser moves.</param>
/// <param name="Values">In PyTorch's order.</param>
sealed record ReplayedStatistic(int Steps, string Name, double[] Values)
{
    /// <summary>Steps after which statistics are compared.</summary>
    public static IReadOnlyList<int> Moments { get; } = [1, 10, 30, 100];

    /// <summary>The largest distance, relative to the largest value, since means cross 0.</summary>
    public double Deviation(ReadOnlySpan<float> actual) => LargestDeviation.Of(actual, Values);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<ReplayedStatistic> Read(TextReader reader)
    {
        var statistics = new List<ReplayedStatistic>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(',') is not [var steps, var name, .. var values]) continue;
            statistics.Add(new(
                int.Parse(steps, CultureInfo.InvariantCulture), name,
                [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))]));
        }
        return statistics;
    }

    public static void Write(string path, string model, IEnumerable<ReplayedStatistic> statistics)
    {
        List<string> lines =
        [
            $"# Running statistics of TorchSharp 0.107 (libtorch 2.10, CPU, double precision) in a replay of {model}:",
            "# after how many steps, of which parameter, values.",
            $"# Written by: dotnet run -c Release --project Zoo.Benchmarks -- replay {model} --write Zoo.Tests/Replay/Goldens",
            .. statistics.Select(s => FormattableString.Invariant($"{s.Steps},{s.Name},{string.Join(',', s.Values.Select(Text))}")),
        ];
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

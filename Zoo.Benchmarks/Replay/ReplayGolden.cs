using System.Globalization;

namespace Zoo.Benchmarks.Replay;

/// <summary>What TorchSharp has for a loss.</summary>
/// <param name="Value">The loss; NaN where its phase was not due.</param>
/// <param name="Size">
/// What a deviation is relative to: the size of the loss, or of the terms that it is the mean or the difference of where these cancel, as
/// a critic's values do. E C(x) − E C(G(z)) is often a thousandth of either.
/// </param>
readonly record struct ReplayedLoss(double Value, double Size)
{
    public ReplayedLoss(double value) : this(value, Math.Abs(value)) { }

    public static ReplayedLoss NotDue => new(double.NaN);

    /// <summary>How far a loss is from this one: 0 where neither phase was due, not a number where one of the two was.</summary>
    public double Deviation(double actual) =>
        double.IsNaN(Value) && double.IsNaN(actual) || Value == actual ? 0 : Math.Abs(actual - Value) / Size;

    /// <summary>The value, and behind a stroke the size where it is another.</summary>
    public override string ToString() => Size == Math.Abs(Value) || double.IsNaN(Value)
        ? FormattableString.Invariant($"{Value:R}")
        : FormattableString.Invariant($"{Value:R}/{Size:R}");

    public static ReplayedLoss Parse(string text)
    {
        double[] numbers = [.. text.Split('/').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return numbers is [var value, var size] ? new(value, size) : new(numbers[0]);
    }
}

/// <summary>TorchSharp's losses of a replay as a file: a row for each step, a column for each loss.</summary>
sealed record ReplayGolden(IReadOnlyList<string> LossNames, IReadOnlyList<ReplayedLoss[]> Losses)
{
    public static ReplayGolden Read(TextReader reader)
    {
        var (names, losses) = (Array.Empty<string>(), new List<ReplayedLoss[]>());
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var cells = line.Split(',')[1..];
            if (names.Length == 0) names = cells;
            else losses.Add([.. cells.Select(ReplayedLoss.Parse)]);
        }
        return new(names, losses);
    }

    public void Write(string path, string model)
    {
        List<string> lines =
        [
            $"# Losses of TorchSharp 0.107 (libtorch 2.10, CPU, double precision) at {Losses.Count} steps of {model},",
            "# from its weights, batches and draws.",
            "# a/b: a loss a, the mean or the difference of terms of the size b.",
            $"# Written by: dotnet run -c Release --project Zoo.Benchmarks -- replay {model} --write Zoo.Tests/Replay/Goldens",
            $"step,{string.Join(',', LossNames)}",
            .. Losses.Select((row, step) => $"{step},{string.Join(',', row)}"),
        ];
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Zoo.Samples.Experiments;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

public sealed partial class ReproduceCodesTests
{
    [Fact]
    public void Codes_prints_a_line_for_each_seed_and_a_table_and_does_nothing_twice()
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "codes");
        string[] command =
            ["reproduce", "codes", "--data", data.Path, "--seeds", "2", "--epochs", "2", "--threads", "2", "--out", output];
        var first = SampleProgram.Run(command);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith($"{data.Path}: 300 training images, 130 test images.\n", first.Output);
        Assert.Equal(7, TrialLine().Count(first.Output));
        Assert.Matches(@"(?m)^\| pixels \| 784 \| [\d.]+ \| [\d.]+ \| – \|$", first.Output);
        foreach (var (codes, epochs) in new[] { ("random projection", "–"), ("FashionBiGan, untrained", "–"), ("FashionBiGan", "2") })
            Assert.Matches($@"(?m)^\| {codes} \| 50 \| [\d.]+ [\d.]+ \| [\d.]+ \| {epochs} \|$", first.Output);
        var table = File.ReadAllText(Path.Combine(output, "table.md"));
        Assert.Contains(table, first.Output);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(output, "results.jsonl")).Length);
        Assert.Empty(Directory.GetFiles(output, "*.safetensors"));

        var again = SampleProgram.Run(command);
        Assert.Equal(7, Regex.Count(again.Output, @"(?m) \(known\)$"));
        Assert.Equal(table, File.ReadAllText(Path.Combine(output, "table.md")));

        // Another length is another training; what does not depend on it is known.
        var longer = SampleProgram.Run([
            "reproduce", "codes", "--data", data.Path, "--seeds", "1", "--epochs", "3", "--threads", "1", "--out", output, "--json"]);
        Assert.Equal((0, ""), (longer.ExitCode, longer.Error));
        var results = JsonDocument.Parse(longer.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(["pixels", "random projection", "FashionBiGan, untrained", "FashionBiGan"],
            results.Select(result => result.GetProperty("codes").GetString()));
        Assert.Equal([0, 0, 0, 3], results.Select(result => result.GetProperty("epochs").GetInt32()));
        Assert.All(results, result => Assert.InRange(result.GetProperty("accuracy").GetDouble(), 0, 1));
        Assert.Equal(8, File.ReadAllLines(Path.Combine(output, "results.jsonl")).Length);
    }

    /// <summary>The same weights for every row: the projection of a difference is the difference of the projections.</summary>
    [Fact]
    public void A_random_projection_is_linear_and_keeps_distances_roughly()
    {
        const int from = 300, to = 200;
        var random = new Random(4);
        float[] rows = [.. Enumerable.Range(0, 3 * from).Select(_ => random.NextSingle())];
        for (var i = 0; i < from; i++) rows[2 * from + i] = rows[i] - rows[from + i];
        var projected = RandomProjection.Of(rows, from, to, seed: 6);
        Assert.All(Enumerable.Range(0, to), j => Assert.Equal(projected[j] - projected[to + j], projected[2 * to + j], 1e-3f));
        double Square(float[] values, int start, int count) => values.Skip(start).Take(count).Sum(v => (double)v * v);
        Assert.InRange(Square(projected, 2 * to, to) / to / Square(rows, 2 * from, from), 0.7, 1.3);
        Assert.NotEqual(projected, RandomProjection.Of(rows, from, to, seed: 7));
    }

    [PosixFact, Trait("Speed", "Slow")]
    public void A_stopped_experiment_goes_on_within_a_training_and_ends_as_if_it_had_not_been_stopped()
    {
        using var data = TinyDataSet.Create();
        string[] Command(string name) =>
        [
            "reproduce", "codes", "--data", data.Path, "--seeds", "2", "--epochs", "40", "--threads", "1", "--out",
            Path.Combine(data.Path, name),
        ];
        SampleProgram.Result stopped;
        using (var program = SampleProgram.Start(Command("stopped")))
        {
            program.WaitFor(line => line.StartsWith("FashionBiGan  ", StringComparison.Ordinal));
            program.PressControlC();
            stopped = program.WaitForExit();
        }
        Assert.Equal(130, stopped.ExitCode);
        Assert.StartsWith("Interrupted: 6 of 7 lines are done and kept in", Assert.Single(stopped.ErrorLines));
        var resumed = SampleProgram.Run(Command("stopped"));
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(6, Regex.Count(resumed.Output, @"(?m) \(known\)$"));
        Assert.Single(Regex.Matches(resumed.Output, @"(?m) \(after a stop\)$"));
        Assert.Empty(Directory.GetFiles(Path.Combine(data.Path, "stopped"), "*.safetensors"));
        var straight = SampleProgram.Run(Command("straight"));
        Assert.Equal(Row(straight.Output), Row(resumed.Output));

        static string Row(string output) => Regex.Match(output, @"(?m)^\| FashionBiGan \|.*$").Value;
    }

    [GeneratedRegex(@"^(pixels|random projection|FashionBiGan(, untrained)?) +\d+ +\d +\d+ +\d+\.\d\d % +\d+\.\d$", RegexOptions.Multiline)]
    private static partial Regex TrialLine();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

public sealed partial class ReproduceCommandTests
{
    static readonly string[] Ring = ["reproduce", "modes", "--model", "RingGan", "--data", "ring"];

    [Fact]
    public void Modes_prints_a_line_for_each_training_and_a_table_for_each_mixture_and_does_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "modes");
        string[] command = ["reproduce", "modes", "--model", "RingGan", "--seeds", "2", "--steps", "30", "--threads", "2", "--out", output];
        var first = SampleProgram.Run(command);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.DoesNotContain('\u001b', first.Output);
        Assert.StartsWith("4 trainings, 120 steps; 2 at a time, each on one thread.\n", first.Output);
        Assert.Equal(4, TrialLine().Count(first.Output));
        Assert.Equal(2, Regex.Count(first.Output, @"(?m)^\| RingGan \| \d+ \d+ \| [\d.]+ \| [\d.]+ [\d.]+ \| "));
        Assert.Contains("| GAN (Lin et al. 2018) |  | 6.3 ± 0.5 |", first.Output);
        Assert.Contains("| GAN (Lin et al. 2018) |  | 17.3 ± 0.8 |", first.Output);
        var table = File.ReadAllText(Path.Combine(output, "table.md"));
        Assert.Contains(table, first.Output);
        Assert.Equal(4, File.ReadAllLines(Path.Combine(output, "results.jsonl")).Length);

        var again = SampleProgram.Run(command);
        Assert.Equal(4, Regex.Count(again.Output, @"(?m) \(known\)$"));
        Assert.Equal(table, File.ReadAllText(Path.Combine(output, "table.md")));
        Assert.Equal(4, File.ReadAllLines(Path.Combine(output, "results.jsonl")).Length);

        // Another length is another experiment.
        var longer = SampleProgram.Run([.. Ring, "--seeds", "1", "--steps", "31", "--json", "--out", output]);
        Assert.Equal((0, ""), (longer.ExitCode, longer.Error));
        var result = Assert.Single(JsonDocument.Parse(longer.Output).RootElement.EnumerateArray());
        Assert.Equal(("RingGan", "ring"), (result.GetProperty("model").GetString(), result.GetProperty("data").GetString()));
        Assert.Equal((1, 31, 8),
            (result.GetProperty("seed").GetInt32(), result.GetProperty("steps").GetInt32(), result.GetProperty("modes").GetInt32()));
        Assert.InRange(result.GetProperty("highQuality").GetDouble(), 0, 1);
    }

    [Fact]
    public void A_line_that_is_no_result_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("results.jsonl", "{}x\n{}x\n"u8.ToArray());
        var result = SampleProgram.Run([.. Ring, "--seeds", "1", "--steps", "1", "--out", folder.Path]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: {path}, line 1: expected the result of a run, got '{{}}x'.", Assert.Single(result.ErrorLines));
    }

    [PosixFact, Trait("Speed", "Slow")]
    public void A_stopped_experiment_goes_on_within_a_training_and_ends_as_if_it_had_not_been_stopped()
    {
        using var folder = new TemporaryFolder();
        string[] Command(string name, string seeds) =>
            [.. Ring, "--seeds", seeds, "--steps", "2500", "--threads", "1", "--out", Path.Combine(folder.Path, name)];
        SampleProgram.Result stopped;
        using (var program = SampleProgram.Start(Command("stopped", "2")))
        {
            program.WaitFor(line => TrialLine().IsMatch(line));
            program.PressControlC();
            stopped = program.WaitForExit();
        }
        Assert.Equal(130, stopped.ExitCode);
        Assert.StartsWith("Interrupted: 1 of 2 trainings are done and kept in", Assert.Single(stopped.ErrorLines));

        var resumed = SampleProgram.Run(Command("stopped", "2"));
        Assert.Equal(0, resumed.ExitCode);
        Assert.Single(Regex.Matches(resumed.Output, @"(?m) \(known\)$"));
        Assert.Single(Regex.Matches(resumed.Output, @"(?m) \(after a stop\)$"));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "stopped"), "*.safetensors"));
        var straight = SampleProgram.Run(Command("straight", "2"));
        Assert.Equal(Row(straight.Output), Row(resumed.Output));

        // All but the seconds.
        static string Row(string output) => Regex.Match(output, @"(?m)^\| RingGan \|.*\|(?= [^|]*\|$)").Value;
    }

    // Model, mixture, seed, steps, modes, per cent, divergence, seconds.
    [GeneratedRegex(@"^RingGan +(ring|grid) +\d +[\d,]+ +\d+/(8|25) +\d+\.\d % +(\d\.\d{3}|–) +\d+\.\d$", RegexOptions.Multiline)]
    private static partial Regex TrialLine();
}

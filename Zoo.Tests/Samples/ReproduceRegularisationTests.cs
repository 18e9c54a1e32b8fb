using System.Text.RegularExpressions;

namespace Zoo.Tests.Samples;

/// <summary>The command of adversarial auto-encoders, on a set too small to learn from: what it tells and leaves.</summary>
public sealed class ReproduceRegularisationTests
{
    [Fact]
    public void Every_figure_is_told_and_left_in_a_table()
    {
        using var data = TinyDataSet.Create();
        var output = Path.Combine(data.Path, "regularisation");
        string[] command = ["reproduce", "regularisation", "--data", data.Path, "--epochs", "1", "--threads", "1", "--out", output];
        var first = SampleProgram.Run(command);
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.StartsWith($"{data.Path}: 300 training images, 130 test images. Epochs: 1, seed: 0.\n", first.Output);
        var table = File.ReadAllText(Path.Combine(output, "table.md"));
        Assert.Contains(table, first.Output);
        const string share = @"\d+\.\d %", number = @"\d\.\d{4}";
        string[] rows =
        [
            $@"discrepancy of test codes from N\(0, I\) \| {number} \| of two draws of the prior {number}: [\d.]+ times",
            $@"discrepancy of test codes from ten Gaussians \| {number} \| of two draws of the prior {number}: [\d.]+ times",
            $@"test codes in the component of their class \| {share} \| a linear classifier of the same codes: {share}",
            $@"of the test codes whose class that classifier tells, in the component of their class \| ({share}|NaN %) \| wanted: 90 %",
            $@"discrepancy of test codes from swiss roll \| {number} \| of two draws of the prior {number}: [\d.]+ times",
            $@"decodings with a changed label that are seen as that class \| {share} \| a separate classifier, right on {share} .*",
            $@"test images classified with 100 labels \| {share} \| a classifier trained on those alone: {share}, with dropout {share}",
        ];
        Assert.Equal(2 + rows.Length, table.Split('\n').Count(line => line.StartsWith('|')));
        foreach (var row in rows) Assert.Matches(new Regex($@"(?m)^\| {row} \|$"), table);
        var again = SampleProgram.Run(command);
        Assert.Contains(table, again.Output);
        Assert.Equal(rows.Length, Regex.Count(again.Output, @"(?m) \(known\)$"));
        Assert.Equal(5, File.ReadAllLines(Path.Combine(output, "results.jsonl")).Length);
    }
}

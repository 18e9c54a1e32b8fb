using System.Globalization;
using System.Text;

namespace Zoo.Samples.Experiments;

/// <summary>Results as a table in Markdown.</summary>
internal static class CodeTable
{
    public static string Markdown(string data, IReadOnlyList<CodeResult> results)
    {
        var text = new StringBuilder($"| {data} | numbers | 1-NN accuracy, %, by seed | median | epochs |\n|---|---|---|---|---|\n");
        foreach (var row in results.GroupBy(result => (result.Codes, result.Size, result.Epochs)))
        {
            double[] accuracies = [.. row.OrderBy(result => result.Seed).Select(result => 100 * result.Accuracy)];
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Key.Codes} | {row.Key.Size} | {string.Join(' ', accuracies.Select(Percent))} | "
                + $"{Percent(ModeTable.Median(accuracies))} | {(row.Key.Epochs > 0 ? row.Key.Epochs : "–")} |\n");
        }
        return text.ToString();
    }

    static string Percent(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}

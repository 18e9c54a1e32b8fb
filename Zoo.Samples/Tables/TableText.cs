using System.Globalization;
using System.Text;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Experiments;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>A table in Markdown, with what it took under it.</summary>
internal static class TableText
{
    // A space at which a line does not end.
    const char Unbroken = '\u00a0';

    /// <summary>Ours above the published rows; of several seeds the median in front of all, in the order of the seeds.</summary>
    /// <param name="table">The table.</param>
    /// <param name="scale">How much of it was done.</param>
    /// <param name="results">All of them.</param>
    /// <param name="command">What to type for them.</param>
    /// <param name="processor">What they ran on.</param>
    public static string Markdown(
        PublishedTable table, TableScale scale, IReadOnlyList<TrialResult> results, string command, string processor)
    {
        var text = new StringBuilder();
        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Row(table.Columns.Select(column => column.Heading).Prepend(table.Heading));
        text.Append('|').AppendJoin("", Enumerable.Repeat("---|", table.Columns.Count + 1)).Append('\n');
        foreach (var row in results.GroupBy(result => result.Row))
            Row(table.Columns.Select(column => Cell([.. row], column)).Prepend(row.Key));
        foreach (var published in table.Published)
            Row(table.Columns.Select(column => published.Cells.GetValueOrDefault(column.Key, "")).Prepend(
                $"{published.Name} ({published.Source})"));

        return text.Append('\n').Append(Footer(
            table.Protocol(scale), command, [.. results.Select(result => result.Seed)], [.. results.Select(result => result.Date)],
            results.Sum(result => result.Seconds), processor)).ToString();
    }

    /// <summary>What stands under a table: how it was made, so that somebody else can.</summary>
    /// <param name="protocol">What was trained and measured, as sentences.</param>
    /// <param name="command">What to type.</param>
    /// <param name="seeds">Of all trainings.</param>
    /// <param name="dates">Of their ends, year first.</param>
    /// <param name="seconds">What they took, on the clock.</param>
    /// <param name="processor">What they ran on.</param>
    public static string Footer(
        string protocol, string command, IReadOnlyList<ulong> seeds, IReadOnlyList<string> dates, double seconds, string processor)
    {
        string[] days = [.. dates.Distinct().Order(StringComparer.Ordinal).Select(Day)];
        var of = seeds.Min() == seeds.Max() ? Invariant($"seed {seeds[0]}") : Invariant($"seeds {seeds.Min()} to {seeds.Max()}");
        var on = days.Length == 1 ? days[0] : $"{days[0]} to {days[^1]}";
        return Wrapped($"{protocol} `{command.Replace(' ', Unbroken)}`, {of}; {on}, "
            + Invariant($"{seconds:N0} s on {processor}."));
    }

    public static string Number(double value, TableColumn column) =>
        value.ToString(column.Format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Puts a table into a document, in place of what stands between the marks that have its name.</summary>
    /// <exception cref="CommandException">There are no such marks.</exception>
    public static string Inserted(string document, string name, string table, string path)
    {
        var (opening, closing) = ($"<!-- reproduce {name} -->", $"<!-- /reproduce {name} -->");
        var from = document.IndexOf(opening, StringComparison.Ordinal);
        var to = document.IndexOf(closing, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new CommandException($"--docs: expected the lines '{opening}' and '{closing}' in '{path}', to put the table between.");
        return document[..(from + opening.Length)] + "\n\n" + table + "\n" + document[to..];
    }

    static string Cell(TrialResult[] results, TableColumn column)
    {
        double[] values = [.. results.Where(result => result.Values.ContainsKey(column.Key)).Select(result => result.Values[column.Key])];
        if (values.Length == 0) return "–";
        if (values.Length == 1) return Number(values[0], column);
        return $"**{Number(ModeTable.Median(values), column)}** ({string.Join(' ', values.Select(value => Number(value, column)))})";
    }

    static string Day(string date) => DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        .ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    static string Wrapped(string text)
    {
        const int width = 140;
        var (lines, line) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' '))
        {
            if (line > 0 && line + 1 + word.Length > width)
            {
                lines.Append('\n');
                line = 0;
            }
            else if (line > 0)
            {
                lines.Append(' ');
                line++;
            }
            lines.Append(word);
            line += word.Length;
        }
        return lines.Append('\n').Replace(Unbroken, ' ').ToString();
    }
}

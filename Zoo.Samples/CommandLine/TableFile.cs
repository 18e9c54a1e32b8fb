using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Tables;

namespace Zoo.Samples.CommandLine;

/// <summary>Where a table goes: its file, and a document that has a place for it.</summary>
/// <param name="name">Of the table.</param>
internal sealed class TableFile(string name)
{
    readonly Option<string?> docsOption = new("--docs")
    {
        Description = $"A Markdown file to put the table into, between the lines '<!-- reproduce {name} -->' and '<!-- /reproduce {name} "
            + "-->'.",
        HelpName = "FILE",
    };

    /// <summary>Today, as results have it.</summary>
    public static string Today => DateTime.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Option Option => docsOption;

    /// <summary>Refuses a document that has no place for the table: before hours of work, not after.</summary>
    /// <exception cref="CommandException">It has none.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public void RequirePlace(ParseResult arguments)
    {
        if (arguments.GetValue(docsOption) is { } docs) TableText.Inserted(File.ReadAllText(docs), name, "", docs);
    }

    /// <summary>Writes it.</summary>
    /// <returns>Where it is, as a sentence.</returns>
    public string Write(ParseResult arguments, OutputFolder output, string text)
    {
        var (path, docs) = (output.PathOf("table.md"), arguments.GetValue(docsOption));
        File.WriteAllText(path, text);
        if (docs is not null) File.WriteAllText(docs, TableText.Inserted(File.ReadAllText(docs), name, text, docs));
        return $"The table is in {path}{(docs is null ? "" : $" and in {docs}")}.";
    }

    /// <summary>The command with such of its options as its numbers depend on.</summary>
    public string Typed(ParseResult arguments, params IEnumerable<Option> options)
    {
        var words = new List<string> { "reproduce", name };
        foreach (var option in options)
            if (arguments.GetResult(option) is { Implicit: false } given)
                words.AddRange(given.Tokens.Count == 0
                    ? [option.Name]
                    : given.Tokens.SelectMany(token => (string[])[option.Name, token.Value]));
        return string.Join(' ', words);
    }
}

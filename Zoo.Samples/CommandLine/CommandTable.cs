using Spectre.Console;
using Spectre.Console.Rendering;

namespace Zoo.Samples.CommandLine;

/// <summary>Tables of the command line.</summary>
internal static class CommandTable
{
    /// <summary>Letters of a line where nobody says how wide it is: files and pipes.</summary>
    const int UnknownWidth = 160;

    /// <param name="columns">Headings; the last column takes what the others leave.</param>
    public static Table Create(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var (heading, i) in columns.Select((heading, i) => (heading, i)))
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = i == 0 });
        return table;
    }

    public static void Print(IRenderable table)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = UnknownWidth;
        AnsiConsole.Write(table);
    }
}

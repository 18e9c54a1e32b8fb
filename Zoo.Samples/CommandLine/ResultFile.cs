using System.CommandLine;
using System.Globalization;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;

namespace Zoo.Samples.CommandLine;

/// <summary>
/// A file that a command leaves, in one of its forms: whole or not at all, so that stopping the command loses no older one.
/// </summary>
internal sealed class ResultFile
{
    public const string Png = "png";
    public const string Npy = "npy";
    public const string Csv = "csv";
    public const string Svg = "svg";

    ResultFile(string path, string format) => (Path, Format) = (path, format);

    public string Path { get; }

    public string Format { get; }

    /// <param name="what">What the file is to be.</param>
    public static Option<string?> OutOption(string what) => new("--out", "--output")
    {
        Description = $"The file of {what}; its ending says in which form. Without it: a file beside the checkpoint that training leaves.",
        HelpName = "FILE",
    };

    /// <param name="formats">The default comes first.</param>
    public static Option<string?> FormatOption(params string[] formats)
    {
        var option = new Option<string?>("--format")
        {
            Description = $"{Words(formats)}. Without it: what the ending of --out says, else {formats[0]}.",
            HelpName = string.Join('|', formats),
        };
        option.CompletionSources.Add(formats);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !formats.Contains(result.Tokens[0].Value))
                result.AddError($"--format: expected {Words(formats)}, got '{result.Tokens[0].Value}'.");
        });
        return option;
    }

    /// <summary>The file, once it is known that its folder can be written.</summary>
    /// <param name="model">Whose it is, for where it goes where that is not said.</param>
    /// <param name="name">Its name then, without ending.</param>
    /// <param name="path">What <c>--out</c> says, or null.</param>
    /// <param name="format">What <c>--format</c> says, or null.</param>
    /// <param name="formats">Possible ones, the default first.</param>
    /// <exception cref="CommandException">The folder cannot be written.</exception>
    public static ResultFile Open(DeclaredModel model, string name, string? path, string? format, params string[] formats)
    {
        var chosen = format ?? formats.FirstOrDefault(possible => System.IO.Path.GetExtension(path) == $".{possible}") ?? formats[0];
        path ??= System.IO.Path.Combine(model.Recipe.DefaultFolder, $"{name}.{chosen}");
        return At(path, chosen, "--out");
    }

    /// <summary>A file of a name, once it is known that its folder can be written.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="format">Its form.</param>
    /// <param name="option">What names it, for the message.</param>
    /// <exception cref="CommandException">The folder cannot be written.</exception>
    public static ResultFile At(string path, string format, string option)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) OutputFolder.Open(folder, option);
        if (Directory.Exists(path)) throw new CommandException($"{option}: expected a file, but '{path}' is a folder.");
        return new ResultFile(path, format);
    }

    /// <summary>Has it written under another name, and then gives it its own.</summary>
    public void Write(Action<string> save)
    {
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{Path}.{Environment.ProcessId}.part");
        try
        {
            save(unfinished);
            File.Move(unfinished, Path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes rows of numbers as an array or as a table.</summary>
    /// <param name="values">[count × sizes].</param>
    /// <param name="sizes">Shape of a row.</param>
    /// <param name="column">Of the table, before its number.</param>
    /// <param name="labels">[count], for a column of the table, or empty.</param>
    public void WriteRows(float[] values, IReadOnlyList<int> sizes, string column, IReadOnlyList<int> labels) => Write(path =>
    {
        using var file = File.Create(path);
        var size = sizes.Aggregate(1, (product, axis) => product * axis);
        if (Format == Csv) RowsCsv.Write(file, values, size, column, labels);
        else NpyWriter.Write(file, values, sizes.Prepend(values.Length / size));
    });

    static string Words(string[] formats) =>
        formats.Length == 1 ? formats[0] : $"{string.Join(", ", formats[..^1])} or {formats[^1]}";
}

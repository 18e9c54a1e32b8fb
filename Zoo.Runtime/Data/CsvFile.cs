using System.Globalization;
using System.Text;

namespace Zoo;

/// <summary>
/// Numbers in rows of text, the same number of columns in each (RFC 4180), always with a point for the decimals, whatever the culture of
/// the program. Numbers may stand in double quotes and between blanks; empty lines at the end are nothing.
/// </summary>
public sealed class CsvFile
{
    readonly string name;

    CsvFile(string name, IReadOnlyList<string> names, int columns, float[] values, int[] labels) =>
        (this.name, Names, Columns, Values, Labels) = (name, names, columns, values, labels);

    /// <summary>Number of rows, the header not counted.</summary>
    public int Count => Values.Length / Columns;

    /// <summary>Columns of <see cref="Values"/>: all but that of the labels.</summary>
    public int Columns { get; }

    /// <summary>[<see cref="Columns"/>]: their names by the header, without that of the labels; empty where there is no header.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>[count × columns]: all columns but that of the labels, row by row; finite.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>[count]: the column of labels; empty where none was asked for.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>Reads a file, gzip or plain, in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Whether its first line names the columns.</param>
    /// <param name="separator">What stands between columns: a comma, semicolon or tab.</param>
    /// <param name="label">The column of classes (0 the first, ^1 the last), whole numbers; null where there is none.</param>
    /// <exception cref="ArgumentException">The separator can be part of a number.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// No rows, rows of different length, something that is no finite number, a label that is no whole number, or no such column; the
    /// message has line and column, both counted from 1.
    /// </exception>
    public static CsvFile Read(string path, bool header = false, char separator = ',', Index? label = null)
    {
        if (separator is not (',' or ';' or '\t' or '|' or ' '))
            throw new ArgumentException(
                $"Expected a comma, semicolon, tab, bar or blank between columns, got '{separator}'.", nameof(separator));
        return Parse(DataFile.Read(path).Span, path, header, (byte)separator, label);
    }

    /// <summary>The rows as images, where all values are pixels: whole numbers from 0 to 255.</summary>
    /// <param name="shape">Axes of an image; columns fastest within a row of the file.</param>
    /// <exception cref="ArgumentException">The shape has not <see cref="Columns"/> values.</exception>
    /// <exception cref="InvalidDataException">
    /// A value is no whole number from 0 to 255, a label is not from 0 to 255, or the file was read without labels; the message has the
    /// row, counted from 0 and without the header.
    /// </exception>
    public ImageSet ToImages(ImageShape shape)
    {
        if (shape.Size != Columns)
            throw new ArgumentException($"Expected a shape of {Columns} values, as a row has, got {shape}.", nameof(shape));
        if (Labels.Length != Count)
            throw new InvalidDataException($"{name}: images need labels; expected a column of them to be named on reading.");
        var pixels = new byte[Values.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = Values.Span[i];
            if (value != (byte)Math.Clamp(value, 0, 255))
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: expected pixels from 0 to 255, but value {i % Columns} of row {i / Columns} is {value}."));
            }
            pixels[i] = (byte)value;
        }
        var labels = new byte[Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var value = Labels.Span[i];
            labels[i] = value is >= 0 and <= 255
                ? (byte)value
                : throw new InvalidDataException($"{name}: expected labels of images from 0 to 255, but that of row {i} is {value}.");
        }
        return new ImageSet(shape, pixels, labels);
    }

    static CsvFile Parse(ReadOnlySpan<byte> text, string name, bool header, byte separator, Index? label)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        text = text.TrimEnd("\r\n"u8);
        var (values, labels, names) = (new List<float>(), new List<int>(), new List<string>());
        var (columns, labelColumn, rows) = (0, -1, 0);
        for (var line = 1; !text.IsEmpty; line++)
        {
            var end = text.IndexOf((byte)'\n');
            var row = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            var found = row.Count(separator) + 1;
            if (line == 1)
            {
                columns = found;
                if (label is { } asked)
                {
                    labelColumn = asked.GetOffset(columns);
                    if (labelColumn < 0 || labelColumn >= columns)
                        throw new InvalidDataException($"{name}: expected a column {asked} of labels, got {columns} columns.");
                    if (columns == 1) throw new InvalidDataException($"{name}: expected columns beside that of the labels, got 1 column.");
                }
            }
            if (found != columns)
                throw new InvalidDataException($"{name}: line {line}: expected {columns} columns, as on line 1, got {found}.");

            for (var column = 0; column < columns; column++)
            {
                var next = row.IndexOf(separator);
                var field = Bare(next < 0 ? row : row[..next]);
                row = next < 0 ? [] : row[(next + 1)..];
                if (header && line == 1)
                {
                    if (column != labelColumn) names.Add(Encoding.UTF8.GetString(field));
                }
                else if (column == labelColumn)
                {
                    if (!int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                        throw Bad(name, line, column, "a label (a whole number)", field, header);
                    labels.Add(number);
                }
                else
                {
                    if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
                        throw Bad(name, line, column, "a finite number of single precision", field, header);
                    values.Add(number);
                }
            }
            if (!header || line > 1) rows++;
        }
        if (rows == 0)
            throw new InvalidDataException($"{name}: expected rows of numbers, got {(columns > 0 ? "only a header" : "an empty file")}.");
        return new CsvFile(name, names, labelColumn < 0 ? columns : columns - 1, [.. values], [.. labels]);
    }

    static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> field)
    {
        field = field.Trim((byte)' ');
        return field is [(byte)'"', .. var inner, (byte)'"'] ? inner.Trim((byte)' ') : field;
    }

    static InvalidDataException Bad(string name, int line, int column, string expected, ReadOnlySpan<byte> field, bool header)
    {
        var advice = line == 1 && !header ? " Where the first line names the columns, read it with a header." : "";
        var got = Encoding.UTF8.GetString(field[..Math.Min(40, field.Length)]);
        return new($"{name}: line {line}, column {column + 1}: expected {expected}, got '{got}'.{advice}");
    }
}

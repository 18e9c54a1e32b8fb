using System.Globalization;

namespace Zoo.Samples.Data;

/// <summary>Rows of numbers as comma-separated values under a line of names.</summary>
internal static class RowsCsv
{
    /// <param name="file">Where to.</param>
    /// <param name="values">[count × size].</param>
    /// <param name="size">Numbers of a row.</param>
    /// <param name="name">Of a column, before its number.</param>
    /// <param name="labels">[count], for a last column, or empty.</param>
    public static void Write(Stream file, float[] values, int size, string name, IReadOnlyList<int> labels)
    {
        using var text = new StreamWriter(file) { NewLine = "\n" };
        var names = Enumerable.Range(0, size).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}{i}"));
        text.WriteLine(string.Join(',', labels.Count > 0 ? names.Append("label") : names));
        for (var row = 0; row < values.Length / size; row++)
        {
            for (var i = 0; i < size; i++)
            {
                if (i > 0) text.Write(',');
                text.Write(values[row * size + i].ToString("R", CultureInfo.InvariantCulture));
            }
            if (labels.Count > 0) text.Write(string.Create(CultureInfo.InvariantCulture, $",{labels[row]}"));
            text.WriteLine();
        }
    }
}

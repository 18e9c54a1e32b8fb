namespace Zoo.Tests.Oracle;

/// <summary>What is done by label, one number at a time. Labels are whole numbers: a difference quotient sees no change.</summary>
static class Labels
{
    public static double[] OneHot(Value labels, int classes) =>
        [.. labels.Data.SelectMany(label => Enumerable.Range(0, classes).Select(c => c == Class(label, classes) ? 1.0 : 0))];

    public static double[] Gather(Value table, Value labels)
    {
        var (classes, columns) = (table.Sizes[1], table.Sizes[2]);
        IEnumerable<double> Row(int row) => Enumerable.Range(0, columns).Select(j => row < 0 ? 0 : table.Data[row * columns + j]);
        return [.. labels.Data.SelectMany(label => Row(Class(label, classes)))];
    }

    public static double[] Scatter(Value values, Value labels, int classes)
    {
        var columns = values.Sizes[1];
        var result = new double[classes * columns];
        for (var row = 0; row < values.Sizes[0]; row++)
        {
            if (Class(labels.Data[row], classes) is not (>= 0 and var c)) continue;
            for (var j = 0; j < columns; j++) result[c * columns + j] += values.Data[row * columns + j];
        }
        return result;
    }

    static int Class(double label, int classes)
    {
        var number = (int)Math.Round(label);
        return number >= -1 && number < classes
            ? number
            : throw new ArgumentOutOfRangeException(nameof(label), label, $"A label is -1 to {classes - 1}.");
    }
}

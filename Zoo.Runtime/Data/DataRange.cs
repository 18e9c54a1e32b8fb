using System.Globalization;
using System.Numerics;

namespace Zoo;

/// <summary>The values that data may have: 0 to 1 for a Bernoulli likelihood, any finite number for a Gaussian one.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The largest.</param>
public readonly record struct DataRange(float Low, float High)
{
    /// <summary>Probabilities, as grey pixels divided by 255 are.</summary>
    public static DataRange Unit => new(0, 1);

    /// <summary>Any finite number.</summary>
    public static DataRange Finite => new(float.MinValue, float.MaxValue);

    /// <summary>Refuses rows with a value outside the range, or NaN, and names the first. Allocates nothing where there is none.</summary>
    /// <param name="rows">Examples one after the other.</param>
    /// <param name="size">Values of one example.</param>
    /// <param name="name">What the message calls the rows: a parameter, a file, a batch.</param>
    /// <exception cref="ArgumentException">There is one; the message has row, place within the row and value.</exception>
    public void Require(ReadOnlySpan<float> rows, int size, string name)
    {
        if (Refusal(rows, size) is { } refusal) throw new ArgumentException(refusal, name);
    }

    /// <summary>
    /// What is wrong with rows, as a sentence with row, place within the row and value, both counted from 0; null where nothing is.
    /// Allocates
    /// nothing then.
    /// </summary>
    /// <param name="rows">Examples one after the other.</param>
    /// <param name="size">Values of one example.</param>
    public string? Refusal(ReadOnlySpan<float> rows, int size)
    {
        var at = FirstOutside(rows);
        if (at < 0) return null;
        var bounds = this == Finite ? "finite numbers" : string.Create(CultureInfo.InvariantCulture, $"values from {Low} to {High}");
        var (row, column) = Math.DivRem(at, Math.Max(1, size));
        return string.Create(CultureInfo.InvariantCulture,
            $"Expected {bounds}, but value {column} of row {row} is {rows[at]}.{Advice(rows)}");
    }

    /// <summary>Ordinal of the first value outside the range, or NaN; −1 where there is none.</summary>
    public int FirstOutside(ReadOnlySpan<float> values)
    {
        var at = 0;
        var (low, high) = (new Vector<float>(Low), new Vector<float>(High));
        // A NaN compares with nothing, so it is asked whether all are inside.
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var several = new Vector<float>(values[at..]);
            if (!Vector.GreaterThanOrEqualAll(several, low) || !Vector.LessThanOrEqualAll(several, high)) break;
        }
        for (; at < values.Length; at++)
        {
            if (!(values[at] >= Low && values[at] <= High)) return at;
        }
        return -1;
    }

    // The two ways that pixels usually come in when they are not from 0 to 1.
    string Advice(ReadOnlySpan<float> rows)
    {
        if (this != Unit) return "";
        var (least, largest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in rows) (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
        return least >= 0 && largest is > 1 and <= 255 ? " Divide pixels of 0 to 255 by 255."
            : least is >= -1 and < 0 && largest <= 1 ? " Add 1 to values of −1 to 1 and halve them."
            : "";
    }
}

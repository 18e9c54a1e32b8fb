using System;
using System.Globalization;

namespace Zoo.Generators.Variants;

/// <summary>
/// What a number in an attribute may be. Hyperparameters keep the range while training: <c>Zoo.Runtime.HyperparameterRange</c> has the same
/// members.
/// </summary>
public enum ValueRange
{
    /// <summary>Any finite number.</summary>
    Finite,

    /// <summary>A finite number of at least 0.</summary>
    NotNegative,

    /// <summary>A finite number above 0.</summary>
    Positive,

    /// <summary>In [0, 1).</summary>
    Fraction,

    /// <summary>In (0, 1].</summary>
    PositiveFraction,

    /// <summary>An integer of at least 0.</summary>
    Count,

    /// <summary>An integer of at least 1.</summary>
    PositiveCount,

    /// <summary>A member of an enum, which C# has checked.</summary>
    Choice,

    /// <summary>In [0, 1].</summary>
    Proportion,
}

/// <summary>Ranges as tests and as words.</summary>
public static class ValueRanges
{
    public static bool Holds(this ValueRange range, double value) => range switch
    {
        ValueRange.NotNegative or ValueRange.Count => value is >= 0 and <= float.MaxValue,
        ValueRange.Positive => value is > 0 and <= float.MaxValue,
        ValueRange.Fraction => value is >= 0 and < 1,
        ValueRange.PositiveFraction => value is > 0 and <= 1,
        ValueRange.Proportion => value is >= 0 and <= 1,
        ValueRange.PositiveCount => value >= 1,
        ValueRange.Choice => true,
        _ => Math.Abs(value) <= float.MaxValue,
    };

    /// <summary>As in "LearningRate must be …".</summary>
    public static string Words(this ValueRange range) => range switch
    {
        ValueRange.NotNegative => "a finite number of at least 0",
        ValueRange.Positive => "a finite number above 0",
        ValueRange.Fraction => "in [0, 1)",
        ValueRange.PositiveFraction => "in (0, 1]",
        ValueRange.Proportion => "in [0, 1]",
        ValueRange.Count => "at least 0",
        ValueRange.PositiveCount => "at least 1",
        ValueRange.Choice => "a member of its enum",
        _ => "a finite number",
    };

    public static string Refusal(this ValueRange range, string name, double value) =>
        $"{name} must be {range.Words()}, but is {Written(value)}";

    /// <summary>As a person wrote it: an integer with all its digits, another number with those that a float has.</summary>
    static string Written(double value) => Math.Abs(value) <= int.MaxValue + 1.0 && value == Math.Floor(value)
        ? value.ToString(CultureInfo.InvariantCulture)
        : ((float)value).ToString("R", CultureInfo.InvariantCulture);
}

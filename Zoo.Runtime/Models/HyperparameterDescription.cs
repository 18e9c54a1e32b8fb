namespace Zoo.Runtime;

/// <summary>A scalar that a step reads from memory, so that it can change while training.</summary>
/// <param name="Name"><c>learning_rate</c>, <c>beta</c>, …, with <c>phase:</c> before it where there are several phases.</param>
/// <param name="Initial">First value, from the attributes.</param>
/// <param name="Offset">Float offset in the state arena.</param>
/// <param name="Range">What it may be: the same table as for the attributes.</param>
public sealed record HyperparameterDescription(
    string Name, float Initial, int Offset, HyperparameterRange Range = HyperparameterRange.Finite);

/// <summary>What a hyperparameter may be.</summary>
public enum HyperparameterRange
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

    /// <summary>At least 0.</summary>
    Count,

    /// <summary>At least 1.</summary>
    PositiveCount,

    /// <summary>A member of an enum.</summary>
    Choice,

    /// <summary>In [0, 1].</summary>
    Proportion,
}

/// <summary>Ranges as tests and as words.</summary>
static class HyperparameterRanges
{
    public static bool Holds(this HyperparameterRange range, float value) => float.IsFinite(value) && range switch
    {
        HyperparameterRange.NotNegative or HyperparameterRange.Count => value >= 0,
        HyperparameterRange.Positive => value > 0,
        HyperparameterRange.Fraction => value is >= 0 and < 1,
        HyperparameterRange.PositiveFraction => value is > 0 and <= 1,
        HyperparameterRange.Proportion => value is >= 0 and <= 1,
        HyperparameterRange.PositiveCount => value >= 1,
        _ => true,
    };

    public static string Words(this HyperparameterRange range) => range switch
    {
        HyperparameterRange.NotNegative or HyperparameterRange.Count => "a finite number of at least 0",
        HyperparameterRange.Positive => "a finite number above 0",
        HyperparameterRange.Fraction => "in [0, 1)",
        HyperparameterRange.PositiveFraction => "in (0, 1]",
        HyperparameterRange.Proportion => "in [0, 1]",
        HyperparameterRange.PositiveCount => "a finite number of at least 1",
        _ => "a finite number",
    };
}

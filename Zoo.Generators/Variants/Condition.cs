using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// What examples come with, y in networks: the one-hot row of a label, one of <c>Classes</c>, or numbers of the shape <c>Condition</c>.
/// Programs that train are given it as <c>y</c>; members, and the programs that they run, as <see cref="Name"/>.
/// </summary>
/// <param name="Labels">How many classes there are; 0 where y has numbers.</param>
/// <param name="Shape">Shape of y.</param>
public sealed record Condition(int Labels, Shape Shape)
{
    /// <summary>The option that labels come from.</summary>
    public static readonly OptionSpec Classes = new("Classes", 0, ValueRange.Count);

    /// <summary>What the attribute says; null where there is none.</summary>
    public static Condition? Of(AttributeValues options) =>
        options.Int("Classes", 0) is > 0 and var classes ? new(classes, new(classes))
        : options.Shape("Condition") is { Rank: > 0 } shape ? new(0, shape) : null;

    /// <summary>What cannot stand together.</summary>
    public static IEnumerable<VariantError> Check(AttributeValues options)
    {
        VariantError Error(string option, string message) => new(VariantErrorKind.InvalidOption, option, message);
        var classes = options.Int("Classes", 0);
        if (classes > GraphBuilder.MostClasses)
            yield return Error("Classes", $"Classes must be at most {GraphBuilder.MostClasses}, but is {classes}");
        if (classes > 0 && options.Shape("Condition") is { Rank: > 0 })
            yield return Error("Condition", "y is a label of Classes or has the shape Condition: leave one of them out");
    }

    /// <summary>Its name where users hand it over.</summary>
    public string Name => Labels > 0 ? "labels" : "condition";

    /// <summary>y of a training step.</summary>
    public Node OfStep(ModelBuilder m) => Labels > 0 ? m.Labels("y", Name, Labels, InputElement.Label) : m.Input("y", Name, Shape);

    /// <summary>y of a member's program.</summary>
    public Node OfMember(ModelBuilder m) => Labels > 0 ? m.OneHot(Name, Labels) : m.Graph.Input(Name, new(1, Shape));

    /// <summary>The member's parameter.</summary>
    public SurfaceParameter Parameter => Labels > 0
        ? new(Name, $"Labels from 0 to {Labels - 1}, one a row.", ParameterKind.Labels, Labels)
        : ModelBuilder.Rows(Name, Shape.Count, "Conditions");
}

namespace Zoo.Samples.Figures;

/// <summary>A picture of the lecture, drawn from models that are trained for it.</summary>
internal abstract class Figure
{
    /// <summary>What the command calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Where the lecture has it.</summary>
    public abstract string Slide { get; }

    /// <summary>What a person should see in it.</summary>
    public abstract string Shows { get; }

    /// <summary>Trains what it needs and draws.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop; what was trained is kept.</exception>
    public abstract void Draw(FigureStudio studio);
}

/// <summary>All figures, in the lecture's order.</summary>
internal static class FigureBook
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        new MachineFigure(),
        new ModesFigure(),
        new LatentFigure(),
        new CompletionsFigure(),
        new BiGanFigure(),
        new CodesFigure(),
        new StyleFigure(),
        new LabelsFigure(),
        new PosteriorsFigure(),
    ];

    public static string Names => string.Join(", ", All.Select(figure => figure.Name));
}

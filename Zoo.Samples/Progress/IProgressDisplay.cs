namespace Zoo.Samples.Progress;

/// <summary>Shows long work while it happens: lines of a table, and how far it is.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/>, which calls the methods below, with the display up.</summary>
    /// <param name="heading">Lines above the table.</param>
    /// <param name="length">The position at which the work is done.</param>
    /// <param name="work">The work.</param>
    void Show(IEnumerable<string> heading, long length, Action work);

    /// <summary>The work is at <paramref name="position"/>. Called after every step, so it costs next to nothing.</summary>
    /// <param name="position">Of the length.</param>
    /// <param name="status">What to say beside it; called where it is said.</param>
    void At(long position, Func<string> status);

    /// <summary>A line of the table.</summary>
    void Line(string text);
}

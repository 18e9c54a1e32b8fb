namespace Zoo.Samples.Progress;

/// <summary>The lines of the table and no control characters.</summary>
internal sealed class PlainProgress : IProgressDisplay
{
    public void Show(IEnumerable<string> heading, long length, Action work)
    {
        foreach (var line in heading) Console.WriteLine(line);
        work();
    }

    public void At(long position, Func<string> status) { }

    public void Line(string text) => Console.WriteLine(text);
}

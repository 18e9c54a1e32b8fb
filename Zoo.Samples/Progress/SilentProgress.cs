namespace Zoo.Samples.Progress;

/// <summary>Shows nothing: for output that a program reads.</summary>
internal sealed class SilentProgress : IProgressDisplay
{
    public void Show(IEnumerable<string> heading, long length, Action work) => work();

    public void At(long position, Func<string> status) { }

    public void Line(string text) { }
}

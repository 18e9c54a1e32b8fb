namespace Zoo.Samples.Progress;

/// <summary>Shows what a call tells of how far it is, from 0 to 1.</summary>
/// <param name="display">Where to, with a length of <see cref="Length"/>.</param>
/// <param name="what">What is done.</param>
internal sealed class PartOfWork(IProgressDisplay display, string what) : IProgress<double>
{
    public const long Length = 1000;

    public void Report(double value) => display.At((long)(value * Length), () => what);
}

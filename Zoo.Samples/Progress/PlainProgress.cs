using Zoo.Models;
using Zoo.Samples.Training;

namespace Zoo.Samples.Progress;

/// <summary>One line for each epoch and no control characters.</summary>
internal sealed class PlainProgress : IProgressDisplay
{
    public void Show(int epochs, int batchesPerEpoch, Action training)
    {
        Console.WriteLine(EpochTable.Groups);
        Console.WriteLine(EpochTable.Header);
        training();
    }

    public void Stepped(int epoch, int batch, FashionVae.Losses losses) { }

    public void EpochEnded(EpochReport report) => Console.WriteLine(EpochTable.Row(report));
}

using Zoo.Models;
using Zoo.Samples.Training;

namespace Zoo.Samples.Progress;

/// <summary>Shows a run while it happens.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="training"/>, which calls the methods below, with the display up.</summary>
    void Show(int epochs, int batchesPerEpoch, Action training);

    /// <summary>Batch <paramref name="batch"/> (from 1 on) of epoch <paramref name="epoch"/> (from 0 on) is done.</summary>
    void Stepped(int epoch, int batch, FashionVae.Losses losses);

    void EpochEnded(EpochReport report);
}

using Zoo.Samples.Training;

namespace Zoo.Samples.Pictures;

/// <summary>The bound of a variational auto-encoder by epoch, its sign turned, on training and on test images.</summary>
internal static class BoundPlot
{
    /// <summary>What it shows.</summary>
    public const string What = "−ELBO of training and test images by epoch";

    /// <param name="reports">Reports whose third loss and third measure are the bound.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(IReadOnlyList<(int Epoch, TrainingReport Report)> reports, string path)
    {
        double[] epochs = [.. reports.Select(report => (double)report.Epoch)];
        LossPlot.Save("Negative evidence lower bound", "Epoch", "−ELBO, nats an image", epochs,
        [
            ("training images", [.. reports.Select(report => -report.Report.Losses[2])]),
            ("test images", [.. reports.Select(report => -report.Report.Measures[2])]),
        ], path);
    }
}

using System.Globalization;
using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Training;

namespace Zoo.Samples.Pictures;

/// <summary>All pictures of a run of FashionVae.</summary>
internal static class PictureBook
{
    const int LatentSize = 20;
    const int SampleCount = 160;
    const int MostCodes = 5000;

    /// <summary>Draws them, and says of each file what it shows.</summary>
    public static IReadOnlyList<(string Path, string What)> Draw(
        FashionVae model, DataSource data, float[] test, IReadOnlyList<(int Epoch, TrainingReport Report)> reports, OutputFolder output)
    {
        var files = new List<(string, string)>();
        var (height, width) = (data.Test.Height, data.Test.Width);

        var samples = new float[SampleCount * height * width];
        model.Sample(seed: 1, samples);
        var path = Add("samples.png", "images drawn from the prior");
        SamplesPicture.Save(samples, data.Test.Shape,
            string.Create(CultureInfo.InvariantCulture, $"{SampleCount} samples from the prior, after {model.Steps:N0} steps"), path);

        ReconstructionsPicture.Save(data, (x, y) => model.Reconstruct(x, y),
            Add("reconstructions.png", "test images above their reconstructions"));

        // Ten thousand dots hide each other.
        var shown = Math.Min(data.Test.Count, MostCodes);
        var codes = new float[shown * LatentSize];
        model.Encode(test.AsSpan(0, shown * height * width), codes);
        LatentPlot.Save(codes, LatentSize, data.Test.Labels[..shown], data.ClassNames,
            Add("latent.png", "codes of the test images, first two principal components, by class"));

        if (reports.Count > 0) BoundPlot.Save(reports, Add("losses.png", BoundPlot.What));
        return files;

        string Add(string name, string what)
        {
            files.Add((output.PathOf(name), what));
            return output.PathOf(name);
        }
    }
}

using System.Globalization;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Figures;

/// <summary>The latent space of a VAE with codes in the plane.</summary>
internal sealed class LatentFigure : Figure
{
    const int Side = 20, Rows = 10, SampleCount = 96;

    public override string Name => "latent";

    public override string Slide => "Latent variables revisited; Testing time";

    public override string Shows =>
        "Test images find their place by class without having been told one (codes.png); places between have images between "
            + "(manifold.png, interpolations.png); and a draw of the prior is an image (samples.png). structure.svg is training time "
            + "beside testing time: the gradient goes around the draw.";

    public override void Draw(FigureStudio studio)
    {
        studio.AddStructure(PlaneVae.Card);
        var model = studio.Train((seed, device) => new PlaneVae(seed, device), studio.Epochs(40, 50));
        var images = studio.Images;
        var (test, size) = (PlaneCodes.Examples(images.Test), images.Test.ExampleSize);
        float[] codes = new float[2 * images.Test.Count], spread = new float[codes.Length];
        model.Encode(test, codes, spread);
        CodesPicture.Save([("Means of q(z|x) of the test images", codes, 4)], images.Test.Labels, images.ClassNames,
            "Codes of a VAE, by class", studio.Add("codes.png", "codes of the test images, by class"));
        ManifoldPicture.Save([("At evenly spaced percentiles of each of the two numbers", PlaneCodes.Manifold(model.Decode, Side, size))],
            images.Test.Shape, "Images over the plane of codes", studio.Add("manifold.png", "images over the plane of codes"), 2);

        var rows = new List<(string, float[])>();
        for (var row = 0; row < Rows; row++)
        {
            // From the first image of a class to that of the next.
            int First(int label) => Enumerable.Range(0, images.Test.Count).First(i => images.Test.Label(i) == label);
            var (from, to) = (First(row), First((row + 1) % images.ClassNames.Count));
            var path = new float[2 * GarmentStrip.PerRow];
            for (var i = 0; i < GarmentStrip.PerRow; i++)
            {
                var t = i / (GarmentStrip.PerRow - 1f);
                for (var k = 0; k < 2; k++) path[2 * i + k] = (1 - t) * codes[2 * from + k] + t * codes[2 * to + k];
            }
            var drawn = new float[GarmentStrip.PerRow * size];
            model.Decode(path, drawn);
            rows.Add((images.ClassNames[row], drawn));
        }
        GarmentStrip.Save(rows, images.Test.Shape, "On a straight line from the code of one garment to the code of the next",
            studio.Add("interpolations.png", "images on straight lines between codes of test images"));

        var samples = new float[SampleCount * size];
        model.Sample(1, samples);
        SamplesPicture.Save(samples, images.Test.Shape,
            string.Create(CultureInfo.InvariantCulture, $"{SampleCount} samples from the prior"),
            studio.Add("samples.png", "images drawn from the prior"));
    }
}

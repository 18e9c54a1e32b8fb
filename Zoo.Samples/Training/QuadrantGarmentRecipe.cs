using System.Globalization;
using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>Garments given their lower left quarter: what the rest may be (Sohn et al. 2015, figure 1).</summary>
internal sealed class QuadrantGarmentRecipe()
    : ConditionalGarmentRecipe<FashionQuadrantVae>((seed, device) => new(seed, device), epochs: 20)
{
    // In a row the image, what is given of it, and completions.
    const int Completions = GarmentStrip.PerRow - 2;

    // What is not given is neither black nor white.
    const float Hidden = 0.25f;

    protected override TakeImages Taking(DataSource data, int most)
    {
        var quadrant = QuadrantOf(data);
        float[] given = new float[most * quadrant.Size], rest = new float[most * quadrant.RestSize];
        return (images, _) =>
        {
            var count = images.Length / quadrant.ImageSize;
            quadrant.Split(images, given.AsSpan(0, count * quadrant.Size), rest.AsSpan(0, count * quadrant.RestSize));
            return new(rest.AsSpan(0, count * quadrant.RestSize), condition: given.AsSpan(0, count * quadrant.Size));
        };
    }

    protected override TestPart Test(DataSource data) => TestPart.WithoutQuadrant(data, QuadrantOf(data));

    protected override IReadOnlyList<double> Evaluate(FashionQuadrantVae model, StepData data)
    {
        var losses = model.Evaluate(data.Examples, data.Condition);
        return [losses.Reconstruction, losses.Divergence, losses.Elbo];
    }

    protected override IEnumerable<(string File, string What, Action<string> Save)> Pictures(FashionQuadrantVae model, DataSource data)
    {
        var quadrant = QuadrantOf(data);
        var size = quadrant.ImageSize;
        // The first of each class.
        var chosen = Enumerable.Range(0, data.Test.Count).DistinctBy(data.Test.Label).OrderBy(data.Test.Label).Take(10).ToArray();
        var rows = new List<(string, float[])>();
        for (var i = 0; i < chosen.Length; i++)
        {
            var images = new float[GarmentStrip.PerRow * size];
            float[] given = new float[quadrant.Size], rest = new float[quadrant.RestSize];
            data.Test.CopyExample(chosen[i], images.AsSpan(0, size));
            quadrant.Split(images.AsSpan(0, size), given, rest);
            rest.AsSpan().Fill(Hidden);
            quadrant.Join(given, rest, images.AsSpan(size, size));
            float[] conditions = [.. Enumerable.Repeat(given, Completions).SelectMany(quarter => quarter)];
            var completed = new float[Completions * quadrant.RestSize];
            model.Sample(seed: (ulong)(i + 1), conditions, completed);
            quadrant.Join(conditions, completed, images.AsSpan(2 * size));
            rows.Add((data.ClassNames[data.Test.Label(chosen[i])], images));
        }
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"A test image, the quarter that is given, and {Completions} draws of the rest, after {model.Steps:N0} steps");
        yield return (
            "completions.png", "test images completed from a quarter",
            path => GarmentStrip.Save(rows, data.Test.Shape, title, path));
    }

    static ImageQuadrant QuadrantOf(DataSource data) => new(data.Test.Height, data.Test.Width, Corner.LowerLeft);
}

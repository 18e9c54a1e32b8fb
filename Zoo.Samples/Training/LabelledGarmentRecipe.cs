using System.Globalization;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>Garments given their class: several of each, and what is left of a code when the class changes.</summary>
internal sealed class LabelledGarmentRecipe()
    : ConditionalGarmentRecipe<FashionConditionalVae>((seed, device) => new(seed, device), epochs: 100)
{
    const int Classes = 10;
    const int Latent = 8;

    protected override void Require(DataSource data) => data.RequireLabels(Classes);

    protected override TakeImages Taking(DataSource data, int most) => (images, labels) => new(images, labels);

    protected override IReadOnlyList<double> Evaluate(FashionConditionalVae model, StepData data)
    {
        var losses = model.Evaluate(data.Examples, data.Labels);
        return [losses.Reconstruction, losses.Divergence, losses.Elbo];
    }

    protected override IEnumerable<(string File, string What, Action<string> Save)> Pictures(FashionConditionalVae model, DataSource data)
    {
        var after = string.Create(CultureInfo.InvariantCulture, $"after {model.Steps:N0} steps");
        int[] labels = [.. Enumerable.Range(0, Classes * GarmentStrip.PerRow).Select(i => i / GarmentStrip.PerRow)];
        var images = new float[labels.Length * data.Test.ExampleSize];
        model.Sample(seed: 1, labels, images);
        var samples = Rows(images);
        yield return (
            "samples.png", "draws of each class", path => Save(samples, $"{GarmentStrip.PerRow} draws of each class, {after}", path));

        // The same codes for every class.
        var key = Philox.DrawKey(1, "picture:z");
        float[] codes = [.. Enumerable.Range(0, labels.Length * Latent)
            .Select(i => Philox.Normal(key, 0, 0, i / Latent % GarmentStrip.PerRow, i % Latent))];
        images = new float[images.Length];
        model.Decode(codes, labels, images);
        var styles = Rows(images);
        yield return (
            "styles.png", "a code in each column, as every class",
            path => Save(styles, $"A code in each column, as every class, {after}", path));

        IReadOnlyList<(string, float[])> Rows(float[] all)
        {
            var perRow = GarmentStrip.PerRow * data.Test.ExampleSize;
            string Name(int label) => label < data.ClassNames.Count ? data.ClassNames[label] : $"{label}";
            return [.. Enumerable.Range(0, Classes).Select(label => (Name(label), all[(label * perRow)..((label + 1) * perRow)]))];
        }

        void Save(IReadOnlyList<(string, float[])> rows, string title, string path) =>
            GarmentStrip.Save(rows, data.Test.Shape, title, path);
    }
}

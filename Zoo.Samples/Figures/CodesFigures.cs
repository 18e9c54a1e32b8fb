using Zoo.Models;
using Zoo.Samples.Experiments;
using Zoo.Samples.Pictures;
using Zoo.Samples.Training;

namespace Zoo.Samples.Figures;

/// <summary>Adversarial beside variational auto-encoder (lecture, figure 2 of Makhzani et al. 2016).</summary>
internal sealed class CodesFigure : Figure
{
    const int Side = 20;

    public override string Name => "codes";

    public override string Slide => "Adversarial auto-encoders, figure 2";

    public override string Shows =>
        "codes.png: codes of held-out images fill N(0, I) and a mixture of ten Gaussians with the adversarial auto-encoder; the "
            + "variational one's leave gaps between classes. manifold.png: images at evenly spaced percentiles of the adversarial "
            + "one's Gaussian. (The paper's panel of a VAE with a mixture as its prior is not here: [Vae] has the "
            + "closed form against N(0, I).)";

    public override void Draw(FigureStudio studio)
    {
        var epochs = studio.Epochs(40, 50);
        var gaussian = studio.Train((seed, device) => new GaussianCodes(seed, device), epochs);
        var petals = studio.Train((seed, device) => new PetalCodes(seed, device), epochs);
        var variational = studio.Train((seed, device) => new PlaneVae(seed, device), epochs);
        var images = studio.Images;
        var test = PlaneCodes.Examples(images.Test);
        float[] first = new float[2 * images.Test.Count], second = new float[first.Length], third = new float[first.Length];
        gaussian.Encode(test, first);
        petals.Encode(test, second);
        variational.Encode(test, third, new float[first.Length]);
        CodesPicture.Save(
            [
                ("adversarial, N(0, I)", first, 3.5f), ("adversarial, mixture of ten Gaussians", second, 3.5f),
                ("variational, N(0, I)", third, 3.5f),
            ],
            images.Test.Labels, images.ClassNames, "Codes of images that were held out, by class",
            studio.Add("codes.png", "codes of the test images, by class"));
        ManifoldPicture.Save(
            [("At evenly spaced percentiles of N(0, I)", PlaneCodes.Manifold(gaussian.Decode, Side, images.Test.ExampleSize))],
            images.Test.Shape, "The adversarial auto-encoder's images over the plane of codes",
            studio.Add("manifold.png", "images along the percentiles of the code's two numbers"), 2);
    }
}

/// <summary>
/// Labels that regularise codes (lecture, figure 4 of Makhzani et al. 2016): a mixture's components, a swiss roll's parts.
/// </summary>
internal sealed class LabelsFigure : Figure
{
    const int Side = 12, Components = 3, Steps = 60;

    public override string Name => "labels";

    public override string Slide => "Adversarial auto-encoders, figure 4";

    public override string Shows =>
        "codes.png: each class has its own petal of the mixture, its own tenth of the roll, on images that were held out. components.png: "
            + "the first three petals, each a class and its variations along the petal's own axes. walk.png: images along the roll, class "
            + "after class.";

    public override void Draw(FigureStudio studio)
    {
        var epochs = studio.Epochs(25, 50);
        var flower = studio.Train((seed, device) => Quick(new FlowerCodes(seed, device)), epochs, takesLabels: true);
        var roll = studio.Train((seed, device) => Quick(new RollCodes(seed, device)), epochs, takesLabels: true);
        var images = studio.Images;
        var (test, size) = (PlaneCodes.Examples(images.Test), images.Test.ExampleSize);
        float[] first = new float[2 * images.Test.Count], second = new float[first.Length];
        flower.Encode(test, first);
        roll.Encode(test, second);
        CodesPicture.Save(
            [("mixture of ten Gaussians", first, 3.2f), ("swiss roll", second, 3.6f)], images.Test.Labels, images.ClassNames,
            "Codes of images that were held out, each class in its own part of the prior",
            studio.Add("codes.png", "codes of the test images, by class"));

        // As Priors.GaussianMixture: component k around 1.4 in direction 2πk/10, deviation 0.5 along it and 0.05 across.
        var quantiles = NormalQuantiles.Of(Side);
        ManifoldPicture.Save(
            [
                .. Enumerable.Range(0, Components).Select(k => (images.ClassNames[k], PlaneCodes.Images(
                    flower.Decode, Side * Side, size, i =>
                    {
                        var (along, across) = (1.4 + 0.5 * quantiles[i % Side], 0.05 * quantiles[Side - 1 - i / Side]);
                        var (sin, cos) = Math.SinCos(2 * Math.PI * k / 10);
                        return (cos * along - sin * across, sin * along + cos * across);
                    }))),
            ],
            images.Test.Shape, "Images over the first three components, outwards to the right",
            studio.Add("components.png", "images over the first three components"), 1);

        // As Priors.SwissRoll: r = 3√t, φ = 4π√t.
        var walk = PlaneCodes.Images(roll.Decode, Steps, size, i =>
        {
            var root = Math.Sqrt((i + 0.5) / Steps);
            var (sin, cos) = Math.SinCos(4 * Math.PI * root);
            return (3 * root * cos, 3 * root * sin);
        });
        var perRow = GarmentStrip.PerRow * size;
        GarmentStrip.Save(
            [
                .. Enumerable.Range(0, Steps / GarmentStrip.PerRow).Select(row =>
                    ($"t = {row * GarmentStrip.PerRow * 1.0 / Steps:0.0} …", walk[(row * perRow)..((row + 1) * perRow)])),
            ],
            images.Test.Shape, "A walk along the roll from its middle outwards: each tenth of it is a class",
            studio.Add("walk.png", "images along the swiss roll"));
    }

    /// <summary>With a decoder that is done after the few steps of a picture.</summary>
    static T Quick<T>(T model) where T : IGenerativeModel
    {
        model.Hyperparameters["reconstruction:learning_rate"] = 2e-4f;
        return model;
    }
}

/// <summary>Style apart from label (lecture, figure 6 of Makhzani et al. 2016).</summary>
internal sealed class StyleFigure : Figure
{
    const int Classes = 10, StyleSize = 4;
    const float Far = 1.8f;

    public override string Name => "style";

    public override string Slide => "Adversarial auto-encoders, figure 6";

    public override string Shows =>
        "style.png: a column is a label, a row a style, which is a code of four numbers of which all but one are 0: the class changes with "
            + "the column, and what is light, dark, wide or narrow stays along the row.";

    public override void Draw(FigureStudio studio)
    {
        var recipe = RecipeBook.Named(FashionStyleAae.Card.Name);
        var (run, _) = studio.Train(recipe, epochs: studio.Epochs(40, 20));
        var (model, images) = ((FashionStyleAae)run.Model, studio.Images);
        var size = images.Test.ExampleSize;
        var rows = new List<(string, float[])>();
        for (var i = 0; i < 2 * StyleSize; i++)
        {
            var (number, value) = (i / 2, i % 2 == 0 ? -Far : Far);
            var codes = new float[Classes * StyleSize];
            for (var label = 0; label < Classes; label++) codes[label * StyleSize + number] = value;
            var row = new float[GarmentStrip.PerRow * size];
            // What is left of the row is paper.
            row.AsSpan(Classes * size).Fill(1);
            model.Decode(codes, [.. Enumerable.Range(0, Classes)], row.AsSpan(0, Classes * size));
            rows.Add((FormattableString.Invariant($"z{number + 1} = {value:F1}").Replace('-', '−'), row));
        }
        GarmentStrip.Save(rows, images.Test.Shape, "A style in each row, a label in each column",
            studio.Add("style.png", "one style in each row, one label in each column"));
    }
}

using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;
using Zoo.Samples.Training;

namespace Zoo.Samples.Figures;

/// <summary>A restricted Boltzmann machine of garments as its recipe draws it.</summary>
internal sealed class MachineFigure : Figure
{
    public override string Name => "machine";

    public override string Slide => "In the previous episodes: RBM";

    public override string Shows =>
        "What each hidden unit looks for (filters.png); chains of Gibbs sweeps that begin with test images (fantasies.png): clothes stay "
            + "clothes or become others, while what is thin, as most shoes, dissolves after so short a training; and the free energy of "
            + "training and of test images, which part where a machine begins to learn by heart (energies.png).";

    public override void Draw(FigureStudio studio) =>
        studio.TrainAndDraw(RecipeBook.Named(FashionRbm.Card.Name), epochs: studio.Epochs(15, 50));
}

/// <summary>A conditional VAE completes garments from a quarter (lecture, figure 6 of Doersch 2016; Sohn et al. 2015, figure 1).</summary>
internal sealed class CompletionsFigure : Figure
{
    public override string Name => "completions";

    public override string Slide => "Conditional VAE";

    public override string Shows =>
        "In each row of completions.png a test image, the quarter that the model is given, and draws of the rest: they agree with the "
            + "quarter and differ where it leaves something open.";

    public override void Draw(FigureStudio studio) =>
        studio.TrainAndDraw(RecipeBook.Named(FashionQuadrantVae.Card.Name), epochs: studio.Epochs(20, 20));
}

/// <summary>Posteriors of four points: a Gaussian beside a black box (Mescheder et al. 2017, figure 4).</summary>
internal sealed class PosteriorsFigure : Figure
{
    public override string Name => "posteriors";

    public override string Slide => "Adversarial Variational Bayes";

    public override string Shows =>
        "Four rows of data, a colour each. The black box (four-points-avb) cuts the prior into four regions that fit together; the "
            + "Gaussian posteriors (four-points-vae) leave gaps and overlap, and log p above the picture is lower. structure.svg is the "
            + "schema of the first: T is shown codes of examples and of the prior.";

    public override void Draw(FigureStudio studio)
    {
        studio.AddStructure(FourPointsAvb.Card);
        foreach (var name in (string[])[FourPointsAvb.Card.Name, FourPointsVae.Card.Name])
            studio.TrainAndDraw(RecipeBook.Named(name), steps: studio.Steps(10_000, 30_000));
    }
}

/// <summary>A BiGAN's samples and reconstructions, and what lies near in its code space.</summary>
internal sealed class BiGanFigure : Figure
{
    const int Queries = 8, Compared = 10_000;

    public override string Name => "bigan";

    public override string Slide => "BiGAN";

    public override string Shows =>
        "samples.png: garments from noise; reconstructions.png: what the generator makes of a test image's code keeps roughly the kind "
            + "of garment and none of its pixels, which no loss compares; neighbours.png: training images that lie nearest in code "
            + "space, beside those whose pixels are nearest. structure.svg: the discriminator is shown pairs, (x, E(x)) and (G(z), z).";

    public override void Draw(FigureStudio studio)
    {
        studio.AddStructure(FashionBiGan.Card);
        var recipe = RecipeBook.Named(FashionBiGan.Card.Name);
        var (run, reports) = studio.Train(recipe, epochs: studio.Epochs(80, 100));
        foreach (var (path, what) in run.Draw(reports, studio.Folder)) studio.Drawn(path, what);
        var (model, images) = ((FashionBiGan)run.Model, studio.Images);
        var (size, count) = (images.Test.ExampleSize, Math.Min(Compared, images.Training.Count));
        float[] known = new float[count * size], asked = new float[Queries * size];
        images.Training.CopyExamples(0, count, known);
        int[] chosen = [.. Enumerable.Range(0, images.Test.Count).DistinctBy(images.Test.Label).OrderBy(images.Test.Label).Take(Queries)];
        for (var i = 0; i < Queries; i++) images.Test.CopyExample(chosen[i], asked.AsSpan(i * size, size));
        const int codeSize = 50;
        float[] codes = new float[count * codeSize], askedCodes = new float[Queries * codeSize];
        model.Encode(known, codes);
        model.Encode(asked, askedCodes);
        const int perKind = (GarmentStrip.PerRow - 2) / 2;
        var rows = new List<(string, float[])>();
        for (var i = 0; i < Queries; i++)
        {
            var row = new float[GarmentStrip.PerRow * size];
            asked.AsSpan(i * size, size).CopyTo(row);
            Copy(Nearest(codes, askedCodes.AsSpan(i * codeSize, codeSize), perKind), 1);
            // An empty place between the two kinds.
            row.AsSpan((1 + perKind) * size, size).Fill(1);
            Copy(Nearest(known, asked.AsSpan(i * size, size), perKind), 2 + perKind);
            rows.Add((images.ClassNames[images.Test.Label(chosen[i])], row));

            void Copy(int[] nearest, int at)
            {
                for (var k = 0; k < nearest.Length; k++) known.AsSpan(nearest[k] * size, size).CopyTo(row.AsSpan((at + k) * size));
            }
        }
        GarmentStrip.Save(rows, images.Test.Shape,
            $"A test image, the {perKind} training images whose codes are nearest, and the {perKind} whose pixels are",
            studio.Add("neighbours.png", "nearest training images in code space and in pixels"));
    }

    /// <summary>Rows at the least Euclidean distance, the nearest first.</summary>
    static int[] Nearest(float[] rows, ReadOnlySpan<float> query, int count)
    {
        var distances = new float[rows.Length / query.Length];
        for (var row = 0; row < distances.Length; row++)
        {
            var own = rows.AsSpan(row * query.Length, query.Length);
            for (var i = 0; i < query.Length; i++) distances[row] += (own[i] - query[i]) * (own[i] - query[i]);
        }
        return [.. Enumerable.Range(0, distances.Length).OrderBy(row => distances[row]).Take(count)];
    }
}

using Zoo.Samples.Data;

namespace Zoo.Samples.Pictures;

/// <summary>For each class, test images and below each what the model makes of its code.</summary>
internal static class ReconstructionsPicture
{
    const int Scale = 3;
    const int PerClass = 6;
    const int ClassesAcross = 2;
    const int Gap = 4;
    const int BlockGap = 30;
    const int Margin = 24;
    const int TitleHeight = 44;
    const int LabelHeight = 28;

    /// <summary>Which images are shown: the first few of each class, class by class, as the set has them.</summary>
    public static int[] Choose(ImageSet images, int classes) =>
        [.. Enumerable.Range(0, classes)
            .SelectMany(label => Enumerable.Range(0, images.Count).Where(i => images.Label(i) == label).Take(PerClass))];

    /// <summary>Chooses images of a set and draws them above what is made of them.</summary>
    /// <param name="data">The set, and names of its classes.</param>
    /// <param name="reconstruct">Fills the second span with what is made of the images in the first.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(DataSource data, Action<float[], float[]> reconstruct, string path)
    {
        var chosen = Choose(data.Test, data.ClassNames.Count);
        var size = data.Test.ExampleSize;
        var originals = new float[chosen.Length * size];
        for (var i = 0; i < chosen.Length; i++) data.Test.CopyExample(chosen[i], originals.AsSpan(i * size, size));
        var reconstructions = new float[originals.Length];
        reconstruct(originals, reconstructions);
        Save(data.Test, chosen, reconstructions, data.ClassNames, path);
    }

    /// <param name="images">Where the originals are.</param>
    /// <param name="chosen">What <see cref="Choose"/> chose.</param>
    /// <param name="reconstructions">[chosen × pixels], 0 to 1.</param>
    /// <param name="classNames">By label.</param>
    /// <param name="path">The PNG file.</param>
    public static void Save(
        ImageSet images, ReadOnlySpan<int> chosen, ReadOnlySpan<float> reconstructions, IReadOnlyList<string> classNames, string path)
    {
        var blockWidth = PerClass * (images.Width * Scale + Gap) - Gap;
        var blockHeight = LabelHeight + 2 * images.Height * Scale + Gap;
        // Down the first column, then down the second, as one reads a list.
        var down = (classNames.Count + ClassesAcross - 1) / ClassesAcross;
        using var drawing = new Drawing(
            2 * Margin + ClassesAcross * (blockWidth + BlockGap) - BlockGap,
            2 * Margin + TitleHeight + down * (blockHeight + BlockGap) - BlockGap);
        drawing.Text("Test images, and below each its reconstruction", Margin, Margin + 20, 20, Palette.Ink);
        var grid = new ImageGrid(drawing.Canvas, images.Shape, Scale);
        var original = new float[images.ExampleSize];
        var placed = new int[classNames.Count];
        for (var i = 0; i < chosen.Length; i++)
        {
            var label = images.Label(chosen[i]);
            var left = Margin + label / down * (blockWidth + BlockGap);
            var top = Margin + TitleHeight + label % down * (blockHeight + BlockGap);
            if (placed[label] == 0) drawing.Text(classNames[label], left, top + 18, 15, Palette.Faint);
            var x = left + placed[label]++ * (grid.CellWidth + Gap);
            images.CopyExample(chosen[i], original);
            grid.Draw(original, x, top + LabelHeight);
            grid.Draw(reconstructions.Slice(i * images.ExampleSize, images.ExampleSize), x, top + LabelHeight + grid.CellHeight + Gap);
        }
        drawing.Save(path);
    }
}

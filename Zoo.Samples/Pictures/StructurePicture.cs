using Zoo.Samples.Drawings;

namespace Zoo.Samples.Pictures;

/// <summary>What a model's training and sampling are made of, as an SVG file with the room that the pictures' font takes.</summary>
internal static class StructurePicture
{
    /// <summary>What it shows, for lists of files.</summary>
    public const string What = "what training and sampling are made of";

    // Letters of the bold face against those of the upright one.
    const float Bold = 1.12f;

    public static void Save(ModelCard card, string path)
    {
        using var file = File.Create(path);
        StructureDrawing.Save(card, file, Measure);
    }

    static float Measure(TextLine line)
    {
        using var font = PictureFont.OfSize(line.Size);
        return font.MeasureText(line.Text) * (line.IsHeading ? Bold : 1);
    }
}

using ScottPlot;
using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>
/// The one font of all pictures, carried along: a bare machine has none, and text would be missing there without a word.
/// Both libraries are given it explicitly, so that pictures are the same on every machine.
/// </summary>
internal static class PictureFont
{
    const string Name = "DejaVu Sans";

    static readonly SKTypeface Typeface = Load();

    public static SKFont OfSize(float pixels) => new(Typeface, pixels) { Edging = SKFontEdging.Antialias, Subpixel = true };

    /// <summary>Makes it the font of every text that ScottPlot draws.</summary>
    public static void UseInPlots()
    {
        if (Fonts.Default == Name) return;
        Fonts.FontResolvers.Insert(0, new Resolver());
        Fonts.Default = Fonts.Sans = Name;
    }

    static SKTypeface Load()
    {
        using var stream = typeof(PictureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")
            ?? throw new InvalidDataException("The program was built without its font.");
        return SKTypeface.FromStream(stream);
    }

    sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Typeface;

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Typeface;
    }
}

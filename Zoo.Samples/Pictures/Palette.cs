using SkiaSharp;

namespace Zoo.Samples.Pictures;

/// <summary>Colours that the pictures share.</summary>
internal static class Palette
{
    public static readonly SKColor Paper = new(0xFF, 0xFF, 0xFF);
    public static readonly SKColor Ink = new(0x22, 0x26, 0x2B);
    public static readonly SKColor Faint = new(0x7A, 0x82, 0x8C);

    /// <summary>By class: ten hues far enough apart to be told from each other as dots (the "category10" scheme of D3).</summary>
    public static readonly IReadOnlyList<string> Classes =
        ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#bcbd22", "#7f7f7f", "#17becf"];
}

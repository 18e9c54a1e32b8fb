using SkiaSharp;
using Zoo.Samples.Data;

namespace Zoo.Samples.Pictures;

/// <summary>
/// Draws points of the plane over the modes that they should cover: dots in one colour near a mode and in another elsewhere, a circle of
/// three standard deviations around every mode, in a warning colour where it was not found.
/// </summary>
/// <param name="canvas">Where to.</param>
/// <param name="mixture">The modes.</param>
/// <param name="side">Of the square, in pixels.</param>
internal sealed class PointPanel(SKCanvas canvas, GaussianMixture mixture, float side)
{
    public static readonly SKColor Near = SKColor.Parse(Palette.Classes[0]);
    public static readonly SKColor Far = SKColor.Parse(Palette.Classes[1]);
    public static readonly SKColor Missed = SKColor.Parse(Palette.Classes[3]);

    // Room around the outermost modes: points of a young generator land there.
    const float Extent = 1.3f;

    readonly float scale = side / 2 / (Extent * Outermost(mixture));

    /// <param name="points">[count × 2]. Those outside the square are not shown.</param>
    /// <param name="coverage">Of these points.</param>
    /// <param name="left">Of the square.</param>
    /// <param name="top">Of the square.</param>
    public void Draw(ReadOnlySpan<float> points, ModeCoverage coverage, float left, float top)
    {
        var frame = SKRect.Create(left, top, side, side);
        canvas.Save();
        canvas.ClipRect(frame);
        var radius = Math.Clamp(side / 420, 1, 2);
        using var near = new SKPaint { Color = Near.WithAlpha(0x90), IsAntialias = true };
        using var far = new SKPaint { Color = Far.WithAlpha(0x90), IsAntialias = true };
        for (var i = 0; i < points.Length; i += 2)
            canvas.DrawCircle(X(points[i]), Y(points[i + 1]), radius, IsNear(points[i], points[i + 1]) ? near : far);

        using var found = new SKPaint { Color = Palette.Ink, IsAntialias = true, IsStroke = true, StrokeWidth = side / 640 };
        using var missed = new SKPaint { Color = Missed, IsAntialias = true, IsStroke = true, StrokeWidth = side / 320 };
        var reach = Math.Max(side / 90, (float)(ModeCoverage.Radius * mixture.Deviation) * scale);
        for (var mode = 0; mode < mixture.Count; mode++)
        {
            var (x, y) = (X(mixture.Modes[2 * mode]), Y(mixture.Modes[2 * mode + 1]));
            canvas.DrawCircle(x, y, reach, coverage.Counts[mode] > 0 ? found : missed);
        }
        canvas.Restore();

        using var border = new SKPaint { Color = Palette.Faint.WithAlpha(0x60), IsAntialias = true, IsStroke = true, StrokeWidth = 1 };
        canvas.DrawRect(frame, border);

        float X(float x) => left + side / 2 + x * scale;
        // Upwards, as in mathematics.
        float Y(float y) => top + side / 2 - y * scale;
    }

    bool IsNear(float x, float y)
    {
        var limit = ModeCoverage.Radius * mixture.Deviation;
        for (var mode = 0; mode < mixture.Count; mode++)
        {
            if (Math.Pow(x - mixture.Modes[2 * mode], 2) + Math.Pow(y - mixture.Modes[2 * mode + 1], 2) <= limit * limit) return true;
        }
        return false;
    }

    static float Outermost(GaussianMixture mixture)
    {
        var largest = 0f;
        foreach (var coordinate in mixture.Modes) largest = Math.Max(largest, Math.Abs(coordinate));
        return largest;
    }
}

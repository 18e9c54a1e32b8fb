namespace Zoo.Samples.Data;

/// <summary>
/// One channel of an image in another size: a triangle of weights around each new pixel's centre, as wide as two pixels of the coarser of
/// the two grids, so that shrinking averages (what PIL and torchvision call antialiased bilinear).
/// </summary>
internal static class ImageResampler
{
    /// <summary>The largest part in the middle that has the new proportions, in the new size.</summary>
    /// <param name="pixels">[height × width].</param>
    /// <param name="newPixels">[newHeight × newWidth].</param>
    public static void Cover(ReadOnlySpan<float> pixels, int height, int width, Span<float> newPixels, int newHeight, int newWidth)
    {
        var scale = Math.Min((double)height / newHeight, (double)width / newWidth);
        var columns = Taps(width, newWidth, scale);
        var rows = Taps(height, newHeight, scale);
        var wide = new float[height * newWidth];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < newWidth; x++)
            {
                var sum = 0f;
                for (var k = 0; k < columns[x].Weights.Length; k++) sum += columns[x].Weights[k] * pixels[y * width + columns[x].First + k];
                wide[y * newWidth + x] = sum;
            }
        }
        for (var y = 0; y < newHeight; y++)
        {
            for (var x = 0; x < newWidth; x++)
            {
                var sum = 0f;
                for (var k = 0; k < rows[y].Weights.Length; k++) sum += rows[y].Weights[k] * wide[(rows[y].First + k) * newWidth + x];
                newPixels[y * newWidth + x] = sum;
            }
        }
    }

    static (int First, float[] Weights)[] Taps(int length, int newLength, double scale)
    {
        var start = (length - scale * newLength) / 2;
        var reach = Math.Max(1, scale);
        return [.. Enumerable.Range(0, newLength).Select(i =>
        {
            var centre = start + (i + 0.5) * scale;
            var first = Math.Max(0, (int)(centre - reach + 0.5));
            var end = Math.Min(length, (int)(centre + reach + 0.5));
            var weights = Enumerable.Range(first, end - first).Select(j => Math.Max(0, 1 - Math.Abs(j + 0.5 - centre) / reach)).ToArray();
            var sum = weights.Sum();
            return (first, Array.ConvertAll(weights, weight => (float)(weight / sum)));
        })];
    }
}

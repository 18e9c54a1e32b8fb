using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>Movement ops by their definitions. Axis a of the IR is axis a + 1 here, behind the rows.</summary>
static class Movement
{
    public static double[] Broadcast(Value x, Value result) => Gather(result, c => x.Data[x.Place(c)]);

    public static double[] Slice(Value x, Value result, int axis, int start) => Gather(result, c =>
    {
        c[axis + 1] += start;
        return x.Data[x.Place(c)];
    });

    public static double[] Concat(Value[] parts, Value result, int axis) => Gather(result, c =>
    {
        var part = 0;
        while (c[axis + 1] >= parts[part].Sizes[axis + 1]) c[axis + 1] -= parts[part++].Sizes[axis + 1];
        return parts[part].Data[parts[part].Place(c)];
    });

    public static double[] Permute(Value x, Value result, IReadOnlyList<int> axes) => Gather(result, c =>
    {
        var from = new int[c.Length];
        from[0] = c[0];
        for (var i = 0; i < axes.Count; i++) from[axes[i] + 1] = c[i + 1];
        return x.Data[x.Place(from)];
    });

    /// <summary>Every (element of a window, element of the image) that are one, in the order of the windows.</summary>
    static IEnumerable<(int Window, int Image)> Taps(int images, int channels, Windowing w)
    {
        for (var image = 0; image < images; image++)
            for (var window = 0; window < w.Count; window++)
                for (var tap = 0; tap < w.Taps; tap++)
                {
                    var y = window / w.WindowColumns * w.Stride + tap / w.Kernel * w.Dilation - w.Padding;
                    var x = window % w.WindowColumns * w.Stride + tap % w.Kernel * w.Dilation - w.Padding;
                    if (y < 0 || y >= w.Height || x < 0 || x >= w.Width) continue;
                    for (var c = 0; c < channels; c++)
                        yield return (((image * w.Count + window) * w.Taps + tap) * channels + c,
                            (image * w.Positions + y * w.Width + x) * channels + c);
                }
    }

    public static double[] Windows(Value x, Value result, Windowing windowing)
    {
        var windows = new double[result.Count];
        foreach (var (window, image) in Taps(x.Sizes[0] / windowing.Positions, x.Sizes[1], windowing)) windows[window] = x.Data[image];
        return windows;
    }

    public static double[] WindowSum(Value x, Value result, Windowing windowing)
    {
        var sums = new double[result.Count];
        foreach (var (window, image) in Taps(result.Sizes[0] / windowing.Positions, result.Sizes[1], windowing))
            sums[image] += x.Data[window];
        return sums;
    }

    static double[] Gather(Value result, Func<int[], double> element) =>
        [.. Enumerable.Range(0, result.Count).Select(i => element(result.Coordinates(i)))];
}

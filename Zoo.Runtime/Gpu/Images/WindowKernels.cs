using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>Windows and sums of windows, an element a thread, and what products of windows read. No atomics: sums are gathered.</summary>
static class WindowKernels
{
    /// <summary>A number of a window: zero outside the image, read from its edge, so that no branch is needed.</summary>
    public static float Tap(ArrayView<float> memory, in WindowArguments w, int window, int column)
    {
        var count = w.WindowRows * w.WindowColumns;
        var image = window / count;
        var within = window - image * count;
        var (tap, windowRow) = (column / w.Channels, within / w.WindowColumns);
        var tapRow = tap / w.Kernel;
        var y = windowRow * w.Stride + tapRow * w.Dilation - w.Padding;
        var x = (within - windowRow * w.WindowColumns) * w.Stride + (tap - tapRow * w.Kernel) * w.Dilation - w.Padding;
        var (insideY, insideX) = (Math.Max(0, Math.Min(y, w.Height - 1)), Math.Max(0, Math.Min(x, w.Width - 1)));
        var position = (image * w.Height + insideY) * w.Width + insideX;
        var value = memory[w.Image + position * w.PositionStride + column - tap * w.Channels];
        return y == insideY && x == insideX ? value : 0f;
    }

    /// <summary>The windows, a row for each.</summary>
    public static void Gather(ArrayView<float> memory, WindowMoveArguments at)
    {
        var w = at.Windows;
        var width = w.Kernel * w.Kernel * w.Channels;
        var index = Grid.GlobalIndex.X;
        if (index >= at.Images * w.WindowRows * w.WindowColumns * width) return;
        var window = index / width;
        memory[at.Target + window * at.WindowStride + index - window * width] = Tap(memory, w, window, index - window * width);
    }

    /// <summary>The images, each number the sum of the taps on it, in their order.</summary>
    public static void Sum(ArrayView<float> memory, WindowMoveArguments at)
    {
        var w = at.Windows;
        var index = Grid.GlobalIndex.X;
        if (index >= at.Images * w.Height * w.Width * w.Channels) return;
        var position = index / w.Channels;
        var channel = index - position * w.Channels;
        var (image, y, x) = Place(w, position);
        var sum = 0f;
        for (var tap = 0; tap < w.Kernel * w.Kernel; tap++)
        {
            var window = WindowOn(w, image, y, x, tap);
            if (window >= 0) sum += memory[at.Target + window * at.WindowStride + tap * w.Channels + channel];
        }
        memory[w.Image + position * w.PositionStride + channel] = sum;
    }

    /// <summary>Image, row and column of a position over all images.</summary>
    public static (int Image, int Y, int X) Place(in WindowArguments w, int position)
    {
        var row = position / w.Width;
        var image = row / w.Height;
        return (image, row - image * w.Height, position - row * w.Width);
    }

    /// <summary>Ordinal of the window whose tap lies on a position; −1 where there is none.</summary>
    public static int WindowOn(in WindowArguments w, int image, int y, int x, int tap)
    {
        var tapRow = tap / w.Kernel;
        var top = y + w.Padding - tapRow * w.Dilation;
        var left = x + w.Padding - (tap - tapRow * w.Kernel) * w.Dilation;
        var (row, column) = (top / w.Stride, left / w.Stride);
        var isOn = top >= 0 && left >= 0 && row * w.Stride == top && column * w.Stride == left && row < w.WindowRows
            && column < w.WindowColumns;
        return isOn ? (image * w.WindowRows + row) * w.WindowColumns + column : -1;
    }

    /// <summary>The axes of rows in another order.</summary>
    public static void Permute(ArrayView<float> memory, PermuteArguments at)
    {
        var index = Grid.GlobalIndex.X;
        if (index >= at.Rows * at.RowFloats) return;
        var row = index / at.RowFloats;
        var rest = index - row * at.RowFloats;
        var from = at.Source + row * at.RowFloats;
        var next = rest / at.Size5;
        from += (rest - next * at.Size5) * at.Step5;
        rest = next / at.Size4;
        from += (next - rest * at.Size4) * at.Step4;
        next = rest / at.Size3;
        from += (rest - next * at.Size3) * at.Step3;
        rest = next / at.Size2;
        from += (next - rest * at.Size2) * at.Step2;
        next = rest / at.Size1;
        from += (rest - next * at.Size1) * at.Step1 + next * at.Step0;
        memory[at.Target + index] = memory[from];
    }
}

using System.Globalization;

namespace Zoo.Generators.Graphs;

/// <summary>
/// How square windows lie over an image of <see cref="Height"/> × <see cref="Width"/> positions: the geometry of torch.nn.Conv2d. Tap
/// (i, j) of window (y, x) is the position (y·stride + i·dilation − padding, x·stride + j·dilation − padding), and zero outside the image.
/// </summary>
/// <param name="Height">Rows of positions of the image.</param>
/// <param name="Width">Positions of a row of the image.</param>
/// <param name="Kernel">Taps of a window along each axis.</param>
/// <param name="Stride">Positions from a window to the next.</param>
/// <param name="Padding">Positions of zeros around the image.</param>
/// <param name="Dilation">Positions from a tap to the next.</param>
public readonly record struct Windowing(int Height, int Width, int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>Positions of the image.</summary>
    public int Positions => Height * Width;

    public int Taps => Kernel * Kernel;

    /// <summary>Windows one below the other; not positive where none fits.</summary>
    public int WindowRows => Windows(Height);

    /// <summary>Windows side by side.</summary>
    public int WindowColumns => Windows(Width);

    /// <summary>Windows over an image.</summary>
    public int Count => WindowRows * WindowColumns;

    /// <summary>Whether each window is its one position.</summary>
    public bool IsIdentity => Kernel == 1 && Stride == 1 && Padding == 0;

    /// <summary>Positions that a window reaches over along an axis.</summary>
    public int Reach => Dilation * (Kernel - 1) + 1;

    int Windows(int size) => size + 2 * Padding < Reach ? 0 : (size + 2 * Padding - Reach) / Stride + 1;

    public Hash128 AddTo(Hash128 hash) => hash.Add(Height).Add(Width).Add(Kernel).Add(Stride).Add(Padding).Add(Dilation);

    public override string ToString()
    {
        string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
        var extra = $"{(Padding == 0 ? "" : $", padding {Number(Padding)}")}{(Dilation == 1 ? "" : $", dilation {Number(Dilation)}")}";
        return $"{Number(Kernel)}×{Number(Kernel)} over {Number(Height)}×{Number(Width)}, stride {Number(Stride)}{extra}";
    }
}

namespace Zoo.Runtime;

/// <summary>
/// How square windows lie over an image: the geometry of torch.nn.Conv2d. Tap (i, j) of window (y, x) is the position
/// (y·<paramref name="Stride"/> + i·<paramref name="Dilation"/> − <paramref name="Padding"/>, and so on along the row), zero outside.
/// </summary>
/// <param name="Height">Rows of positions of the image.</param>
/// <param name="Width">Positions of a row of the image.</param>
/// <param name="Kernel">Taps of a window along each axis.</param>
/// <param name="Stride">Positions from a window to the next.</param>
/// <param name="Padding">Positions of zeros around the image.</param>
/// <param name="Dilation">Positions from a tap to the next.</param>
public readonly record struct WindowGeometry(int Height, int Width, int Kernel, int Stride, int Padding, int Dilation)
{
    /// <summary>Positions of the image.</summary>
    public int Positions => Height * Width;

    /// <summary>Taps of a window.</summary>
    public int Taps => Kernel * Kernel;

    /// <summary>Windows one below the other.</summary>
    public int WindowRows => (Height + 2 * Padding - Dilation * (Kernel - 1) - 1) / Stride + 1;

    /// <summary>Windows side by side.</summary>
    public int WindowColumns => (Width + 2 * Padding - Dilation * (Kernel - 1) - 1) / Stride + 1;

    /// <summary>Windows over an image.</summary>
    public int Count => WindowRows * WindowColumns;
}

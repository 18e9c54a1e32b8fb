namespace Zoo.Runtime;

/// <summary>Images in the model's memory on the device and the windows over them, as numbers that a kernel takes.</summary>
/// <param name="Image">Offset of the first image.</param>
/// <param name="PositionStride">Floats from one position to the next.</param>
/// <param name="Channels">Numbers of a position.</param>
/// <param name="Height">Rows of positions.</param>
/// <param name="Width">Positions of a row.</param>
/// <param name="Kernel">Taps along each axis.</param>
/// <param name="Stride">Positions from a window to the next.</param>
/// <param name="Padding">Positions of zeros around the image.</param>
/// <param name="Dilation">Positions from a tap to the next.</param>
/// <param name="WindowRows">Windows one below the other.</param>
/// <param name="WindowColumns">Windows side by side.</param>
public readonly record struct WindowArguments(
    int Image, int PositionStride, int Channels, int Height, int Width, int Kernel, int Stride, int Padding, int Dilation, int WindowRows,
    int WindowColumns)
{
    internal static WindowArguments At(int image, int positionStride, int channels, in WindowGeometry g) => new(
        image, positionStride, channels, g.Height, g.Width, g.Kernel, g.Stride, g.Padding, g.Dilation, g.WindowRows, g.WindowColumns);
}

/// <summary>A product whose left operand is windows, or which makes windows that sum up to images.</summary>
/// <param name="Product">The matrices; A is not read where it is windows, nor C written where it is their sum.</param>
/// <param name="Windows">The images.</param>
/// <param name="IsTransposed">1 where A is the transpose of the windows, else 0.</param>
readonly record struct WindowProductArguments(ProductArguments Product, WindowArguments Windows, int IsTransposed);

/// <summary>Windows in memory.</summary>
/// <param name="Windows">The images.</param>
/// <param name="Target">Offset of the windows, a row for each.</param>
/// <param name="WindowStride">Floats from one window to the next.</param>
/// <param name="Images">How many images.</param>
readonly record struct WindowMoveArguments(WindowArguments Windows, int Target, int WindowStride, int Images);

/// <summary>
/// The axes of rows in another order: <c>Target</c>, contiguous, has <c>Rows</c> rows of <c>RowFloats</c> numbers with up to six axes,
/// those that there are not of size 1. <c>Size1</c> to <c>Size5</c> are all but the first, and <c>Step0</c> to <c>Step5</c> floats of
/// the source along each.
/// </summary>
readonly record struct PermuteArguments(
    int Source, int Target, int Rows, int RowFloats, int Size1, int Size2, int Size3, int Size4, int Size5,
    int Step0, int Step1, int Step2, int Step3, int Step4, int Step5);

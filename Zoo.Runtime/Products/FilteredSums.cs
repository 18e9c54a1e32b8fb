using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Convolutions by minimal filters along both axes, products C = windows·B and images as sums of windows of A·B alike: an output is a sum
/// over r × r neighbours among the numbers read, in each of <c>stride</c>² interleaved images. Outputs of a few sizes of squares are
/// computed together. For each point of their filters there is one dense product, of differences of what is read by sums of taps, and it
/// is added to the outputs that it has a part in. All is a function of the geometry and of what lies in the image: so an image's outputs
/// do not depend on how many images there are, nor on the workers, nor on the width of vectors.
/// </summary>
unsafe ref struct FilteredSums
{
    // Squares whose products are multiplied together, and the longest sums.
    const int MostRows = FilteredInput.MostSquares, DepthPerPass = FilteredInput.MostLength;

    const int ColumnsPerBlock = 64;

    // Columns of the widest micro-kernel.
    const int WidestPanel = 32;

    const int LeftFloats = MostRows * DepthPerPass, PanelFloats = DepthPerPass * ColumnsPerBlock;
    const int SumFloats = Scratch.PackedFloats - LeftFloats - 2 * PanelFloats - DepthPerPass;

    /// <summary>Most columns of B.</summary>
    public const int MostColumns = 1024;

    readonly VectorWidth width;
    readonly WindowGeometry geometry;
    readonly float* b, c, left, panels, turned, sums;
    readonly nint bRow, bColumn, cRow;
    readonly int channels, columns, allColumns, rowsPerPass, taps, windowCount, windowColumns;
    readonly bool isSum;
    readonly FilteredInput input;

    // Ordinals of the first output of each square.
    readonly int* outputs;

    // Outputs that are written.
    int firstRow, endRow;

    // The phase of outputs that are positions.
    int phaseY, phaseX;

    FilteredSums(
        Worker worker, in WindowGeometry geometry, int channels, float* a, nint aRow, float* b, nint bRow, nint bColumn, float* c,
        nint cRow, int columns, bool isSum)
    {
        width = MicroTile.Accelerated(worker.Width);
        (this.geometry, this.channels, this.columns, this.isSum) = (geometry, channels, columns, isSum);
        this.b = b;
        this.c = c;
        (this.bRow, this.bColumn, this.cRow) = (bRow, bColumn, cRow);
        taps = geometry.Kernel / geometry.Stride;
        allColumns = (columns + WidestPanel - 1) / WidestPanel * WidestPanel;
        rowsPerPass = Math.Min(MostRows, SumFloats / allColumns);
        left = Scratch.Packed(worker);
        panels = left + LeftFloats;
        turned = panels + PanelFloats;
        var zeros = turned + PanelFloats;
        sums = zeros + DepthPerPass;
        outputs = Scratch.Table(worker);
        (windowCount, windowColumns) = (geometry.Count, geometry.WindowColumns);
        var table = outputs + MostRows;
        input = isSum
            ? new(a, geometry.WindowRows, windowColumns, channels, aRow, 1, taps - 1, table, zeros)
            : new(a, geometry.Height, geometry.Width, channels, aRow, geometry.Stride, geometry.Padding, table, zeros);
    }

    /// <summary>Rows of the product of windows over images with B.</summary>
    public static void Windows(
        Worker worker, in WindowGeometry geometry, int channels, float* images, nint position, float* b, nint bRow, nint bColumn, float* c,
        nint cRow, int n, int firstRow, int endRow)
    {
        var filtered = new FilteredSums(worker, geometry, channels, images, position, b, bRow, bColumn, c, cRow, n, isSum: false)
        {
            firstRow = firstRow,
            endRow = endRow,
        };
        filtered.Compute(firstRow / geometry.Count, (endRow + geometry.Count - 1) / geometry.Count,
            new(geometry.WindowRows, filtered.taps), new(geometry.WindowColumns, filtered.taps), 0, 0);
    }

    /// <summary>Some images as sums of the windows of A·B.</summary>
    public static void Images(
        Worker worker, in WindowGeometry geometry, int channels, float* a, nint aRow, float* b, nint bRow, nint bColumn, float* images,
        nint position, int k, int first, int last)
    {
        var filtered = new FilteredSums(worker, geometry, k, a, aRow, b, bRow, bColumn, images, position, channels, isSum: true)
        {
            firstRow = first * geometry.Positions,
            endRow = last * geometry.Positions,
        };
        for (filtered.phaseY = 0; filtered.phaseY < geometry.Stride; filtered.phaseY++)
            for (filtered.phaseX = 0; filtered.phaseX < geometry.Stride; filtered.phaseX++)
            {
                var (y, rows) = Outputs(geometry, geometry.Height, filtered.phaseY);
                var (x, columns) = Outputs(geometry, geometry.Width, filtered.phaseX);
                if (rows > 0 && columns > 0)
                    filtered.Compute(first, last, new(rows, filtered.taps), new(columns, filtered.taps), y, x);
            }
    }

    /// <summary>The positions of a phase along an axis: the first one's ordinal by the stride, the border counted, and how many.</summary>
    static (int First, int Count) Outputs(in WindowGeometry geometry, int extent, int phase)
    {
        var first = Math.Max(0, (geometry.Padding - phase + geometry.Stride - 1) / geometry.Stride);
        return (first, (extent - 1 + geometry.Padding - phase) / geometry.Stride - first + 1);
    }

    /// <summary>All outputs of some images, whose first ones have the ordinals <paramref name="y"/> and <paramref name="x"/>.</summary>
    readonly void Compute(int firstImage, int endImage, FilteredAxis rows, FilteredAxis columns, int y, int x)
    {
        for (var sizeY = 0; sizeY < FilteredAxis.Sizes; sizeY++)
            for (var sizeX = 0; sizeX < FilteredAxis.Sizes; sizeX++)
            {
                var (filterY, countY, startY) = rows.Of(sizeY);
                var (filterX, countX, startX) = columns.Of(sizeX);
                var perImage = countY * countX;
                var all = (endImage - firstImage) * perImage;
                for (int square = 0, count; square < all; square += count)
                {
                    count = Math.Min(rowsPerPass, all - square);
                    for (var i = 0; i < count; i++)
                    {
                        var (image, within) = Math.DivRem(square + i, perImage);
                        var (row, column) = Math.DivRem(within, countX);
                        row = y + startY + row * filterY.Outputs;
                        column = x + startX + column * filterX.Outputs;
                        input.Place(i, firstImage + image, row, column, filterY.Points, filterX.Points);
                        outputs[i] = Output(firstImage + image, row, column);
                    }
                    for (var i = 0; i < filterY.Points; i++)
                        for (var j = 0; j < filterX.Points; j++)
                        {
                            Multiply(filterY, i, filterX, j, count);
                            Add(filterY, i, filterX, j, count);
                        }
                }
            }
    }

    /// <summary>The ordinal of an output: of a window, or of a position.</summary>
    readonly int Output(int image, int y, int x) => isSum
        ? image * geometry.Positions + (y * geometry.Stride + phaseY - geometry.Padding) * geometry.Width
            + x * geometry.Stride + phaseX - geometry.Padding
        : image * windowCount + y * windowColumns + x;

    /// <summary>The product of a point, for some squares.</summary>
    readonly void Multiply(MinimalFilter filterY, int pointY, MinimalFilter filterX, int pointX, int rows)
    {
        var all = isSum ? channels : geometry.Stride * geometry.Stride * channels;
        var passes = (all + DepthPerPass - 1) / DepthPerPass;
        var stretch = (all + passes - 1) / passes;
        for (var depth = 0; depth < all; depth += stretch)
        {
            var length = Math.Min(stretch, all - depth);
            input.Read(filterY.Reads(pointY), filterX.Reads(pointX), depth, length, rows, left);
            var panel = new Panel { A = left, ARow = length, AStep = 1, CRow = allColumns, K = length, Accumulate = depth > 0 };
            for (var block = 0; block < columns; block += ColumnsPerBlock)
            {
                var existing = Math.Min(ColumnsPerBlock, columns - block);
                Pack(filterY, pointY, filterX, pointX, depth, length, block, existing);
                MicroTile.RunPanels(width, panel, rows, existing, panels, sums + block);
            }
        }
    }

    /// <summary>A stretch of k of the columns of a point's product: sums of taps.</summary>
    readonly void Pack(
        MinimalFilter filterY, int pointY, MinimalFilter filterX, int pointX, int depth, int length, int block, int existing)
    {
        var rows = stackalloc float*[FilterLoops.MostTerms];
        var signs = stackalloc float[FilterLoops.MostTerms];
        var scale = filterY.Scale(pointY) * filterX.Scale(pointX);
        for (int done = 0, run; done < length; done += run)
        {
            var (phase, channel) = Math.DivRem(depth + done, channels);
            run = Math.Min(channels - channel, length - done);
            var terms = 0;
            for (var i = 0; i < taps; i++)
                for (var j = 0; j < taps; j++)
                {
                    var sign = filterY.Power(taps, pointY, i) * filterX.Power(taps, pointX, j);
                    if (sign == 0) continue;
                    signs[terms] = sign;
                    rows[terms++] = b + Tap(i, j, phase) + channel * bRow + block * bColumn;
                }
            if (bColumn != 1) FilterLoops.Sum(rows, signs, terms, scale, turned, run, bColumn, run, existing);
            for (int column = 0, panelColumns; column < existing; column += panelColumns)
            {
                panelColumns = MicroTile.Columns(width, existing - column);
                var to = panels + length * column + done * panelColumns;
                var some = Math.Min(panelColumns, existing - column);
                if (bColumn != 1)
                {
                    Packing.Copy(turned + column * run, 1, run, run, some, to, panelColumns);
                    continue;
                }
                FilterLoops.Sum(rows, signs, terms, scale, to, some, bRow, panelColumns, run);
                for (var term = 0; term < terms; term++) rows[term] += panelColumns;
            }
        }
    }

    /// <summary>Where a tap of a phase lies in B. Of sums of windows a position meets the last tap first.</summary>
    readonly nint Tap(int i, int j, int phase)
    {
        if (isSum)
        {
            var (lastY, lastX) = (phaseY + geometry.Stride * (taps - 1 - i), phaseX + geometry.Stride * (taps - 1 - j));
            return (nint)(lastY * geometry.Kernel + lastX) * columns * bColumn;
        }
        var (y, x) = (phase / geometry.Stride + geometry.Stride * i, phase % geometry.Stride + geometry.Stride * j);
        return (nint)(y * geometry.Kernel + x) * channels * bRow;
    }

    /// <summary>A point's product to the outputs that it has a part in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly void Add(MinimalFilter filterY, int pointY, MinimalFilter filterX, int pointX, int rows)
    {
        var (stepY, stepX) = isSum ? (geometry.Stride * geometry.Width, geometry.Stride) : (windowColumns, 1);
        for (var i = 0; i < filterY.Outputs; i++)
            for (var j = 0; j < filterX.Outputs; j++)
            {
                var sign = filterY.Power(filterY.Outputs, pointY, i) * filterX.Power(filterX.Outputs, pointX, j);
                if (sign == 0) continue;
                var isFirst = pointY == filterY.FirstPoint(filterY.Outputs, i) && pointX == filterX.FirstPoint(filterX.Outputs, j);
                var sum = sums;
                for (var row = 0; row < rows; row++, sum += allColumns)
                {
                    var output = outputs[row] + i * stepY + j * stepX;
                    // The others are another worker's.
                    if (output < firstRow || output >= endRow) continue;
                    var to = c + output * cRow;
                    if (isFirst) FilterLoops.Copy(sum, to, columns);
                    else FilterLoops.Add(to, sum, sign, to, columns);
                }
            }
    }
}

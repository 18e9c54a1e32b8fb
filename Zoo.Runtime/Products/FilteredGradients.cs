namespace Zoo.Runtime;

/// <summary>
/// The product of windows, transposed, with B, which is how a convolution's weight learns, by minimal filters along both axes: for each
/// point of their squares, and each phase of the images, one dense product over all squares of all images, of differences of what is read
/// by sums of what each square has of B. It is added to the taps that it has a part in.
/// </summary>
unsafe ref struct FilteredGradients
{
    // Squares of a stretch of the sums, and the channels and columns of B whose sums are kept for all phases.
    const int DepthPerPass = 128, ChannelsPerPass = 64, ColumnsPerPass = 128;

    /// <summary>Most phases.</summary>
    public const int MostPhases = 4;

    readonly VectorWidth width;
    readonly WindowGeometry geometry;
    readonly float* b, c, left, right, panels, sums;
    readonly nint bRow, cRow;
    readonly int channels, count, taps, windowCount, windowRows, windowColumns;
    readonly FilteredInput input;

    // Ordinals of the first window of each square.
    readonly int* first;
    int firstPhase, endPhase;

    public FilteredGradients(
        Worker worker, in WindowGeometry geometry, int channels, float* images, nint position, float* b, nint bRow, float* c, nint cRow,
        int count)
    {
        width = MicroTile.Accelerated(worker.Width);
        (this.geometry, this.channels, this.count) = (geometry, channels, count);
        this.b = b;
        this.c = c;
        (this.bRow, this.cRow) = (bRow, cRow);
        taps = geometry.Kernel / geometry.Stride;
        left = Scratch.Packed(worker);
        right = left + DepthPerPass * ChannelsPerPass;
        panels = right + DepthPerPass * ColumnsPerPass;
        sums = panels + DepthPerPass * ColumnsPerPass;
        first = Scratch.Table(worker);
        (windowCount, windowRows, windowColumns) = (geometry.Count, geometry.WindowRows, geometry.WindowColumns);
        input = new(images, geometry.Height, geometry.Width, channels, position, geometry.Stride, geometry.Padding, first + DepthPerPass,
            sums + MostPhases * ChannelsPerPass * ColumnsPerPass);
    }

    /// <summary>The sums of the taps of some phases and channels, for some columns of B.</summary>
    public void Compute(int firstPhase, int endPhase, int firstChannel, int endChannel, int firstColumn, int endColumn)
    {
        (this.firstPhase, this.endPhase) = (firstPhase, endPhase);
        for (var channel = firstChannel; channel < endChannel; channel += ChannelsPerPass)
            for (var column = firstColumn; column < endColumn; column += ColumnsPerPass)
                Sum(channel, Math.Min(ChannelsPerPass, endChannel - channel), column, Math.Min(ColumnsPerPass, endColumn - column));
    }

    readonly void Sum(int channel, int rows, int column, int columns)
    {
        FilteredAxis alongY = new(windowRows, taps), alongX = new(windowColumns, taps);
        var panel = new Panel { A = left, ARow = 1, AStep = rows, CRow = ColumnsPerPass };
        var isFirst = true;
        for (var sizeY = 0; sizeY < FilteredAxis.Sizes; sizeY++)
            for (var sizeX = 0; sizeX < FilteredAxis.Sizes; sizeX++)
            {
                var (filterY, countY, startY) = alongY.Of(sizeY);
                var (filterX, countX, startX) = alongX.Of(sizeX);
                var perImage = countY * countX;
                if (perImage == 0) continue;
                for (var i = 0; i < filterY.Points; i++)
                    for (var j = 0; j < filterX.Points; j++)
                    {
                        for (var square = 0; square < count * perImage; square += DepthPerPass)
                        {
                            var length = Math.Min(DepthPerPass, count * perImage - square);
                            for (var s = 0; s < length; s++)
                            {
                                var (image, within) = Math.DivRem(square + s, perImage);
                                var (y, x) = Math.DivRem(within, countX);
                                (y, x) = (startY + y * filterY.Outputs, startX + x * filterX.Outputs);
                                input.Place(s, image, y, x, filterY.Points, filterX.Points);
                                first[s] = image * windowCount + y * windowColumns + x;
                            }
                            Pack(filterY, i, filterX, j, length, column, columns);
                            for (var phase = firstPhase; phase < endPhase; phase++)
                            {
                                input.Read(filterY.Reads(i), filterX.Reads(j), phase * channels + channel, rows, length, left);
                                panel.K = length;
                                panel.Accumulate = square > 0;
                                MicroTile.RunPanels(width, panel, rows, columns, panels, SumsOf(phase));
                            }
                        }
                        for (var phase = firstPhase; phase < endPhase; phase++)
                            Add(filterY, i, filterX, j, phase, channel, rows, column, columns, isFirst);
                    }
                isFirst = false;
            }
    }

    /// <summary>A point's sums of what squares have of B, as panels.</summary>
    readonly void Pack(MinimalFilter filterY, int pointY, MinimalFilter filterX, int pointX, int length, int column, int columns)
    {
        var rows = stackalloc float*[FilterLoops.MostTerms];
        var signs = stackalloc float[FilterLoops.MostTerms];
        var places = stackalloc int[FilterLoops.MostTerms];
        var terms = 0;
        for (var i = 0; i < filterY.Outputs; i++)
            for (var j = 0; j < filterX.Outputs; j++)
            {
                var sign = filterY.Power(filterY.Outputs, pointY, i) * filterX.Power(filterX.Outputs, pointX, j);
                if (sign == 0) continue;
                signs[terms] = sign;
                places[terms++] = i * windowColumns + j;
            }
        var scale = filterY.Scale(pointY) * filterX.Scale(pointX);
        for (var s = 0; s < length; s++)
        {
            for (var term = 0; term < terms; term++) rows[term] = b + (first[s] + places[term]) * bRow + column;
            FilterLoops.Sum(rows, signs, terms, scale, right + s * columns, columns, 0, 0, 1);
        }
        for (int from = 0, panelColumns; from < columns; from += panelColumns)
        {
            panelColumns = MicroTile.Columns(width, columns - from);
            Packing.Copy(right + from, columns, 1, length, Math.Min(panelColumns, columns - from), panels + length * from, panelColumns);
        }
    }

    /// <summary>A row of sums for each channel.</summary>
    readonly float* SumsOf(int phase) => sums + phase * ChannelsPerPass * ColumnsPerPass;

    /// <summary>A point's sums to the taps that it has a part in.</summary>
    readonly void Add(
        MinimalFilter filterY, int pointY, MinimalFilter filterX, int pointX, int phase, int channel, int rows, int column, int columns,
        bool isFirstSize)
    {
        for (var i = 0; i < taps; i++)
            for (var j = 0; j < taps; j++)
            {
                var sign = filterY.Power(taps, pointY, i) * filterX.Power(taps, pointX, j);
                if (sign == 0) continue;
                var isFirst = isFirstSize && pointY == filterY.FirstPoint(taps, i) && pointX == filterX.FirstPoint(taps, j);
                var (y, x) = (phase / geometry.Stride + geometry.Stride * i, phase % geometry.Stride + geometry.Stride * j);
                for (var row = 0; row < rows; row++)
                {
                    var to = c + ((nint)(y * geometry.Kernel + x) * channels + channel + row) * cRow + column;
                    var sum = SumsOf(phase) + row * ColumnsPerPass;
                    if (isFirst) FilterLoops.Copy(sum, to, columns);
                    else FilterLoops.Add(to, sum, sign, to, columns);
                }
            }
    }
}

namespace Zoo.Runtime;

/// <summary>
/// Images as sums of the windows of a product A·B, position by position: positions whose ordinals leave the same rest by the stride have
/// the same taps, so their sums are a dense product of their own, of windows of A over a smaller kernel. Nothing is added up in memory,
/// and no zero is multiplied but those around A.
/// </summary>
unsafe struct SubKernels
{
    /// <summary>Channels from which vectors of them are worth it; a few are cheaper to add up window by window.</summary>
    public const int FewestChannels = 8;

    const int ColumnsPerBlock = 64;
    const int DepthPerPass = 256;
    const int MostRows = 1024;

    // Columns of the widest micro-kernel.
    const int WidestPanel = 32;

    readonly VectorWidth width;
    readonly WindowGeometry geometry;
    readonly float* b, images, packed, edge;
    readonly nint bRow, bColumn, position;
    readonly int channels, k, low, count, allColumns;

    // Whether all of B is packed at once, for all tiles of this worker.
    readonly bool holdsAll;

    // Where numbers of a window of A lie, and rows of A and of C.
    readonly int* offsets, rowsOfA, rowsOfC;
    PaddedImages windows;
    StretchesAhead ahead;
    bool isPacked;

    public SubKernels(
        Worker worker, VectorWidth width, float* a, nint aRow, float* b, nint bRow, nint bColumn, float* images, nint position,
        in WindowGeometry geometry, int channels, int count, int k)
    {
        this.width = width;
        this.b = b;
        this.images = images;
        packed = Scratch.Packed(worker);
        edge = Scratch.Edge(worker);
        offsets = Scratch.Table(worker);
        rowsOfA = offsets + DepthPerPass;
        rowsOfC = rowsOfA + MostRows;
        (this.bRow, this.bColumn, this.position, this.geometry) = (bRow, bColumn, position, geometry);
        (this.channels, this.count, this.k) = (channels, count, k);
        // The columns of all panels side by side, of which the last may be wider than what is left.
        allColumns = (channels + WidestPanel - 1) / WidestPanel * WidestPanel;
        // Of a position before the first window, or behind the last one, taps lie on windows that do not exist.
        low = Math.Max(0, (geometry.Dilation * (geometry.Kernel - 1) - geometry.Padding) / geometry.Stride);
        var below = Math.Max(0, (geometry.Height - 1 + geometry.Padding) / geometry.Stride - (geometry.WindowRows - 1));
        var right = Math.Max(0, (geometry.Width - 1 + geometry.Padding) / geometry.Stride - (geometry.WindowColumns - 1));
        windows = new(a, geometry.WindowRows, geometry.WindowColumns, k, aRow, low, below, right, Scratch.Images(worker),
            Scratch.ImageFloats);
        holdsAll = (long)geometry.Taps * k * allColumns <= Scratch.PackedFloats;
        ahead = new(packed);
    }

    /// <summary>Whether this way is open: it needs vectors of channels, and room for an image of windows.</summary>
    public readonly bool IsOpen => channels >= FewestChannels && windows.Most > 0;

    /// <summary>Computes some images, those of a tile.</summary>
    public void Compute(int first, int last)
    {
        for (var from = first; from < last;)
        {
            var to = (int)Math.Min(last, (long)from + windows.Most);
            windows.Bring(from, to);
            ahead.Ask(windows.Next, (Math.Min(count, to + to - from) - to) * windows.Floats);
            var panel = packed;
            for (var y = 0; y < geometry.Stride; y++)
                for (var x = 0; x < geometry.Stride; x++)
                {
                    var taps = new Taps(geometry, y, x);
                    Compute(from, to, taps, panel);
                    if (holdsAll) panel += (nint)taps.Count * k * allColumns;
                }
            isPacked = holdsAll;
            from = to;
        }
    }

    /// <summary>The positions of some images that have these taps.</summary>
    void Compute(int from, int to, in Taps taps, float* panel)
    {
        var (image, y, x) = (from, taps.Y, taps.X);
        var (nextOfA, nextOfC) = (windows.Offset(0, 1), geometry.Stride * (int)position);
        while (image < to && y < geometry.Height && x < geometry.Width)
        {
            var rows = 0;
            // In one sweep from where the last one ended: the sums of so many rows are multiplied with each panel.
            while (image < to && rows < MostRows)
            {
                var a = (int)(windows.At(image) - windows.At(from)) + windows.Offset(y / geometry.Stride, x / geometry.Stride);
                var c = (int)((((image - from) * (nint)geometry.Height + y) * geometry.Width + x) * position);
                for (; x < geometry.Width && rows < MostRows; x += geometry.Stride, rows++)
                {
                    (rowsOfA[rows], rowsOfC[rows]) = (a, c);
                    a += nextOfA;
                    c += nextOfC;
                }
                if (x < geometry.Width) continue;
                x = taps.X;
                if ((y += geometry.Stride) < geometry.Height) continue;
                y = taps.Y;
                image++;
            }
            Multiply(windows.At(from), images + from * (nint)geometry.Positions * position, rows, taps, panel);
        }
    }

    void Multiply(float* a, float* c, int rows, in Taps taps, float* panels)
    {
        var length = taps.Count * k;
        float** fromA = stackalloc float*[TableKernel.MostRows], toC = stackalloc float*[TableKernel.MostRows];
        var panel = new TablePanel { A = fromA, C = toC, Offsets = offsets };
        for (var block = 0; block < channels; block += ColumnsPerBlock)
        {
            var columns = Math.Min(ColumnsPerBlock, channels - block);
            var depth = 0;
            do
            {
                panel.K = Math.Min(DepthPerPass, length - depth);
                panel.Accumulate = depth > 0;
                Locate(taps, depth, panel.K);
                for (int column = 0, panelColumns; column < columns; column += panelColumns)
                {
                    panelColumns = TableKernel.Columns(width, columns - column);
                    var existing = Math.Min(panelColumns, columns - column);
                    var right = holdsAll ? panels + (nint)length * (block + column) + depth * panelColumns : packed;
                    if (!isPacked) Pack(taps, depth, panel.K, block + column, existing, right, panelColumns);
                    for (int row = 0, count; row < rows; row += count)
                    {
                        count = Math.Min(TableKernel.Rows(panelColumns), rows - row);
                        for (var i = 0; i < count; i++)
                        {
                            fromA[i] = a + rowsOfA[row + i];
                            toC[i] = c + rowsOfC[row + i] + block + column;
                        }
                        panel.Ahead = ahead.Deal(panel.K);
                        TableKernel.Run(panel, count, panelColumns, existing, right, edge);
                    }
                }
                depth += panel.K;
            }
            while (depth < length);
        }
    }

    /// <summary>Where a stretch of a window's numbers lies from the window of its position.</summary>
    readonly void Locate(in Taps taps, int depth, int length)
    {
        for (var i = 0; i < length;)
        {
            var (tap, number) = Math.DivRem(depth + i, k);
            var (y, x) = taps.Window(tap);
            var offset = windows.Offset(y + low, x + low);
            for (; number < k && i < length; number++) offsets[i++] = offset + number;
        }
    }

    /// <summary>The same stretch of B: for each tap, the columns of its channels.</summary>
    readonly void Pack(in Taps taps, int depth, int length, int channel, int columns, float* to, int panelColumns)
    {
        for (var i = 0; i < length;)
        {
            var (tap, number) = Math.DivRem(depth + i, k);
            var run = Math.Min(k - number, length - i);
            Packing.Copy(b + number * bRow + (taps.Ordinal(tap) * channels + channel) * bColumn, bRow, bColumn, run, columns,
                to + i * panelColumns, panelColumns);
            i += run;
        }
    }

    /// <summary>The taps that lie on positions whose ordinals leave these rests by the stride.</summary>
    readonly struct Taps
    {
        readonly WindowGeometry geometry;
        readonly int firstY, firstX, apart, countX;

        public Taps(in WindowGeometry geometry, int y, int x)
        {
            (this.geometry, Y, X) = (geometry, y, x);
            // Taps i with i·dilation ≡ y + padding (modulo the stride) come again after so many.
            apart = geometry.Stride / GreatestCommonDivisor(geometry.Stride, geometry.Dilation);
            (firstY, var countY) = Of(y);
            (firstX, countX) = Of(x);
            Count = countY * countX;
        }

        public int Y { get; }

        public int X { get; }

        public int Count { get; }

        /// <summary>A tap's ordinal in the window.</summary>
        public int Ordinal(int tap) => (firstY + tap / countX * apart) * geometry.Kernel + firstX + tap % countX * apart;

        /// <summary>The window that a tap belongs to, from the one whose ordinal is the position's by the stride.</summary>
        public (int Y, int X) Window(int tap) => (
            (Y + geometry.Padding - (firstY + tap / countX * apart) * geometry.Dilation) / geometry.Stride,
            (X + geometry.Padding - (firstX + tap % countX * apart) * geometry.Dilation) / geometry.Stride);

        (int First, int Count) Of(int rest)
        {
            for (var i = 0; i < Math.Min(apart, geometry.Kernel); i++)
                if ((rest + geometry.Padding - i * geometry.Dilation) % geometry.Stride == 0)
                    return (i, (geometry.Kernel - i + apart - 1) / apart);
            return (0, 0);
        }

        static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
    }
}

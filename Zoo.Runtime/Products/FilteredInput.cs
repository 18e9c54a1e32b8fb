using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// What squares of outputs read by minimal filters: numbers of some channels at places of interleaved images, or their differences. The
/// places are those of the phases side by side, so that all phases of a row of positions are one run of numbers where channels lie close.
/// </summary>
unsafe readonly struct FilteredInput
{
    /// <summary>Most squares at a time.</summary>
    public const int MostSquares = 128;

    /// <summary>Most numbers of a square that are read at a time.</summary>
    public const int MostLength = 256;

    readonly float* images, zeros;
    readonly int height, width, phases, border, channels;
    readonly nint position;
    readonly Square* squares;

    /// <param name="images">The first image, a row of channels for each position.</param>
    /// <param name="height">Rows of positions.</param>
    /// <param name="width">Positions of a row.</param>
    /// <param name="channels">Numbers of a position.</param>
    /// <param name="position">Floats from one position to the next.</param>
    /// <param name="phases">Positions from one that is read to the next, along each axis.</param>
    /// <param name="border">Positions before the image that the first square reads: zeros.</param>
    /// <param name="table">Room for what is known of squares.</param>
    /// <param name="zeros">As many zeros as are read of a position.</param>
    public FilteredInput(
        float* images, int height, int width, int channels, nint position, int phases, int border, int* table, float* zeros)
    {
        this.images = images;
        this.zeros = zeros;
        squares = (Square*)table;
        (this.height, this.width, this.channels, this.position, this.phases) = (height, width, channels, position, phases);
        this.border = border;
        new Span<float>(zeros, MostLength).Clear();
    }

    /// <summary>Notes a square.</summary>
    /// <param name="square">Its place in the table.</param>
    /// <param name="image">Its image.</param>
    /// <param name="y">Its first output's ordinal along the columns.</param>
    /// <param name="x">Its first output's ordinal along the rows.</param>
    /// <param name="pointsY">Ordinals that it reads along the columns.</param>
    /// <param name="pointsX">Ordinals that it reads along the rows.</param>
    public void Place(int square, int image, int y, int x, int pointsY, int pointsX)
    {
        var (row, column) = (y * phases - border, x * phases - border);
        squares[square] = new()
        {
            From = (((nint)image * height + row) * width + column) * position,
            Rows = Inside(row, pointsY * phases, height),
            Columns = Inside(column, pointsX * phases, width),
        };
    }

    static int Inside(int first, int count, int extent)
    {
        var bits = 0;
        for (var i = 0; i < count; i++)
            if ((uint)(first + i) < (uint)extent) bits |= 1 << i;
        return bits;
    }

    /// <summary>What some squares read for a point.</summary>
    /// <param name="alongY">The ordinals of a square that are read along the columns, see <see cref="MinimalFilter.Reads"/>.</param>
    /// <param name="alongX">Those along the rows.</param>
    /// <param name="first">Ordinal of the first number over phases and channels.</param>
    /// <param name="length">Numbers of a square.</param>
    /// <param name="count">Squares.</param>
    /// <param name="to">A row for each square.</param>
    public void Read(
        (int First, int Second, int Sign) alongY, (int First, int Second, int Sign) alongX, int first, int length, int count, float* to)
    {
        for (int done = 0, run; done < length; done += run)
        {
            var (phase, channel) = Math.DivRem(first + done, channels);
            var (phaseY, phaseX) = Math.DivRem(phase, phases);
            var side = channel == 0 && phaseX == 0 && position == channels && length - done >= phases * channels ? phases : 1;
            run = side > 1 ? phases * channels : Math.Min(channels - channel, length - done);
            Read(
                new(alongY.First * phases + phaseY, alongY.Second * phases + phaseY, alongY.Sign),
                new(alongX.First * phases + phaseX, alongX.Second * phases + phaseX, alongX.Sign), side, channel, run, count, to + done,
                length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Read(Places y, Places x, int side, int channel, int run, int count, float* to, nint toRow)
    {
        nint line = width * position;
        nint firstY = y.First * line, secondY = y.Second * line, firstX = x.First * position, secondX = x.Second * position;
        var bits = (1 << side) - 1;
        int wantedRows = 1 << y.First | 1 << y.Second, wantedColumns = bits << x.First | bits << x.Second;
        for (var square = squares; count > 0; count--, square++, to += toRow)
        {
            var from = images + square->From + channel;
            if ((square->Rows & wantedRows) == wantedRows && (square->Columns & wantedColumns) == wantedColumns)
            {
                FilterLoops.Differences(
                    from + firstY + firstX, from + firstY + secondX, from + secondY + firstX, from + secondY + secondX, x.Sign, y.Sign,
                    to, run);
                continue;
            }
            var (rows, columns) = (square->Rows, square->Columns);
            bool hasFirstY = (rows >> y.First & 1) != 0, hasSecondY = (rows >> y.Second & 1) != 0;
            var length = run / side;
            for (var i = 0; i < side; i++)
            {
                bool hasFirstX = (columns >> x.First + i & 1) != 0, hasSecondX = (columns >> x.Second + i & 1) != 0;
                var at = from + i * position;
                FilterLoops.Differences(
                    hasFirstY & hasFirstX ? at + firstY + firstX : zeros, hasFirstY & hasSecondX ? at + firstY + secondX : zeros,
                    hasSecondY & hasFirstX ? at + secondY + firstX : zeros, hasSecondY & hasSecondX ? at + secondY + secondX : zeros,
                    x.Sign, y.Sign, to + i * length, length);
            }
        }
    }

    /// <summary>Two places of a square along an axis, phases counted, and the sign of the second; 0 where it is the first.</summary>
    readonly record struct Places(int First, int Second, int Sign);

    /// <summary>Where a square's first position lies, and which of its rows and columns are inside the image.</summary>
    struct Square
    {
        public nint From;
        public int Rows, Columns;
    }
}

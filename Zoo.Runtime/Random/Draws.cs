using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Fills matrices with random numbers. An element is a function of key, step, iteration, global row and column alone (see
/// <see cref="Philox"/>):
/// the same bits at every vector width, on any number of threads, and however the rows are spread over machines. A large draw is shared
/// over
/// the workers by rows, a small one is left to worker 0; either way the caller places the barrier.
/// </summary>
public static unsafe class Draws
{
    // Below this many elements, waiting for other threads costs more than they save.
    const long SharedFrom = 4096;

    // Blocks computed at a time, whatever the vector width: so many that vector loads do not wait for the scalar stores of their counters.
    const int Batch = 64;

    /// <summary>Standard normal numbers.</summary>
    /// <param name="worker">The calling thread's place in its team.</param>
    /// <param name="destination">First element of row 0.</param>
    /// <param name="rows">Rows to fill.</param>
    /// <param name="columns">Elements of a row; those between them and the next row are left alone.</param>
    /// <param name="rowStride">Distance of rows in floats.</param>
    /// <param name="key">From <see cref="Philox.DrawKey"/>.</param>
    /// <param name="step">Training step, below 2⁴⁸.</param>
    /// <param name="iteration">Ordinal of the repetition within the step, below 2¹⁶.</param>
    /// <param name="firstRow">Global row of row 0; all rows below 2³².</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate does not fit the counter.</exception>
    public static void Normal(
        Worker worker, Floats destination, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow) =>
        Fill<NormalDraw>(worker, destination, rows, columns, rowStride, key, step, iteration, firstRow);

    /// <summary>Uniform numbers in [0, 1), multiples of 2⁻²⁴. Parameters as of <see cref="Normal"/>.</summary>
    public static void Uniform(
        Worker worker, Floats destination, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow) =>
        Fill<UniformDraw>(worker, destination, rows, columns, rowStride, key, step, iteration, firstRow);

    /// <summary>Rows with a single 1 in a class drawn uniformly, and zeros elsewhere. Parameters as of <see cref="Normal"/>.</summary>
    public static void OneHot(
        Worker worker, Floats destination, int rows, int classes, int rowStride, ulong key, long step, int iteration, long firstRow)
    {
        Philox.StepWords(step, iteration, firstRow, rows);
        var (from, to) = Rows(worker, rows, classes);
        for (var row = from; row < to; row++)
        {
            destination.Clear(row * rowStride, classes);
            destination.At(row * rowStride)[Philox.Class(key, step, iteration, firstRow + row, classes)] = 1;
        }
    }

    static (int From, int To) Rows(Worker worker, int rows, int columns) =>
        (long)rows * columns > SharedFrom ? worker.Share(rows) : worker.Index == 0 ? (0, rows) : (0, 0);

    static void Fill<TDraw>(
        Worker worker, Floats destination, int rows, int columns, int rowStride, ulong key, long step, int iteration, long firstRow)
        where TDraw : struct, IDraw
    {
        var (word2, word3) = Philox.StepWords(step, iteration, firstRow, rows);
        var (from, to) = Rows(worker, rows, columns);
        if (from == to || columns <= 0) return;
        switch (worker.Width)
        {
            case VectorWidth.Bits512:
                Loop<TDraw, Lanes16>(destination, from, to, columns, rowStride, key, word2, word3, (uint)firstRow); break;
            case VectorWidth.Bits256:
                Loop<TDraw, Lanes8>(destination, from, to, columns, rowStride, key, word2, word3, (uint)firstRow); break;
            case VectorWidth.Bits128:
                Loop<TDraw, Lanes4>(destination, from, to, columns, rowStride, key, word2, word3, (uint)firstRow); break;
            default: Loop<TDraw, Lanes1>(destination, from, to, columns, rowStride, key, word2, word3, (uint)firstRow); break;
        }
    }

    // Lanes are filled across the ends of rows, because rows of a code are shorter than a vector of blocks.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Loop<TDraw, V>(
        Floats destination, int from, int to, int columns, int rowStride, ulong key, uint word2, uint word3, uint firstRow)
        where TDraw : struct, IDraw where V : struct, IVector<V>
    {
        var counters = stackalloc uint[2 * Batch];
        var offsets = stackalloc int[Batch];
        var values = stackalloc float[4 * Batch];
        new Span<uint>(counters, 2 * Batch).Clear();
        var blocksPerRow = (columns + 3) / 4;
        var (row, block) = (from, 0);
        while (row < to)
        {
            var filled = 0;
            for (; filled < Batch && row < to; filled++)
            {
                (counters[filled], counters[Batch + filled]) = ((uint)block, unchecked(firstRow + (uint)row));
                offsets[filled] = row * rowStride + 4 * block;
                if (++block == blocksPerRow) (row, block) = (row + 1, 0);
            }
            for (var i = 0; i < filled; i += V.Count)
            {
                var (w0, w1, w2, w3) = Philox.Blocks(
                    V.Load(new((float*)counters), i), V.Load(new((float*)counters), Batch + i), V.BroadcastBits(word2),
                    V.BroadcastBits(word3), key);
                var (a, b, c, d) = TDraw.From(w0, w1, w2, w3);
                a.Store(new(values), i);
                b.Store(new(values), Batch + i);
                c.Store(new(values), 2 * Batch + i);
                d.Store(new(values), 3 * Batch + i);
            }
            for (var i = 0; i < filled; i++)
            {
                var target = destination.Address + offsets[i];
                var width = columns - 4 * (int)counters[i];
                target[0] = values[i];
                if (width > 1) target[1] = values[Batch + i];
                if (width > 2) target[2] = values[2 * Batch + i];
                if (width > 3) target[3] = values[3 * Batch + i];
            }
        }
    }
}

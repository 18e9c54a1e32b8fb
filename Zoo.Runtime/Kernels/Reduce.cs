using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Reductions of one axis. Every number of the result is formed by one thread, in an order that depends on shapes and the vector width
/// only:
/// the same bits on any number of threads. A small one is left to worker 0; there is no barrier inside.
/// </summary>
public static unsafe class Reduce
{
    const long SharedFrom = 16384;

    // Columns of one work item: wide enough to stream, narrow enough that there is something to share.
    const int ColumnsPerBlock = 128;

    // Partial sums of so many rows are added up, so that the rounding error of a long column grows with its square root at most.
    const int RowsPerPartial = 32;

    /// <summary>destination[o, i] = Σₘ source[o, m, i], both contiguous.</summary>
    /// <param name="worker">The calling thread's place in its team.</param>
    /// <param name="source">outer × middle × inner numbers.</param>
    /// <param name="destination">outer × inner numbers.</param>
    /// <param name="outer">Axes before the reduced one.</param>
    /// <param name="middle">The reduced axis, at least 1.</param>
    /// <param name="inner">Axes after the reduced one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative, or <paramref name="middle"/> is 0.</exception>
    public static void Sum(Worker worker, Floats source, Floats destination, int outer, int middle, int inner) =>
        Run<Addition>(worker, source, destination, outer, middle, inner);

    /// <summary>
    /// destination[o, i] = maxₘ source[o, m, i], both contiguous; NaN where any is NaN. Parameters as of <see cref="Sum"/>.
    /// </summary>
    public static void Max(Worker worker, Floats source, Floats destination, int outer, int middle, int inner) =>
        Run<Maximum>(worker, source, destination, outer, middle, inner);

    static void Run<TFold>(Worker worker, Floats source, Floats destination, int outer, int middle, int inner) where TFold : struct, IFold
    {
        if (outer < 0 || middle < 1 || inner < 0)
            throw new ArgumentOutOfRangeException(
                nameof(middle), middle,
                $"a reduction needs middle of at least 1, the others of at least 0, got {outer} × {middle} × {inner}");
        var blocksPerOuter = (inner + ColumnsPerBlock - 1) / ColumnsPerBlock;
        var items = outer * blocksPerOuter;
        var shared = (long)outer * middle * inner > SharedFrom;
        if (!shared && worker.Index != 0) return;
        var (from, to) = shared ? worker.Share(items) : (0, items);
        if (inner == 1)
        {
            switch (worker.Width)
            {
                case VectorWidth.Bits512: Rows<TFold, Lanes16>(source, destination, from, to, middle); break;
                case VectorWidth.Bits256: Rows<TFold, Lanes8>(source, destination, from, to, middle); break;
                case VectorWidth.Bits128: Rows<TFold, Lanes4>(source, destination, from, to, middle); break;
                default: Rows<TFold, Lanes1>(source, destination, from, to, middle); break;
            }
            return;
        }
        for (var item = from; item < to; item++)
        {
            var (o, column) = (item / blocksPerOuter, item % blocksPerOuter * ColumnsPerBlock);
            var block = source.Address + (long)o * middle * inner + column;
            var result = destination.Address + (long)o * inner + column;
            var columns = Math.Min(ColumnsPerBlock, inner - column);
            // Columns do not mix, so what is left of a block runs at a narrower width without a change of bits.
            var done = 0;
            if (worker.Width >= VectorWidth.Bits512) done = Columns<TFold, Lanes16>(block, result, done, columns, middle, inner);
            if (worker.Width >= VectorWidth.Bits256) done = Columns<TFold, Lanes8>(block, result, done, columns, middle, inner);
            if (worker.Width >= VectorWidth.Bits128) done = Columns<TFold, Lanes4>(block, result, done, columns, middle, inner);
            Columns<TFold, Lanes1>(block, result, done, columns, middle, inner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Columns<TFold, V>(float* source, float* destination, int from, int columns, int middle, int inner)
        where TFold : struct, IFold where V : struct, IVector<V>
    {
        for (; from + V.Count <= columns; from += V.Count)
        {
            var total = default(V);
            for (var start = 0; start < middle; start += RowsPerPartial)
            {
                var end = Math.Min(start + RowsPerPartial, middle);
                var p = source + (long)start * inner + from;
                var partial = V.Load(new(p), 0);
                for (var m = start + 1; m < end; m++) partial = TFold.Combine(partial, V.Load(new(p += inner), 0));
                total = start == 0 ? partial : TFold.Combine(total, partial);
            }
            total.Store(new(destination), from);
        }
        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Rows<TFold, V>(Floats source, Floats destination, int from, int to, int middle)
        where TFold : struct, IFold where V : struct, IVector<V>
    {
        var lanes = stackalloc float[16];
        for (var row = from; row < to; row++)
        {
            var p = new Floats(source.Address + (long)row * middle);
            var m = 0;
            var folded = default(Lanes1);
            if (middle >= V.Count)
            {
                var s0 = V.Load(p, 0);
                m = V.Count;
                if (middle >= 4 * V.Count)
                {
                    var (s1, s2, s3) = (V.Load(p, V.Count), V.Load(p, 2 * V.Count), V.Load(p, 3 * V.Count));
                    for (m = 4 * V.Count; m + 4 * V.Count <= middle; m += 4 * V.Count)
                    {
                        s0 = TFold.Combine(s0, V.Load(p, m));
                        s1 = TFold.Combine(s1, V.Load(p, m + V.Count));
                        s2 = TFold.Combine(s2, V.Load(p, m + 2 * V.Count));
                        s3 = TFold.Combine(s3, V.Load(p, m + 3 * V.Count));
                    }
                    s0 = TFold.Combine(TFold.Combine(s0, s1), TFold.Combine(s2, s3));
                }
                for (; m + V.Count <= middle; m += V.Count) s0 = TFold.Combine(s0, V.Load(p, m));
                s0.Store(new(lanes), 0);
                for (var half = V.Count / 2; half > 0; half /= 2)
                    for (var i = 0; i < half; i++)
                        lanes[i] = Lanes1.Sum(TFold.Combine(Lanes1.Broadcast(lanes[i]), Lanes1.Broadcast(lanes[i + half])));
                folded = Lanes1.Broadcast(lanes[0]);
            }
            else
            {
                folded = Lanes1.Load(p, 0);
                m = 1;
            }
            for (; m < middle; m++) folded = TFold.Combine(folded, Lanes1.Load(p, m));
            folded.Store(destination, row);
        }
    }
}

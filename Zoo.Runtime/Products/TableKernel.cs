using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// What a micro-kernel of windows reads and writes: rows of A and of C start anywhere, and a table says where each k lies in a row of A.
/// </summary>
unsafe struct TablePanel
{
    /// <summary>Where each row of A starts; <see cref="TableKernel.MostRows"/> addresses, those beyond the last row repeat it.</summary>
    public float** A;

    /// <summary>Where each k lies from there, in floats.</summary>
    public int* Offsets;

    /// <summary>Where each row of C starts, as <see cref="A"/>.</summary>
    public float** C;

    /// <summary>Length of the sums.</summary>
    public int K;

    /// <summary>What is asked for from memory meanwhile; see <see cref="StretchesAhead"/>.</summary>
    public float* Ahead;

    /// <summary>Whether the sums start from what C holds; else from zero.</summary>
    public bool Accumulate;
}

/// <summary>
/// The micro-kernels of windows over images: what <see cref="MicroTile"/> is for rows that lie side by side. No window is copied together:
/// where its numbers lie from its first one is the same for every window, and one load for that beside eight broadcasts and sixteen
/// multiply-adds costs nothing.
/// </summary>
static unsafe class TableKernel
{
    /// <summary>The tallest kernel.</summary>
    public const int MostRows = 8;

    /// <summary>Columns of the next kernel, which are those of its packed panel of B.</summary>
    public static int Columns(VectorWidth width, int left) => width switch
    {
        VectorWidth.Bits512 when left > 16 => 32,
        VectorWidth.Bits512 or VectorWidth.Bits256 => 16,
        VectorWidth.Bits128 => 8,
        _ => 2,
    };

    /// <summary>Rows of a kernel of so many columns.</summary>
    public static int Rows(int columns) => columns switch { 32 => MostRows, 16 => 6, _ => 4 };

    /// <summary>Runs the kernel of so many columns, of which <paramref name="existing"/> exist in C.</summary>
    /// <param name="panel">A, C, and the length of the sums.</param>
    /// <param name="rows">Rows that exist, at least 1.</param>
    /// <param name="columns">The kernel's columns.</param>
    /// <param name="existing">Columns of C: the others go through <paramref name="edge"/>.</param>
    /// <param name="b">The packed panel of B.</param>
    /// <param name="edge">MostRows × columns numbers of scratch.</param>
    public static void Run(in TablePanel panel, int rows, int columns, int existing, float* b, float* edge)
    {
        for (var i = rows; i < Rows(columns); i++)
        {
            panel.A[i] = panel.A[rows - 1];
            panel.C[i] = panel.C[rows - 1];
        }
        if (existing == columns)
        {
            Run(panel, columns, b);
            return;
        }
        var to = stackalloc float*[MostRows];
        for (var i = 0; i < MostRows; i++) to[i] = edge + Math.Min(i, rows - 1) * columns;
        if (panel.Accumulate)
            for (var i = 0; i < rows; i++) new Span<float>(panel.C[i], existing).CopyTo(new(to[i], existing));
        Run(panel with { C = to }, columns, b);
        for (var i = 0; i < rows; i++) new Span<float>(to[i], existing).CopyTo(new(panel.C[i], existing));
    }

    static void Run(in TablePanel panel, int columns, float* b)
    {
        switch (columns)
        {
            case 32: TableKernel<Lanes16>.Run(panel, b); break;
            case 16: TableKernel<Lanes8>.Run(panel, b); break;
            case 8: TableKernel<Lanes4>.Run(panel, b); break;
            default: TableKernel<Lanes1>.Run(panel, b); break;
        }
    }
}

/// <summary>
/// Two vectors of columns by 8 rows, where there are 32 registers of 512 bits, by 6 where there are 16 of 256, and by 4 at other widths.
/// </summary>
static unsafe class TableKernel<TVector> where TVector : struct, IVector<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TablePanel panel, float* b)
    {
        bool hasSix = TVector.Count >= 8, hasEight = TVector.Count == 16;
        var width = TVector.Count;
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        TVector c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        var c = panel.C;
        if (panel.Accumulate)
        {
            (c00, c01) = (TVector.Load(new(c[0]), 0), TVector.Load(new(c[0]), width));
            (c10, c11) = (TVector.Load(new(c[1]), 0), TVector.Load(new(c[1]), width));
            (c20, c21) = (TVector.Load(new(c[2]), 0), TVector.Load(new(c[2]), width));
            (c30, c31) = (TVector.Load(new(c[3]), 0), TVector.Load(new(c[3]), width));
            if (hasSix)
            {
                (c40, c41) = (TVector.Load(new(c[4]), 0), TVector.Load(new(c[4]), width));
                (c50, c51) = (TVector.Load(new(c[5]), 0), TVector.Load(new(c[5]), width));
            }
            if (hasEight)
            {
                (c60, c61) = (TVector.Load(new(c[6]), 0), TVector.Load(new(c[6]), width));
                (c70, c71) = (TVector.Load(new(c[7]), 0), TVector.Load(new(c[7]), width));
            }
        }
        var a = panel.A;
        float* a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = null, a5 = null, a6 = null, a7 = null;
        if (hasSix)
        {
            a4 = a[4];
            a5 = a[5];
        }
        if (hasEight)
        {
            a6 = a[6];
            a7 = a[7];
        }
        if (!panel.Accumulate)
            for (var i = 0; i < (hasEight ? 8 : hasSix ? 6 : 4); i++)
            {
                Cache.Near(c[i]);
                Cache.Near(c[i] + width);
            }
        var offsets = panel.Offsets;
        var ahead = panel.Ahead;
        for (var end = offsets + panel.K; offsets != end; offsets++)
        {
            Cache.Ahead(ahead);
            ahead += StretchesAhead.Each;
            nint p = *offsets;
            var b0 = TVector.Load(new(b), 0);
            var b1 = TVector.Load(new(b), width);
            var x = TVector.Broadcast(a0[p]);
            c00 = TVector.MultiplyAdd(x, b0, c00);
            c01 = TVector.MultiplyAdd(x, b1, c01);
            x = TVector.Broadcast(a1[p]);
            c10 = TVector.MultiplyAdd(x, b0, c10);
            c11 = TVector.MultiplyAdd(x, b1, c11);
            x = TVector.Broadcast(a2[p]);
            c20 = TVector.MultiplyAdd(x, b0, c20);
            c21 = TVector.MultiplyAdd(x, b1, c21);
            x = TVector.Broadcast(a3[p]);
            c30 = TVector.MultiplyAdd(x, b0, c30);
            c31 = TVector.MultiplyAdd(x, b1, c31);
            if (hasSix)
            {
                x = TVector.Broadcast(a4[p]);
                c40 = TVector.MultiplyAdd(x, b0, c40);
                c41 = TVector.MultiplyAdd(x, b1, c41);
                x = TVector.Broadcast(a5[p]);
                c50 = TVector.MultiplyAdd(x, b0, c50);
                c51 = TVector.MultiplyAdd(x, b1, c51);
            }
            if (hasEight)
            {
                x = TVector.Broadcast(a6[p]);
                c60 = TVector.MultiplyAdd(x, b0, c60);
                c61 = TVector.MultiplyAdd(x, b1, c61);
                x = TVector.Broadcast(a7[p]);
                c70 = TVector.MultiplyAdd(x, b0, c70);
                c71 = TVector.MultiplyAdd(x, b1, c71);
            }
            b += 2 * width;
        }
        c00.Store(new(c[0]), 0);
        c01.Store(new(c[0]), width);
        c10.Store(new(c[1]), 0);
        c11.Store(new(c[1]), width);
        c20.Store(new(c[2]), 0);
        c21.Store(new(c[2]), width);
        c30.Store(new(c[3]), 0);
        c31.Store(new(c[3]), width);
        if (!hasSix) return;
        c40.Store(new(c[4]), 0);
        c41.Store(new(c[4]), width);
        c50.Store(new(c[5]), 0);
        c51.Store(new(c[5]), width);
        if (!hasEight) return;
        c60.Store(new(c[6]), 0);
        c61.Store(new(c[6]), width);
        c70.Store(new(c[7]), 0);
        c71.Store(new(c[7]), width);
    }
}

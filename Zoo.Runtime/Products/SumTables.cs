using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// Products by zeros and ones without a multiplication (Arlazarov, Dinic, Kronrod and Faradzhev 1970, the method of the four Russians):
/// four rows of B have sixteen sums, which are made once, and each row of A then adds one of them where a product would multiply and add
/// four times.
/// </summary>
static unsafe class SumTables
{
    /// <summary>Rows of B whose sums make a table.</summary>
    public const int Group = 4;

    /// <summary>Columns of a table: the eight tables of a word take 16 KiB, half of the smallest L1.</summary>
    public const int Columns = 32;

    /// <summary>The most k whose tables there is room for.</summary>
    public const int MostDepth = 2 * BitCodes.Depth;

    /// <summary>Their tables.</summary>
    public const int Floats = MostDepth / Group * (Columns << Group);

    /// <summary>Makes the tables of some rows of B.</summary>
    /// <param name="width">Vector width.</param>
    /// <param name="b">Four rows for each table, of 32 columns that are contiguous.</param>
    /// <param name="rowStride">Floats from a row of B to the next.</param>
    /// <param name="groups">How many tables.</param>
    /// <param name="tables">One after the other.</param>
    public static void Make(VectorWidth width, float* b, nint rowStride, int groups, float* tables)
    {
        switch (width)
        {
            case VectorWidth.Bits512: SumTables<Lanes16>.Make(b, rowStride, groups, tables); break;
            case VectorWidth.Bits256: SumTables<Lanes8>.Make(b, rowStride, groups, tables); break;
            case VectorWidth.Bits128: SumTables<Lanes4>.Make(b, rowStride, groups, tables); break;
            default: SumTables<Lanes1>.Make(b, rowStride, groups, tables); break;
        }
    }

    /// <summary>Adds to each row of 32 columns what its word chooses from the tables.</summary>
    /// <param name="width">Vector width.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="groups">How many.</param>
    /// <param name="codes">A word for each row, and where eight tables are not all another one.</param>
    /// <param name="word">From a row's word to its next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="from">What is added to, rows that lie one after the other; null where that is zero.</param>
    /// <param name="to">The results.</param>
    /// <param name="toRow">Floats from a row of the results to the next.</param>
    public static void Add(
        VectorWidth width, float* tables, int groups, uint* codes, nint word, int rows, float* from, float* to, nint toRow)
    {
        switch (width)
        {
            case VectorWidth.Bits512: SumKernels.Add512(tables, groups, codes, word, rows, from, to, toRow); break;
            case VectorWidth.Bits256: SumKernels.Add256(tables, groups, codes, word, rows, from, to, toRow); break;
            case VectorWidth.Bits128: SumKernels.Add<Lanes4>(tables, groups, codes, word, rows, from, to, toRow); break;
            default: SumKernels.Add<Lanes1>(tables, groups, codes, word, rows, from, to, toRow); break;
        }
    }
}

/// <summary>How tables are made at one width.</summary>
static unsafe class SumTables<TVector> where TVector : struct, IVector<TVector>
{
    const int Row = SumTables.Columns, Table = Row << SumTables.Group;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Make(float* b, nint rowStride, int groups, float* tables)
    {
        for (var group = 0; group < groups; group++, b += SumTables.Group * rowStride, tables += Table)
        {
            for (var column = 0; column < Row; column += TVector.Count)
            {
                var from = b + column;
                var (v0, v1) = (TVector.Load(new(from), 0), TVector.Load(new(from + rowStride), 0));
                var (v2, v3) = (TVector.Load(new(from + 2 * rowStride), 0), TVector.Load(new(from + 3 * rowStride), 0));
                var to = new Floats(tables + column);
                var (v01, v02, v12) = (v0 + v1, v0 + v2, v1 + v2);
                var v012 = v01 + v2;
                default(TVector).Store(to, 0);
                v0.Store(to, Row);
                v1.Store(to, 2 * Row);
                v01.Store(to, 3 * Row);
                v2.Store(to, 4 * Row);
                v02.Store(to, 5 * Row);
                v12.Store(to, 6 * Row);
                v012.Store(to, 7 * Row);
                v3.Store(to, 8 * Row);
                (v0 + v3).Store(to, 9 * Row);
                (v1 + v3).Store(to, 10 * Row);
                (v01 + v3).Store(to, 11 * Row);
                (v2 + v3).Store(to, 12 * Row);
                (v02 + v3).Store(to, 13 * Row);
                (v12 + v3).Store(to, 14 * Row);
                (v012 + v3).Store(to, 15 * Row);
            }
        }
    }
}

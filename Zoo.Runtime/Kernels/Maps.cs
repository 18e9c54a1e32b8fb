using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// The loops around emitted maps: over the tiles that fall to a worker, their rows, and their columns one vector at a time.
/// </summary>
public static class Maps
{
    /// <summary>
    /// Runs a map over rows × columns, cut into blocks of the given sizes; each worker takes a contiguous share of the grid.
    /// </summary>
    public static void Run<TMap>(Worker worker, int rows, int columns, int rowsPerBlock, int columnsPerBlock, TMap map)
        where TMap : struct, IMap
    {
        var rowBlocks = (rows + rowsPerBlock - 1) / rowsPerBlock;
        var columnBlocks = (columns + columnsPerBlock - 1) / columnsPerBlock;
        var (from, to) = worker.Share(rowBlocks * columnBlocks);
        for (var i = from; i < to; i++)
        {
            var (rowBlock, columnBlock) = (i / columnBlocks, i % columnBlocks);
            var (row, column) = (rowBlock * rowsPerBlock, columnBlock * columnsPerBlock);
            var tile = new Tile(rowBlock, columnBlock, row, Math.Min(row + rowsPerBlock, rows), column,
                Math.Min(column + columnsPerBlock, columns));
            Run(worker.Width, tile, ref map);
        }
    }

    /// <summary>Runs a map over one tile.</summary>
    public static void Run<TMap>(VectorWidth width, in Tile tile, ref TMap map) where TMap : struct, IMap
    {
        switch (width)
        {
            case VectorWidth.Bits512: Loop<TMap, Lanes16>(tile, ref map); break;
            case VectorWidth.Bits256: Loop<TMap, Lanes8>(tile, ref map); break;
            case VectorWidth.Bits128: Loop<TMap, Lanes4>(tile, ref map); break;
            default: Loop<TMap, Lanes1>(tile, ref map); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Loop<TMap, TVector>(in Tile tile, ref TMap shared) where TMap : struct, IMap where TVector : struct, IVector<TVector>
    {
        // A copy on the stack whose address never leaves: its fields become registers.
        var map = shared;
        map.Begin(tile);
        var last = tile.EndColumn - TVector.Count;
        for (var row = tile.FirstRow; row < tile.EndRow; row++)
        {
            var sums = default(RowSums<TVector>);
            var column = tile.FirstColumn;
            for (; column <= last; column += TVector.Count) map.At(tile, row, column, ref sums);
            var rest = default(RowSums<Lanes1>);
            for (; column < tile.EndColumn; column++) map.At(tile, row, column, ref rest);
            if (!TMap.HasRowSums) continue;
            rest.S0 += Lanes1.Broadcast(TVector.Sum(sums.S0));
            rest.S1 += Lanes1.Broadcast(TVector.Sum(sums.S1));
            rest.S2 += Lanes1.Broadcast(TVector.Sum(sums.S2));
            rest.S3 += Lanes1.Broadcast(TVector.Sum(sums.S3));
            map.EndRow(tile, row, rest);
        }
    }
}

namespace Zoo.Runtime;

/// <summary>
/// The body of an elementwise kernel over a matrix of rows × columns, as the generator emits it: it reads, computes and writes one vector
/// at a
/// time, and may add to row sums (held in registers) and column sums (held in memory). The loops around it are in <see cref="Maps"/>.
/// </summary>
public interface IMap
{
    /// <summary>Whether <see cref="EndRow"/> must be called: a constant, so that the JIT drops what is not used.</summary>
    static abstract bool HasRowSums { get; }

    /// <summary>Called once before the rows of a tile: clears the tile's column sums.</summary>
    void Begin(in Tile tile);

    /// <summary>Computes the elements from (row, column) on, as many as <typeparamref name="TVector"/> has lanes.</summary>
    void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector>;

    /// <summary>Called after the last column of each row of a tile, with the row's sums over the tile's columns.</summary>
    void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums);
}

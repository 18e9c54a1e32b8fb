namespace Zoo.Runtime;

/// <summary>The map of a product that has none.</summary>
readonly struct NoMap : IMap
{
    public static bool HasRowSums => false;

    public void Begin(in Tile tile) { }

    public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector> { }

    public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
}

using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// An elementwise computation with the sums it feeds, as kernels call it: every member static, so that a kernel is generic over the map and
/// a launch
/// passes numbers only.
/// </summary>
public interface IGpuMap
{
    /// <summary>
    /// Hash of all that the kernel depends on: maps with equal ones share a compiled kernel, whatever model they are from.
    /// </summary>
    static abstract string ContentHash { get; }

    /// <summary>How many sums over the columns of a row it feeds, at most <see cref="MapSums.Most"/>.</summary>
    static abstract int RowSums { get; }

    /// <summary>How many sums over the rows of a column it feeds, at most <see cref="MapSums.Most"/>.</summary>
    static abstract int ColumnSums { get; }

    /// <summary>Computes and stores one element.</summary>
    /// <param name="memory">The model's memory on the device.</param>
    /// <param name="operands">Where its buffers lie.</param>
    /// <param name="row">Row of the element.</param>
    /// <param name="column">Column of the element.</param>
    /// <param name="product">The product's element, where the map stands behind one.</param>
    /// <returns>What the element adds to the sums.</returns>
    static abstract MapSums At(ArrayView<float> memory, MapOperands operands, int row, int column, Lane product);

    /// <summary>Stores a tile's share of a row's sums.</summary>
    static abstract void StoreRowSums(ArrayView<float> memory, MapOperands operands, int columnBlock, int row, MapSums sums);

    /// <summary>Stores a tile's share of a column's sums.</summary>
    static abstract void StoreColumnSums(ArrayView<float> memory, MapOperands operands, int rowBlock, int column, MapSums sums);
}

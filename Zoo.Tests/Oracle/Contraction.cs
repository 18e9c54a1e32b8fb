namespace Zoo.Tests.Oracle;

/// <summary>Products by three loops.</summary>
static class Contraction
{
    /// <summary>With rows (sizes rows × columns) or shared (sizes 1 × rows × columns).</summary>
    public static double[] MatMul(Value a, Value b, bool transposeA, bool transposeB) =>
        Product(new Matrix(a.Data, 0, a.Sizes[^2], a.Sizes[^1], transposeA), new Matrix(b.Data, 0, b.Sizes[^2], b.Sizes[^1], transposeB));

    public static double[] BatchMatMul(Value a, Value b, bool transposeA, bool transposeB) =>
    [
        .. Enumerable.Range(0, a.Sizes[0]).SelectMany(row => Product(
            new Matrix(a.Data, row * a.Sizes[1] * a.Sizes[2], a.Sizes[1], a.Sizes[2], transposeA),
            new Matrix(b.Data, row * b.Sizes[1] * b.Sizes[2], b.Sizes[1], b.Sizes[2], transposeB))),
    ];

    static double[] Product(Matrix a, Matrix b)
    {
        var result = new double[a.Rows * b.Columns];
        for (var i = 0; i < a.Rows; i++)
            for (var j = 0; j < b.Columns; j++)
                for (var k = 0; k < a.Columns; k++) result[i * b.Columns + j] += a[i, k] * b[k, j];
        return result;
    }

    /// <summary>A stored matrix, read as its transpose where that is asked for.</summary>
    readonly record struct Matrix(double[] Data, int Start, int StoredRows, int StoredColumns, bool Transpose)
    {
        public int Rows => Transpose ? StoredColumns : StoredRows;

        public int Columns => Transpose ? StoredRows : StoredColumns;

        public double this[int i, int j] => Data[Start + (Transpose ? j * StoredColumns + i : i * StoredColumns + j)];
    }
}

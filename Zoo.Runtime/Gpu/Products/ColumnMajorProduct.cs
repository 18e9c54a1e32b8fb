namespace Zoo.Runtime;

/// <summary>
/// A product as BLAS wants it, whose matrices lie by columns: Cᵀ = Bᵀ·Aᵀ, since rows read as columns are the transpose. First is B and
/// second A.
/// </summary>
/// <param name="TransposeFirst">Whether the first operand is transposed.</param>
/// <param name="TransposeSecond">Whether the second operand is transposed.</param>
/// <param name="M">Rows of the column-major result.</param>
/// <param name="N">Columns of the column-major result.</param>
/// <param name="K">The summed axis.</param>
/// <param name="First">Offset of the first operand.</param>
/// <param name="FirstLeading">Floats from one of its columns to the next.</param>
/// <param name="Second">Offset of the second operand.</param>
/// <param name="SecondLeading">Floats from one of its columns to the next.</param>
/// <param name="Result">Offset of the result.</param>
/// <param name="ResultLeading">Floats from one of its columns to the next.</param>
readonly record struct ColumnMajorProduct(
    bool TransposeFirst, bool TransposeSecond, int M, int N, int K, int First, int FirstLeading, int Second, int SecondLeading, int Result,
    int ResultLeading)
{
    public static ColumnMajorProduct Of(in ProductArguments p) => new(
        p.BColumn != 1, p.AColumn != 1, p.N, p.M, p.K,
        p.B, p.BColumn != 1 ? p.BColumn : p.BRow, p.A, p.AColumn != 1 ? p.AColumn : p.ARow, p.C, p.CRow);
}

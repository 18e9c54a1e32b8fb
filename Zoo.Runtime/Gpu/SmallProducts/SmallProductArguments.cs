namespace Zoo.Runtime;

/// <summary>Matrix products of single examples by an accelerator: what <see cref="SmallProduct.Run"/> is on the processor.</summary>
/// <param name="A">Offset in the memory of count × m × k numbers (k × m where transposed), row-major.</param>
/// <param name="B">Offset in the memory of count × k × n numbers (n × k where transposed).</param>
/// <param name="C">Offset in the memory of count × m × n numbers, written.</param>
/// <param name="Count">Products.</param>
/// <param name="M">Rows of a result.</param>
/// <param name="N">Columns of a result.</param>
/// <param name="K">Length of the sums.</param>
/// <param name="TransposeA">1 where a is stored k × m, else 0.</param>
/// <param name="TransposeB">1 where b is stored n × k, else 0.</param>
public readonly record struct SmallProductArguments(int A, int B, int C, int Count, int M, int N, int K, int TransposeA, int TransposeB);

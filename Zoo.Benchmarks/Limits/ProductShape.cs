namespace Zoo.Benchmarks.Limits;

/// <summary>One matrix product of a model's step.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">Length of the sums.</param>
/// <param name="TransposeA">Whether A is stored k × m.</param>
/// <param name="TransposeB">Whether B is stored n × k.</param>
readonly record struct ProductShape(string Name, int M, int N, int K, bool TransposeA = false, bool TransposeB = false)
{
    public double Operations => 2.0 * M * N * K;

    public override string ToString() =>
        FormattableString.Invariant($"{Name,-16} {M,4}×{N,-4} k {K,-4}{(TransposeA ? " Aᵀ" : "")}{(TransposeB ? " Bᵀ" : "")}");
}

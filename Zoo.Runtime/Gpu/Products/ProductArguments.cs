namespace Zoo.Runtime;

/// <summary>
/// A product C = A·B in the model's memory on the device: offsets, and distances of neighbours along rows and columns, one of each pair
/// being 1.
/// </summary>
/// <param name="A">Offset of A's first element, m × k.</param>
/// <param name="ARow">Floats from one row of A to the next.</param>
/// <param name="AColumn">Floats from one column of A to the next.</param>
/// <param name="B">Offset of B's first element, k × n.</param>
/// <param name="BRow">Floats from one row of B to the next.</param>
/// <param name="BColumn">Floats from one column of B to the next.</param>
/// <param name="C">Offset of C's first element, m × n; its columns are neighbours.</param>
/// <param name="CRow">Floats from one row of C to the next.</param>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">The summed axis.</param>
readonly record struct ProductArguments(int A, int ARow, int AColumn, int B, int BRow, int BColumn, int C, int CRow, int M, int N, int K);

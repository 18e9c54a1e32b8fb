using Zoo.Generators.Graphs;

namespace Zoo.Generators.Plans;

/// <summary>One summand of a row's address: (row / Divisor) mod Modulus · Stride; a modulus of 0 means none.</summary>
public readonly record struct RowTerm(int Divisor, int Modulus, int Stride);

/// <summary>Where a map finds an element: buffer[Offset + Σ row terms + column·ColumnStride]; the column stride is 1 or 0.</summary>
/// <remarks>In no buffer (−1) it is the number in the brackets.</remarks>
public sealed record Operand(int Buffer, int Offset, EquatableArray<RowTerm> Rows, int ColumnStride);

/// <summary>A matrix in a buffer. One stride is 1.</summary>
public sealed record MatrixOperand(int Buffer, int Offset, int RowStride, int ColumnStride);

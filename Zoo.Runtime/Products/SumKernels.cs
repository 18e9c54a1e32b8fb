using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// Where a table's row is added to 32 columns, by hand at the widths that machines have: a load that is no part of its addition would cost
/// as much as the addition does.
/// </summary>
static unsafe class SumKernels
{
    const int Row = SumTables.Columns, Table = Row << SumTables.Group, Full = BitCodes.Depth / SumTables.Group;

    // A row of a table takes so many bytes: the lowest bits of a word, moved up by this, are where the row begins.
    const int RowShift = 7;
    const uint RowMask = ((1 << SumTables.Group) - 1) << RowShift;

    /// <summary>Two vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add512(float* tables, int groups, uint* codes, nint word, int rows, float* from, float* to, nint toRow)
    {
        for (var row = 0; row < rows; row++, from += from is null ? 0 : Row, to += toRow)
        {
            Vector512<float> c0 = default, c1 = default;
            if (from is not null)
            {
                c0 = Vector512.Load(from);
                c1 = Vector512.Load(from + 16);
            }
            var table = (byte*)tables;
            var at = codes + row;
            float* sum;
            var left = groups;
            for (; left >= Full; left -= Full, at += word, table += Full * Table * sizeof(float))
            {
                var code = *at;
                sum = (float*)(table + (BitOperations.RotateLeft(code, 7) & RowMask));
                c0 += Vector512.Load(sum);
                c1 += Vector512.Load(sum + 16);
                sum = (float*)(table + (BitOperations.RotateLeft(code, 3) & RowMask));
                c0 += Vector512.Load(sum + Table);
                c1 += Vector512.Load(sum + Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 1) & RowMask));
                c0 += Vector512.Load(sum + 2 * Table);
                c1 += Vector512.Load(sum + 2 * Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 5) & RowMask));
                c0 += Vector512.Load(sum + 3 * Table);
                c1 += Vector512.Load(sum + 3 * Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 9) & RowMask));
                c0 += Vector512.Load(sum + 4 * Table);
                c1 += Vector512.Load(sum + 4 * Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 13) & RowMask));
                c0 += Vector512.Load(sum + 5 * Table);
                c1 += Vector512.Load(sum + 5 * Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 17) & RowMask));
                c0 += Vector512.Load(sum + 6 * Table);
                c1 += Vector512.Load(sum + 6 * Table + 16);
                sum = (float*)(table + (BitOperations.RotateRight(code, 21) & RowMask));
                c0 += Vector512.Load(sum + 7 * Table);
                c1 += Vector512.Load(sum + 7 * Table + 16);
            }
            for (var code = left > 0 ? *at : 0; left > 0; left--, code >>= SumTables.Group, table += Table * sizeof(float))
            {
                sum = (float*)(table + (BitOperations.RotateLeft(code, RowShift) & RowMask));
                c0 += Vector512.Load(sum);
                c1 += Vector512.Load(sum + 16);
            }
            c0.Store(to);
            c1.Store(to + 16);
        }
    }

    /// <summary>Four vectors of 256 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add256(float* tables, int groups, uint* codes, nint word, int rows, float* from, float* to, nint toRow)
    {
        for (var row = 0; row < rows; row++, from += from is null ? 0 : Row, to += toRow)
        {
            Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default;
            if (from is not null)
            {
                c0 = Vector256.Load(from);
                c1 = Vector256.Load(from + 8);
                c2 = Vector256.Load(from + 16);
                c3 = Vector256.Load(from + 24);
            }
            var table = (byte*)tables;
            var at = codes + row;
            float* sum;
            var left = groups;
            for (; left >= Full; left -= Full, at += word, table += Full * Table * sizeof(float))
            {
                var code = *at;
                sum = (float*)(table + (BitOperations.RotateLeft(code, 7) & RowMask));
                c0 += Vector256.Load(sum);
                c1 += Vector256.Load(sum + 8);
                c2 += Vector256.Load(sum + 16);
                c3 += Vector256.Load(sum + 24);
                sum = (float*)(table + (BitOperations.RotateLeft(code, 3) & RowMask));
                c0 += Vector256.Load(sum + Table);
                c1 += Vector256.Load(sum + Table + 8);
                c2 += Vector256.Load(sum + Table + 16);
                c3 += Vector256.Load(sum + Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 1) & RowMask));
                c0 += Vector256.Load(sum + 2 * Table);
                c1 += Vector256.Load(sum + 2 * Table + 8);
                c2 += Vector256.Load(sum + 2 * Table + 16);
                c3 += Vector256.Load(sum + 2 * Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 5) & RowMask));
                c0 += Vector256.Load(sum + 3 * Table);
                c1 += Vector256.Load(sum + 3 * Table + 8);
                c2 += Vector256.Load(sum + 3 * Table + 16);
                c3 += Vector256.Load(sum + 3 * Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 9) & RowMask));
                c0 += Vector256.Load(sum + 4 * Table);
                c1 += Vector256.Load(sum + 4 * Table + 8);
                c2 += Vector256.Load(sum + 4 * Table + 16);
                c3 += Vector256.Load(sum + 4 * Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 13) & RowMask));
                c0 += Vector256.Load(sum + 5 * Table);
                c1 += Vector256.Load(sum + 5 * Table + 8);
                c2 += Vector256.Load(sum + 5 * Table + 16);
                c3 += Vector256.Load(sum + 5 * Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 17) & RowMask));
                c0 += Vector256.Load(sum + 6 * Table);
                c1 += Vector256.Load(sum + 6 * Table + 8);
                c2 += Vector256.Load(sum + 6 * Table + 16);
                c3 += Vector256.Load(sum + 6 * Table + 24);
                sum = (float*)(table + (BitOperations.RotateRight(code, 21) & RowMask));
                c0 += Vector256.Load(sum + 7 * Table);
                c1 += Vector256.Load(sum + 7 * Table + 8);
                c2 += Vector256.Load(sum + 7 * Table + 16);
                c3 += Vector256.Load(sum + 7 * Table + 24);
            }
            for (var code = left > 0 ? *at : 0; left > 0; left--, code >>= SumTables.Group, table += Table * sizeof(float))
            {
                sum = (float*)(table + (BitOperations.RotateLeft(code, RowShift) & RowMask));
                c0 += Vector256.Load(sum);
                c1 += Vector256.Load(sum + 8);
                c2 += Vector256.Load(sum + 16);
                c3 += Vector256.Load(sum + 24);
            }
            c0.Store(to);
            c1.Store(to + 8);
            c2.Store(to + 16);
            c3.Store(to + 24);
        }
    }

    /// <summary>Any other width, a vector at a time.</summary>
    public static void Add<TVector>(float* tables, int groups, uint* codes, nint word, int rows, float* from, float* to, nint toRow)
        where TVector : struct, IVector<TVector>
    {
        for (var row = 0; row < rows; row++, to += toRow)
        {
            for (var column = 0; column < Row; column += TVector.Count)
            {
                var sum = from is null ? default : TVector.Load(new(from), row * Row + column);
                for (var group = 0; group < groups; group++)
                {
                    var chosen = codes[row + group / Full * word] >> group % Full * SumTables.Group & RowMask >> RowShift;
                    sum += TVector.Load(new(tables), group * Table + (int)chosen * Row + column);
                }
                sum.Store(new(to), column);
            }
        }
    }
}

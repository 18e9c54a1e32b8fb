using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Runtime;

/// <summary>Copies of small rectangles, never a float more than there is.</summary>
static unsafe class Rectangle
{
    /// <summary>Copies rows × columns; the strides are in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        var mask = Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(columns & 7)).AsSingle();
        for (; rows > 0; rows--, from += fromRow, to += toRow)
        {
            var column = 0;
            for (; column <= columns - 8; column += 8) Vector256.Load(from + column).Store(to + column);
            if (Avx.IsSupported)
            {
                if (column < columns) Avx.MaskStore(to + column, mask, Avx.MaskLoad(from + column, mask));
            }
            else
            {
                for (; column < columns; column++) to[column] = from[column];
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>A sum of squares with one order of summation at every vector width.</summary>
static unsafe class SquareSum
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of(Floats values, int length)
    {
        var at = values.Address;
        Vector256<float> even = default, odd = default;
        var i = 0;
        for (; i <= length - 16; i += 16)
        {
            var (x, y) = (Vector256.Load(at + i), Vector256.Load(at + i + 8));
            even = Vector256.FusedMultiplyAdd(x, x, even);
            odd = Vector256.FusedMultiplyAdd(y, y, odd);
        }
        var sum = Vector256.Sum(even + odd);
        for (; i < length; i++) sum = MathF.FusedMultiplyAdd(at[i], at[i], sum);
        return sum;
    }
}

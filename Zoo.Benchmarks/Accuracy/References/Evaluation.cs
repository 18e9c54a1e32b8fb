using System.Runtime.CompilerServices;
using Zoo.Runtime;

namespace Zoo.Benchmarks.References;

/// <summary>Applies a function to an array at a given vector width, as an emitted map would.</summary>
static unsafe class Evaluation
{
    /// <summary>destination[i] = f(source[i]); the length must be a multiple of 16.</summary>
    public static void Run<TFunction>(VectorWidth width, float[] source, float[] destination) where TFunction : struct, IElementary
    {
        if (source.Length % 16 != 0 || destination.Length != source.Length)
            throw new ArgumentException($"lengths must be equal multiples of 16, got {source.Length} and {destination.Length}",
                nameof(source));
        fixed (float* from = source)
        fixed (float* to = destination)
        {
            switch (width)
            {
                case VectorWidth.Bits512: Loop<TFunction, Lanes16>(new(from), new(to), source.Length); break;
                case VectorWidth.Bits256: Loop<TFunction, Lanes8>(new(from), new(to), source.Length); break;
                case VectorWidth.Bits128: Loop<TFunction, Lanes4>(new(from), new(to), source.Length); break;
                default: Loop<TFunction, Lanes1>(new(from), new(to), source.Length); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Loop<TFunction, V>(Floats from, Floats to, int length) where TFunction : struct, IElementary where V : struct, IVector<V>
    {
        for (var i = 0; i < length; i += V.Count) TFunction.Apply(V.Load(from, i)).Store(to, i);
    }
}

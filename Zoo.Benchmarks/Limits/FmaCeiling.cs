using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>
/// How many operations a second fused multiply-adds on registers alone reach: 12 independent chains, more than latency × pipes.
/// </summary>
sealed class FmaCeiling(bool wide) : TeamProgram
{
    const int Turns = 20_000, Chains = 12;

    readonly float[] sink = new float[64 * 16];

    /// <summary>Operations that one worker does per run.</summary>
    public double OperationsPerWorker => 2.0 * Turns * Chains * (wide ? 16 : 8);

    public override void Execute(Worker worker) => sink[worker.Index * 16] = wide ? Wide(1.0001f) : Narrow(1.0001f);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static float Wide(float start)
    {
        var x = Vector512.Create(start);
        var y = Vector512.Create(0.5f);
        var (a, b, c, d, e, f) = (x, x + y, x - y, x, x + y, x - y);
        var (g, h, i, j, k, l) = (x, x + y, x - y, x, x + y, x - y);
        for (var turn = Turns; turn > 0; turn--)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a);
            b = Vector512.FusedMultiplyAdd(x, y, b);
            c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d);
            e = Vector512.FusedMultiplyAdd(x, y, e);
            f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g);
            h = Vector512.FusedMultiplyAdd(x, y, h);
            i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j);
            k = Vector512.FusedMultiplyAdd(x, y, k);
            l = Vector512.FusedMultiplyAdd(x, y, l);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static float Narrow(float start)
    {
        var x = Vector256.Create(start);
        var y = Vector256.Create(0.5f);
        var (a, b, c, d, e, f) = (x, x + y, x - y, x, x + y, x - y);
        var (g, h, i, j, k, l) = (x, x + y, x - y, x, x + y, x - y);
        for (var turn = Turns; turn > 0; turn--)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a);
            b = Vector256.FusedMultiplyAdd(x, y, b);
            c = Vector256.FusedMultiplyAdd(x, y, c);
            d = Vector256.FusedMultiplyAdd(x, y, d);
            e = Vector256.FusedMultiplyAdd(x, y, e);
            f = Vector256.FusedMultiplyAdd(x, y, f);
            g = Vector256.FusedMultiplyAdd(x, y, g);
            h = Vector256.FusedMultiplyAdd(x, y, h);
            i = Vector256.FusedMultiplyAdd(x, y, i);
            j = Vector256.FusedMultiplyAdd(x, y, j);
            k = Vector256.FusedMultiplyAdd(x, y, k);
            l = Vector256.FusedMultiplyAdd(x, y, l);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}

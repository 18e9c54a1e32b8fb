using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>The micro-kernel for every other width: 4 rows × 2 vectors, as <see cref="Kernel512"/>.</summary>
static unsafe class KernelAny<TVector> where TVector : struct, IVector<TVector>
{
    public const int Rows = 4;

    public static int Columns => 2 * TVector.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in Panel panel, float* b, float* c)
    {
        nint row = panel.ARow, step = panel.AStep, last = panel.Rows - 1;
        var a0 = panel.A;
        var a1 = a0 + (last >= 1 ? row : 0);
        var a2 = a1 + (last >= 2 ? row : 0);
        var a3 = a2 + (last >= 3 ? row : 0);
        var c0 = c;
        var c1 = c0 + (last >= 1 ? panel.CRow : 0);
        var c2 = c1 + (last >= 2 ? panel.CRow : 0);
        var c3 = c2 + (last >= 3 ? panel.CRow : 0);
        var width = TVector.Count;
        TVector c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        if (panel.Accumulate)
        {
            (c00, c01) = (TVector.Load(new(c0), 0), TVector.Load(new(c0), width));
            (c10, c11) = (TVector.Load(new(c1), 0), TVector.Load(new(c1), width));
            (c20, c21) = (TVector.Load(new(c2), 0), TVector.Load(new(c2), width));
            (c30, c31) = (TVector.Load(new(c3), 0), TVector.Load(new(c3), width));
        }
        nint bStep = panel.BStep, p = 0;
        for (var k = panel.K; k > 0; k--)
        {
            var b0 = TVector.Load(new(b), 0);
            var b1 = TVector.Load(new(b), width);
            var x = TVector.Broadcast(a0[p]);
            c00 = TVector.MultiplyAdd(x, b0, c00);
            c01 = TVector.MultiplyAdd(x, b1, c01);
            x = TVector.Broadcast(a1[p]);
            c10 = TVector.MultiplyAdd(x, b0, c10);
            c11 = TVector.MultiplyAdd(x, b1, c11);
            x = TVector.Broadcast(a2[p]);
            c20 = TVector.MultiplyAdd(x, b0, c20);
            c21 = TVector.MultiplyAdd(x, b1, c21);
            x = TVector.Broadcast(a3[p]);
            c30 = TVector.MultiplyAdd(x, b0, c30);
            c31 = TVector.MultiplyAdd(x, b1, c31);
            p += step;
            b += bStep;
        }
        c00.Store(new(c0), 0);
        c01.Store(new(c0), width);
        c10.Store(new(c1), 0);
        c11.Store(new(c1), width);
        c20.Store(new(c2), 0);
        c21.Store(new(c2), width);
        c30.Store(new(c3), 0);
        c31.Store(new(c3), width);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// Micro-kernels for 16 registers of 256 bits, as <see cref="Kernel512"/> (the 6×16 tile is BLIS's for Haswell and Zen: Van Zee and van de
/// Geijn 2015).
/// </summary>
static unsafe class Kernel256
{
    /// <summary>6 rows × 16 columns: 12 chains, 15 of 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tall<TAsking>(in Panel panel, float* b, float* c) where TAsking : struct, IAsking
    {
        nint row = panel.ARow, step = panel.AStep, last = panel.Rows - 1;
        float* a0 = panel.A;
        var a1 = a0 + (last >= 1 ? row : 0);
        var a2 = a1 + (last >= 2 ? row : 0);
        var a3 = a2 + (last >= 3 ? row : 0);
        var a4 = a3 + (last >= 4 ? row : 0);
        var a5 = a4 + (last >= 5 ? row : 0);
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (panel.Accumulate)
        {
            var from = c;
            (c00, c01) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 1 ? panel.CRow : 0;
            (c10, c11) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 2 ? panel.CRow : 0;
            (c20, c21) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 3 ? panel.CRow : 0;
            (c30, c31) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 4 ? panel.CRow : 0;
            (c40, c41) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 5 ? panel.CRow : 0;
            (c50, c51) = (Vector256.Load(from), Vector256.Load(from + 8));
        }
        else if (TAsking.IsOn)
        {
            var to = c;
            for (var i = 0; i <= last; i++, to += panel.CRow)
            {
                Cache.Near(to);
                Cache.Near(to + 8);
            }
        }
        var ahead = panel.Ahead;
        nint aheadStep = panel.AheadStep, bStep = panel.BStep, p = 0;
        for (var k = panel.K; k > 0; k--)
        {
            if (TAsking.IsOn && (k & 3) == 0)
            {
                Cache.Ahead(ahead);
                ahead += aheadStep;
            }
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(a0[p]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a1[p]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a2[p]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a3[p]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            x = Vector256.Create(a4[p]);
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
            x = Vector256.Create(a5[p]);
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
            p += step;
            b += bStep;
        }
        c00.Store(c);
        c01.Store(c + 8);
        c += last >= 1 ? panel.CRow : 0;
        c10.Store(c);
        c11.Store(c + 8);
        c += last >= 2 ? panel.CRow : 0;
        c20.Store(c);
        c21.Store(c + 8);
        c += last >= 3 ? panel.CRow : 0;
        c30.Store(c);
        c31.Store(c + 8);
        c += last >= 4 ? panel.CRow : 0;
        c40.Store(c);
        c41.Store(c + 8);
        c += last >= 5 ? panel.CRow : 0;
        c50.Store(c);
        c51.Store(c + 8);
    }

    /// <summary>4 rows × 16 columns: 8 chains, as many as two pipes of latency 4 need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Short(in Panel panel, float* b, float* c)
    {
        nint row = panel.ARow, step = panel.AStep, last = panel.Rows - 1;
        float* a0 = panel.A;
        var a1 = a0 + (last >= 1 ? row : 0);
        var a2 = a1 + (last >= 2 ? row : 0);
        var a3 = a2 + (last >= 3 ? row : 0);
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        if (panel.Accumulate)
        {
            var from = c;
            (c00, c01) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 1 ? panel.CRow : 0;
            (c10, c11) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 2 ? panel.CRow : 0;
            (c20, c21) = (Vector256.Load(from), Vector256.Load(from + 8));
            from += last >= 3 ? panel.CRow : 0;
            (c30, c31) = (Vector256.Load(from), Vector256.Load(from + 8));
        }
        nint bStep = panel.BStep, p = 0;
        for (var k = panel.K; k > 0; k--)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(a0[p]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a1[p]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a2[p]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a3[p]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            p += step;
            b += bStep;
        }
        c00.Store(c);
        c01.Store(c + 8);
        c += last >= 1 ? panel.CRow : 0;
        c10.Store(c);
        c11.Store(c + 8);
        c += last >= 2 ? panel.CRow : 0;
        c20.Store(c);
        c21.Store(c + 8);
        c += last >= 3 ? panel.CRow : 0;
        c30.Store(c);
        c31.Store(c + 8);
    }

    /// <summary>8 rows × 8 columns: the last columns of a product, and products of few columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Thin(in Panel panel, float* b, float* c)
    {
        nint row = panel.ARow, step = panel.AStep, last = panel.Rows - 1;
        float* a0 = panel.A;
        var a1 = a0 + (last >= 1 ? row : 0);
        var a2 = a1 + (last >= 2 ? row : 0);
        var a3 = a2 + (last >= 3 ? row : 0);
        var a4 = a3 + (last >= 4 ? row : 0);
        var a5 = a4 + (last >= 5 ? row : 0);
        var a6 = a5 + (last >= 6 ? row : 0);
        var a7 = a6 + (last >= 7 ? row : 0);
        Vector256<float> c00 = default;
        Vector256<float> c10 = default;
        Vector256<float> c20 = default;
        Vector256<float> c30 = default;
        Vector256<float> c40 = default;
        Vector256<float> c50 = default;
        Vector256<float> c60 = default;
        Vector256<float> c70 = default;
        if (panel.Accumulate)
        {
            var from = c;
            c00 = Vector256.Load(from);
            from += last >= 1 ? panel.CRow : 0;
            c10 = Vector256.Load(from);
            from += last >= 2 ? panel.CRow : 0;
            c20 = Vector256.Load(from);
            from += last >= 3 ? panel.CRow : 0;
            c30 = Vector256.Load(from);
            from += last >= 4 ? panel.CRow : 0;
            c40 = Vector256.Load(from);
            from += last >= 5 ? panel.CRow : 0;
            c50 = Vector256.Load(from);
            from += last >= 6 ? panel.CRow : 0;
            c60 = Vector256.Load(from);
            from += last >= 7 ? panel.CRow : 0;
            c70 = Vector256.Load(from);
        }
        nint bStep = panel.BStep, p = 0;
        for (var k = panel.K; k > 0; k--)
        {
            var b0 = Vector256.Load(b);
            var x = Vector256.Create(a0[p]);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            x = Vector256.Create(a1[p]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            x = Vector256.Create(a2[p]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            x = Vector256.Create(a3[p]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            x = Vector256.Create(a4[p]);
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            x = Vector256.Create(a5[p]);
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            x = Vector256.Create(a6[p]);
            c60 = Vector256.FusedMultiplyAdd(x, b0, c60);
            x = Vector256.Create(a7[p]);
            c70 = Vector256.FusedMultiplyAdd(x, b0, c70);
            p += step;
            b += bStep;
        }
        c00.Store(c);
        c += last >= 1 ? panel.CRow : 0;
        c10.Store(c);
        c += last >= 2 ? panel.CRow : 0;
        c20.Store(c);
        c += last >= 3 ? panel.CRow : 0;
        c30.Store(c);
        c += last >= 4 ? panel.CRow : 0;
        c40.Store(c);
        c += last >= 5 ? panel.CRow : 0;
        c50.Store(c);
        c += last >= 6 ? panel.CRow : 0;
        c60.Store(c);
        c += last >= 7 ? panel.CRow : 0;
        c70.Store(c);
    }
}

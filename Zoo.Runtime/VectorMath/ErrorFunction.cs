using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

public static partial class VectorMath
{
    /// <summary>Error function 2/√π ∫₀ˣ e^-t² dt, for the exact GELU (Hendrycks and Gimpel 2016); the sign of a zero is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, IVector<V>
    {
        // Near 0, erf x = x + x·P(x²); beyond, 1 - e^-R(|x|). Both are computed, because a vector holds arguments of either kind.
        // From 3.92 on the result rounds to 1.
        var t = V.AtMost(V.Abs(x), V.Broadcast(3.93f));
        var z = t * t;
        var p = V.MultiplyAdd(z, V.Broadcast(7.99504851e-5f), V.Broadcast(-0.000804951473f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.00519239251f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.0268557295f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.112836257f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-0.376126289f));
        p = V.MultiplyAdd(p, z, V.Broadcast(0.128379166f));
        var inner = V.MultiplyAdd(p, t, t);
        var r = V.MultiplyAdd(t, V.Broadcast(-0.000195736589f), V.Broadcast(0.00304119801f));
        r = V.MultiplyAdd(r, t, V.Broadcast(-0.0222187098f));
        r = V.MultiplyAdd(r, t, V.Broadcast(0.103914313f));
        r = V.MultiplyAdd(r, t, V.Broadcast(0.637202144f));
        r = V.MultiplyAdd(r, t, V.Broadcast(1.12766373f));
        r = V.MultiplyAdd(r, t, V.Broadcast(0.000198566209f));
        var outer = V.Broadcast(1f) - NormalExp(-r);
        return V.CopySign(V.Select(V.GreaterThan(t, V.Broadcast(0.921875f)), outer, inner), x);
    }
}

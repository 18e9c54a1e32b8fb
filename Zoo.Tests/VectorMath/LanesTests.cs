using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests;

/// <summary>Every primitive gives at each vector width what scalar code gives.</summary>
public sealed class LanesTests
{
    [Fact] public void Four() => AgreeWithOne<Lanes4>();
    [Fact] public void Eight() => AgreeWithOne<Lanes8>();
    [Fact] public void Sixteen() => AgreeWithOne<Lanes16>();

    static readonly float[] Values =
    [
        1.5f, -2.25f, 0f, -0f, 3e38f, 1e-40f, -7.5f, 2.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        1f, 12345.678f, -0.4999f, 1e-30f, 8f,
    ];

    static unsafe void AgreeWithOne<V>() where V : struct, IVector<V>
    {
        var a = stackalloc float[16];
        var b = stackalloc float[16];
        for (var shift = 0; shift < 16; shift++)
        {
            for (var i = 0; i < 16; i++) (a[i], b[i]) = (Values[i], Values[(i + shift) % 16]);
            for (var i = 0; i < 16; i += V.Count)
            {
                var (x, y) = (V.Load(new(a), i), V.Load(new(b), i));
                Same("AtMost", V.AtMost(x, V.Broadcast(2f)), n => Lanes1.AtMost(A(n), Lanes1.Broadcast(2f)));
                Same("AtLeast", V.AtLeast(x, V.Broadcast(-2f)), n => Lanes1.AtLeast(A(n), Lanes1.Broadcast(-2f)));
                Same("Max", V.Max(x, y), n => Lanes1.Max(A(n), B(n)));
                Same("Min", V.Min(x, y), n => Lanes1.Min(A(n), B(n)));
                Same("CopySign", V.CopySign(x, y), n => Lanes1.CopySign(A(n), B(n)));
                Same("And", V.And(x, y), n => Lanes1.And(A(n), B(n)));
                Same("Xor", V.Xor(x, y), n => Lanes1.Xor(A(n), B(n)));
                Same("ShiftLeft", V.ShiftLeft(x, 7), n => Lanes1.ShiftLeft(A(n), 7));
                Same("ShiftRight", V.ShiftRight(x, 9), n => Lanes1.ShiftRight(A(n), 9));
                Same("SignMask", V.SignMask(x), n => Lanes1.SignMask(A(n)));
                Same("FromInteger", V.FromInteger(x), n => Lanes1.FromInteger(A(n)));
                Same("GreaterThan", V.GreaterThan(x, y), n => Lanes1.GreaterThan(A(n), B(n)));
                Same("Equal", V.Equal(x, y), n => Lanes1.Equal(A(n), B(n)));
                Same("Select", V.Select(V.GreaterThan(x, y), x, y), n => Lanes1.Select(Lanes1.GreaterThan(A(n), B(n)), A(n), B(n)));
                Same("MultiplyAdd", V.MultiplyAdd(x, y, x), n => Lanes1.MultiplyAdd(A(n), B(n), A(n)));
                Same("High", V.MultiplyWide(x, 0xD2511F53).High, n => Lanes1.MultiplyWide(A(n), 0xD2511F53).High);
                Same("Low", V.MultiplyWide(x, 0xD2511F53).Low, n => Lanes1.MultiplyWide(A(n), 0xD2511F53).Low);
                foreach (var first in (int[])[0, 7, (1 << 24) - 16])
                    Same("Iota", V.Iota(first), n => Lanes1.Iota(first + n - i));
                foreach (var exponent in (float[])[-250f, -151f, -150f, -149f, -140f, -126f, -1f, 0f, 1f, 127f, 128f, 250f])
                    Same("Scale", V.Scale(V.Broadcast(1.4142135f), V.Broadcast(exponent)),
                        _ => new(MathF.ScaleB(1.4142135f, (int)exponent)));

                void Same(string what, V actual, Func<int, Lanes1> expected)
                {
                    var result = stackalloc float[16];
                    actual.Store(new(result), 0);
                    for (var lane = 0; lane < V.Count; lane++)
                    {
                        var one = Lanes1.Sum(expected(i + lane));
                        Assert.True(
                            BitConverter.SingleToUInt32Bits(one) == BitConverter.SingleToUInt32Bits(result[lane])
                                || float.IsNaN(one) && float.IsNaN(result[lane]),
                            $"{what} of {a[i + lane]} and {b[i + lane]}: {result[lane]:G9}, scalar {one:G9}");
                    }
                }
            }
        }

        Lanes1 A(int n) => Lanes1.Load(new(a), n);
        Lanes1 B(int n) => Lanes1.Load(new(b), n);
    }
}

using System.Runtime.CompilerServices;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>
/// Memory bandwidth over an arena as large as an optimiser's: parameters, gradients and two moments. Plain is McCalpin's triad
/// a = b + s·c over three thirds of it; the update reads all four quarters and writes three, as Adam does, with next to no arithmetic.
/// </summary>
sealed class Triad : TeamProgram, IDisposable
{
    readonly Arena arena;
    readonly int length;
    readonly bool isUpdate;

    public Triad(int parameters, bool isUpdate)
    {
        this.isUpdate = isUpdate;
        var floats = 4L * parameters;
        arena = new Arena(floats);
        length = (int)(floats / (isUpdate ? 4 : 3)) / 16 * 16;
    }

    /// <summary>Bytes that the program asks for; that a write may first read its line is not counted.</summary>
    public double Bytes => length * sizeof(float) * (isUpdate ? 7.0 : 3.0);

    public override void Execute(Worker worker)
    {
        var (from, to) = worker.Share(length / 16);
        var (first, end) = (from * 16, to * 16);
        Floats a = arena.Base, b = a.At(length), c = b.At(length);
        if (isUpdate) UpdateLoop<Update, Lanes16>.Run(new Update(a, b, c, c.At(length)), first, end);
        else UpdateLoop<Plain, Lanes16>.Run(new Plain(a, b, c), first, end);
    }

    public void Dispose() => arena.Dispose();

    readonly struct Plain(Floats a, Floats b, Floats c) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(int index) where TVector : struct, IVector<TVector> =>
            TVector.MultiplyAdd(TVector.Broadcast(0.5f), TVector.Load(c, index), TVector.Load(b, index)).Store(a, index);
    }

    readonly struct Update(Floats p, Floats g, Floats m, Floats v) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(int index) where TVector : struct, IVector<TVector>
        {
            var (s, x) = (TVector.Broadcast(0.5f), TVector.Load(g, index));
            TVector.MultiplyAdd(s, TVector.Load(m, index), x).Store(m, index);
            TVector.MultiplyAdd(s, TVector.Load(v, index), x).Store(v, index);
            TVector.MultiplyAdd(s, x, TVector.Load(p, index)).Store(p, index);
        }
    }
}

using System.Runtime.CompilerServices;
using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>Our own exp over a matrix that stays in the second-level cache.</summary>
sealed class Exponentials : TeamProgram, IDisposable
{
    public const int Rows = 64, Columns = 784;

    readonly Arena arena = new(2 * Rows * Columns);

    public Exponentials()
    {
        for (var i = 0; i < Rows * Columns; i++) arena.Base.At(i)[0] = i % 17 - 8.5f;
    }

    public override void Execute(Worker worker) =>
        Maps.Run(worker, Rows, Columns, 8, Columns, new Exp(arena.Base, arena.Base.At(Rows * Columns)));

    public void Dispose() => arena.Dispose();

    readonly struct Exp(Floats x, Floats y) : IMap
    {
        public static bool HasRowSums => false;

        public void Begin(in Tile tile) { }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TVector>(in Tile tile, int row, int column, ref RowSums<TVector> sums) where TVector : struct, IVector<TVector> =>
            VectorMath.Exp(TVector.Load(x, row * Columns + column)).Store(y, row * Columns + column);

        public void EndRow(in Tile tile, int row, in RowSums<Lanes1> sums) { }
    }
}

using Zoo.Runtime;

namespace Zoo.Benchmarks.Limits;

/// <summary>One product with its operands, ours and OpenBLAS's.</summary>
sealed unsafe class Sgemm : TeamProgram, IDisposable
{
    readonly ProductShape shape;
    readonly Arena memory;
    readonly Floats a, b, c;

    public Sgemm(ProductShape shape)
    {
        this.shape = shape;
        var (m, n, k) = (shape.M, shape.N, shape.K);
        memory = new Arena(Line(m * k) + Line(k * n) + Line(m * n));
        (a, b, c) = (memory.Base, memory.Base.At(Line(m * k)), memory.Base.At(Line(m * k) + Line(k * n)));
        var random = new Random(1);
        foreach (ref var x in memory.Base.AsSpan(memory.Length)) x = random.NextSingle() - 0.5f;

        static int Line(int floats) => (floats + 15) / 16 * 16;
    }

    public override void Execute(Worker worker) => Product.Run(
        worker,
        a, shape.TransposeA ? 1 : shape.K, shape.TransposeA ? shape.M : 1,
        b, shape.TransposeB ? 1 : shape.N, shape.TransposeB ? shape.K : 1,
        c, shape.N, shape.M, shape.N, shape.K);

    public void Execute(OpenBlas peer) =>
        peer.Multiply(shape.TransposeA, shape.TransposeB, shape.M, shape.N, shape.K, a.Address, b.Address, c.Address);

    public void Dispose() => memory.Dispose();
}

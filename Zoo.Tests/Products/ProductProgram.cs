using Zoo.Runtime;

namespace Zoo.Tests.Products;

/// <summary>One product, on a team.</summary>
sealed class ProductProgram(
    Floats a, int aRow, int aColumn, Floats b, int bRow, int bColumn, Floats c, int cRow, int m, int n, int k, bool ofBits = false)
    : TeamProgram
{
    public override void Execute(Worker worker)
    {
        if (ofBits) Product.OfBits(worker, a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k);
        else Product.Run(worker, a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k);
    }
}

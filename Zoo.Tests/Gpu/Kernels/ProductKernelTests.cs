using ILGPU;
using ILGPU.Runtime;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu.Kernels;

/// <summary>Products of all orientations and of sizes that fill no tile, alone and with a map behind, against double precision.</summary>
[Collection(PoclCollection.Name)]
public sealed class ProductKernelTests(PoclDevice pocl)
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 70, 3 }, { 63, 65, 17 }, { 64, 64, 16 }, { 128, 40, 400 }, { 130, 20, 33 }, { 20, 400, 128 },
    };

    [PoclTheory, MemberData(nameof(Shapes))]
    public void EqualsDoublePrecision(int m, int n, int k)
    {
        foreach (var (turnedA, turnedB) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            var random = new System.Random(m + n + k);
            float[] a = [.. Enumerable.Range(0, m * k).Select(_ => random.NextSingle() - 0.5f)], b = [.. Enumerable.Range(0, k * n)
                .Select(_ => random.NextSingle() - 0.5f)];
            const int gap = 5;
            var stride = n + gap;
            var (atB, atC, atSums) = (m * k, m * k + k * n, m * k + k * n + m * stride);
            var (rowBlocks, columnBlocks) = ((m + 63) / 64, (n + 63) / 64);
            using var memory = pocl.Accelerator.Allocate1D<float>(atSums + rowBlocks * n + columnBlocks * m + gap);
            var values = new float[memory.Length];
            Array.Fill(values, float.NaN);
            a.CopyTo(values, 0);
            b.CopyTo(values, atB);
            memory.CopyFromCPU(values);
            var product = new ProductArguments(0, turnedA ? 1 : k, turnedA ? m : 1, atB, turnedB ? 1 : n, turnedB ? k : 1, atC, stride, m,
                n, k);
            var plain = pocl.Accelerator.LoadStreamKernel<ArrayView<float>, ProductArguments>(ProductKernels.Plain);
            plain(MapTile.Grid(m, n), memory.View, product);
            pocl.Accelerator.Synchronize();
            var c = memory.GetAsArray1D();
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < stride; j++)
                {
                    var found = c[atC + i * stride + j];
                    if (j < n) Assert.Equal(Exact(i, j), found, 1e-5 * Math.Sqrt(k));
                    else Assert.True(float.IsNaN(found));
                }
            }

            // Twice the product, with its sums over rows and over columns by tile.
            memory.CopyFromCPU(values);
            var mapped = pocl.Accelerator.LoadStreamKernel<ArrayView<float>, ProductArguments, MapOperands>(ProductKernels.Mapped<Doubled>);
            mapped(MapTile.Grid(m, n), memory.View, product, new MapOperands(m, atC, atSums, atSums + columnBlocks * m, stride, n));
            pocl.Accelerator.Synchronize();
            c = memory.GetAsArray1D();
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++) Assert.Equal(2 * Exact(i, j), c[atC + i * stride + j], 2e-5 * Math.Sqrt(k));
            for (var i = 0; i < m; i++)
                for (var block = 0; block < columnBlocks; block++)
                    Assert.Equal(Enumerable.Range(block * 64, Math.Min(64, n - block * 64)).Sum(j => 2 * Exact(i, j)),
                        c[atSums + block * m + i], 1e-4 * Math.Sqrt(k));
            for (var j = 0; j < n; j++)
                for (var block = 0; block < rowBlocks; block++)
                    Assert.Equal(Enumerable.Range(block * 64, Math.Min(64, m - block * 64)).Sum(i => -Exact(i, j)),
                        c[atSums + columnBlocks * m + block * n + j], 1e-4 * Math.Sqrt(k));
            Assert.All(c[(atSums + rowBlocks * n + columnBlocks * m)..], v => Assert.True(float.IsNaN(v)));

            double Exact(int i, int j) =>
                Enumerable.Range(0, k).Sum(l => (double)a[turnedA ? l * m + i : i * k + l] * b[turnedB ? j * k + l : l * n + j]);
        }
    }

    readonly struct Doubled : IGpuMap
    {
        public static string ContentHash => "doubled";

        public static int RowSums => 1;

        public static int ColumnSums => 2;

        public static MapSums At(ArrayView<float> memory, MapOperands operands, int row, int column, Lane product)
        {
            var twice = product + product;
            twice.Store(memory, operands.O0 + row * operands.O3 + column);
            return new MapSums { Row0 = twice, Column0 = twice, Column1 = -product };
        }

        public static void StoreRowSums(ArrayView<float> memory, MapOperands operands, int columnBlock, int row, MapSums sums) =>
            sums.Row0.Store(memory, operands.O1 + columnBlock * operands.Rows + row);

        public static void StoreColumnSums(ArrayView<float> memory, MapOperands operands, int rowBlock, int column, MapSums sums) =>
            sums.Column1.Store(memory, operands.O2 + rowBlock * operands.O4 + column);
    }
}

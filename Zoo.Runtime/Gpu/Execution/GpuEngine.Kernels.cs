using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>What emitted programs call: each queues a kernel, or none where there is nothing to compute.</summary>
public abstract partial class GpuEngine
{
    /// <summary>C = A·B.</summary>
    /// <param name="a">Offset of A's first element, m × k.</param>
    /// <param name="aRow">Floats from one row of A to the next.</param>
    /// <param name="aColumn">Floats from one column of A to the next.</param>
    /// <param name="b">Offset of B's first element, k × n.</param>
    /// <param name="bRow">Floats from one row of B to the next.</param>
    /// <param name="bColumn">Floats from one column of B to the next.</param>
    /// <param name="c">Offset of C's first element, m × n; its columns are neighbours.</param>
    /// <param name="cRow">Floats from one row of C to the next.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The summed axis.</param>
    /// <param name="library">Whether a vendor's library takes it, where the device has one.</param>
    protected void Product(int a, int aRow, int aColumn, int b, int bRow, int bColumn, int c, int cRow, int m, int n, int k, bool library)
    {
        if (m == 0 || n == 0) return;
        var product = new ProductArguments(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k);
        if (library && Multiply(product)) return;
        var launch = gpu.Kernels.Get<ProductArguments>(KernelKind.Product, "", static () => ProductKernels.Plain);
        launch(Queue(), MapTile.Grid(m, n), memory, product);
    }

    /// <summary>C = A·B, then a map over C.</summary>
    /// <typeparam name="TMap">The map.</typeparam>
    /// <inheritdoc cref="Product(int, int, int, int, int, int, int, int, int, int, int, bool)"/>
    /// <param name="stores">Whether C itself must be in memory afterwards.</param>
    /// <param name="operands">Where the map's buffers lie.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    protected void Product<TMap>(
        int a, int aRow, int aColumn, int b, int bRow, int bColumn, int c, int cRow, int m, int n, int k, bool library, bool stores,
        in MapOperands operands)
        where TMap : struct, IGpuMap
#pragma warning restore CS1573
    {
        if (m == 0 || n == 0) return;
        var product = new ProductArguments(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k);
        if (library && Multiply(product))
        {
            Tiles<TMap>(new TileArguments(m, n, c, cRow), operands);
            return;
        }
        var launch = stores
            ? gpu.Kernels.Get<ProductArguments, MapOperands>(KernelKind.StoredAndMappedProduct, TMap.ContentHash,
                static () => ProductKernels.StoredAndMapped<TMap>)
            : gpu.Kernels.Get<ProductArguments, MapOperands>(KernelKind.MappedProduct, TMap.ContentHash,
                static () => ProductKernels.Mapped<TMap>);
        launch(Queue(), MapTile.Grid(m, n), memory, product, operands);
    }

    /// <summary>A map that sums nothing, a thread an element.</summary>
    protected void Map<TMap>(int rows, int columns, in MapOperands operands) where TMap : struct, IGpuMap
    {
        if (rows == 0 || columns == 0) return;
        var launch = gpu.Kernels.Get<FlatArguments, MapOperands>(KernelKind.FlatMap, TMap.ContentHash, static () => MapKernels.Flat<TMap>);
        launch(Queue(), FlatGrid.For(rows * columns), memory, new FlatArguments(rows, columns), operands);
    }

    /// <summary>A map that sums rows only, a group a row, or a block of its columns.</summary>
    protected void MapRows<TMap>(int rows, int columns, int columnsPerBlock, in MapOperands operands) where TMap : struct, IGpuMap
    {
        if (rows == 0 || columns == 0) return;
        var at = new RowArguments(rows, columns, columnsPerBlock);
        var launch = gpu.Kernels.Get<RowArguments, MapOperands>(KernelKind.RowMap, TMap.ContentHash, static () => MapKernels.Rows<TMap>);
        launch(Queue(), at.Config, memory, at, operands);
    }

    /// <summary>A map with sums of both kinds, a group a tile.</summary>
    protected void MapTiles<TMap>(int rows, int columns, in MapOperands operands) where TMap : struct, IGpuMap
    {
        if (rows > 0 && columns > 0) Tiles<TMap>(new TileArguments(rows, columns, -1, 0), operands);
    }

    /// <summary>Standard normal numbers, rows × columns, as <see cref="Draws.Normal"/>.</summary>
    protected void DrawNormal(int target, int rows, int columns, ulong key, long firstRow) => Draw(
        KernelKind.NormalDraw, static () => DrawKernels.Fill<NormalDraw>, target, rows, columns, key, firstRow);

    /// <summary>Uniform numbers in [0, 1), rows × columns, as <see cref="Draws.Uniform"/>.</summary>
    protected void DrawUniform(int target, int rows, int columns, ulong key, long firstRow) => Draw(
        KernelKind.UniformDraw, static () => DrawKernels.Fill<UniformDraw>, target, rows, columns, key, firstRow);

    /// <summary>One-hot rows, as <see cref="Draws.OneHot"/>.</summary>
    protected void DrawOneHot(int target, int rows, int classes, ulong key, long firstRow) => Draw(
        KernelKind.OneHotDraw, static () => DrawKernels.OneHot, target, rows, classes, key, firstRow);

    /// <summary>target[o, i] = Σₘ source[o, m, i], or its parts by blocks of the middle axis.</summary>
    protected void Sum(int source, int target, int outer, int middle, int inner, int middlePerBlock) =>
        Reduce<Addition>(KernelKind.SumRows, KernelKind.SumColumns, new(source, target, outer, middle, inner, middlePerBlock));

    /// <summary>target[o, i] = maxₘ source[o, m, i], or its parts by blocks of the middle axis; NaN where any is NaN.</summary>
    protected void Max(int source, int target, int outer, int middle, int inner, int middlePerBlock) =>
        Reduce<Maximum>(KernelKind.MaxRows, KernelKind.MaxColumns, new(source, target, outer, middle, inner, middlePerBlock));

    /// <summary>c[i] = op(a[i])·op(b[i]) for every i, as <see cref="SmallProduct.Run"/>.</summary>
    protected void SmallProducts(int a, int b, int c, int count, int m, int n, int k, bool transposeA, bool transposeB)
    {
        if (count == 0) return;
        var at = new SmallProductArguments(a, b, c, count, m, n, k, transposeA ? 1 : 0, transposeB ? 1 : 0);
        var launch = gpu.Kernels.Get<SmallProductArguments>(KernelKind.SmallProduct, "", static () => SmallProductKernels.Multiply);
        launch(Queue(), SmallProductKernels.Config(at), memory, at);
    }

    /// <summary>target[c] = Σ of the rows of values labelled c, as <see cref="LabelledRows.Sum"/>.</summary>
    protected void SumByLabel(int values, int rowStride, int labels, int target, int rows, int columns, int classes)
    {
        if (columns == 0 || classes == 0) return;
        var at = LabelledSumArguments.At(values, rowStride, labels, target, rows, columns, classes);
        var launch = gpu.Kernels.Get<LabelledSumArguments>(KernelKind.LabelledSum, "", static () => LabelledSumKernels.Sum);
        launch(Queue(), LabelledSumKernels.Config(at), memory, at);
    }

    /// <summary>
    /// The factor that brings a gradient to at most a norm, computed on the device into the cell behind <paramref name="partials"/>.
    /// </summary>
    /// <param name="stretches">Where the gradient lies: starts and lengths.</param>
    /// <param name="partials">Room for sums of squares.</param>
    /// <param name="maxNorm">Largest Euclidean norm.</param>
    /// <returns>Where the factor lies.</returns>
    protected int ClipScale(ReadOnlySpan<(int Start, int Length)> stretches, int partials, float maxNorm)
    {
        var norm = gpu.Kernels.Get<ClipArguments>(KernelKind.SquaredNorm, "", static () => ClipKernels.SquaredNorm);
        var blocks = 0;
        foreach (var (start, length) in stretches)
        {
            var part = new ClipArguments(start, length, partials + blocks, 0, maxNorm);
            norm(Queue(), ClipKernels.SquaredNormConfig(part), memory, part);
            blocks += Optimizer.NormBlocks(length);
        }
        var at = new ClipArguments(0, blocks * Optimizer.NormBlock, partials, partials + blocks, maxNorm);
        var factor = gpu.Kernels.Get<ClipArguments>(KernelKind.ClipScale, "", static () => ClipKernels.Scale);
        factor(Queue(), ClipKernels.ScaleConfig, memory, at);
        return at.Scale;
    }

    /// <summary>Every parameter to at most a size, as <see cref="Optimizer.Clamp"/>.</summary>
    protected void Clamp(int parameters, int length, float bound)
    {
        var at = new UpdateArguments(parameters, 0, 0, 0, length);
        var launch = gpu.Kernels.Get<UpdateArguments, float>(KernelKind.Clamp, "", static () => UpdateKernels.Clamp);
        launch(Queue(), UpdateKernels.Config(at), memory, at, bound);
    }

    /// <summary>Averages of parameters, as <see cref="Optimizer.Average"/>.</summary>
    protected void Average(int averages, int parameters, int length, in AverageSettings settings)
    {
        var at = new UpdateArguments(parameters, 0, averages, 0, length);
        var launch = gpu.Kernels.Get<UpdateArguments, AverageSettings>(KernelKind.Average, "", static () => UpdateKernels.Average);
        launch(Queue(), UpdateKernels.Config(at), memory, at, settings);
    }

    /// <summary>One step of Adam, as <see cref="Optimizer.Adam"/>.</summary>
    protected void Adam(int parameters, int gradients, int firstMoments, int secondMoments, int length, int scale, in AdamSettings settings)
    {
        var at = new UpdateArguments(parameters, gradients, firstMoments, secondMoments, length, scale);
        var launch = gpu.Kernels.Get<UpdateArguments, AdamSettings>(KernelKind.Adam, "", static () => UpdateKernels.Adam);
        launch(Queue(), UpdateKernels.Config(at), memory, at, settings);
    }

    /// <summary>One step of stochastic gradient descent, as <see cref="Optimizer.Sgd"/>.</summary>
    protected void Sgd(int parameters, int gradients, int momenta, int length, int scale, in SgdSettings settings)
    {
        var at = new UpdateArguments(parameters, gradients, momenta, 0, length, scale);
        var launch = settings.Momentum == 0
            ? gpu.Kernels.Get<UpdateArguments, SgdArguments>(KernelKind.PlainSgd, "", static () => UpdateKernels.PlainSgd)
            : gpu.Kernels.Get<UpdateArguments, SgdArguments>(KernelKind.MomentumSgd, "", static () => UpdateKernels.MomentumSgd);
        launch(Queue(), UpdateKernels.Config(at), memory, at, SgdArguments.From(settings));
    }

    /// <summary>One step of RMSprop, as <see cref="Optimizer.RmsProp"/>.</summary>
    protected void RmsProp(int parameters, int gradients, int squares, int length, int scale, in RmsPropSettings settings)
    {
        var at = new UpdateArguments(parameters, gradients, squares, 0, length, scale);
        var launch = gpu.Kernels.Get<UpdateArguments, RmsPropSettings>(KernelKind.RmsProp, "", static () => UpdateKernels.RmsProp);
        launch(Queue(), UpdateKernels.Config(at), memory, at, settings);
    }

    void Tiles<TMap>(in TileArguments at, in MapOperands operands) where TMap : struct, IGpuMap
    {
        var launch = gpu.Kernels.Get<TileArguments, MapOperands>(KernelKind.TiledMap, TMap.ContentHash,
            static () => MapKernels.Tiles<TMap>);
        launch(Queue(), MapTile.Grid(at.Rows, at.Columns), memory, at, operands);
    }

    void Draw(
        KernelKind kind, Func<Action<ArrayView<float>, DrawArguments>> kernel,
        int target, int rows, int columns, ulong key, long firstRow)
    {
        if (rows == 0 || columns == 0) return;
        var at = DrawArguments.At(target, rows, columns, columns, key, Step, Iteration, firstRow);
        gpu.Kernels.Get(kind, "", kernel)(Queue(), DrawKernels.Config(at), memory, at);
    }

    void Reduce<TFold>(KernelKind rows, KernelKind columns, in ReductionArguments at) where TFold : struct, IFold
    {
        if (at.Outer == 0 || at.Inner == 0) return;
        if (at.Inner == 1)
        {
            var launch = gpu.Kernels.Get<ReductionArguments>(rows, "", static () => ReductionKernels.Rows<TFold>);
            launch(Queue(), ReductionKernels.RowConfig(at), memory, at);
        }
        else
        {
            var launch = gpu.Kernels.Get<ReductionArguments>(columns, "", static () => ReductionKernels.Columns<TFold>);
            launch(Queue(), ReductionKernels.ColumnConfig(at), memory, at);
        }
    }

    /// <summary>For tests, so it is not counted.</summary>
    void Fill(int start, int length, float value)
    {
        if (length == 0) return;
        var launch = gpu.Kernels.Get<FillArguments>(KernelKind.Fill, "", static () => FillKernel.Run);
        launch(gpu.Compute, FlatGrid.For(length), memory, new FillArguments(start, length, value));
    }

    /// <summary>By the library, if there is one.</summary>
    bool Multiply(in ProductArguments product)
    {
        if (gpu.Products is not { } library) return false;
        gpu.Launches++;
        library.Multiply(memory, product);
        return true;
    }

    /// <summary>The queue, for one more kernel.</summary>
    AcceleratorStream Queue()
    {
        gpu.Launches++;
        return gpu.Compute;
    }
}

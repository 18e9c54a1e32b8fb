namespace Zoo.Runtime;

/// <summary>The kernels there are; those with a map exist once for each content of a map.</summary>
enum KernelKind
{
    Product, MappedProduct, StoredAndMappedProduct, FlatMap, RowMap, TiledMap, NormalDraw, UniformDraw, OneHotDraw,
    SumRows, SumColumns, MaxRows, MaxColumns, SmallProduct, LabelledSum,
    WindowProduct, MappedWindowProduct, StoredAndMappedWindowProduct,
    WindowSumProduct, MappedWindowSumProduct, StoredAndMappedWindowSumProduct, Windows, WindowSums, Permute,
    Adam, PlainSgd, MomentumSgd, RmsProp, Clamp, Average, SquaredNorm, ClipScale, Fill,
}

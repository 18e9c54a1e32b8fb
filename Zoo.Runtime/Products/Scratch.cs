namespace Zoo.Runtime;

/// <summary>What a worker keeps for products, one after the other in its memory: bounded, so that no model has to plan for it.</summary>
static unsafe class Scratch
{
    /// <summary>Packed panels of B: those of a stretch of k, or where they all fit all of them.</summary>
    public const int PackedFloats = 131_072;

    /// <summary>A tile for columns short of a whole kernel.</summary>
    const int EdgeFloats = 512;

    /// <summary>Where numbers of windows lie.</summary>
    public const int TableFloats = 4_096;

    /// <summary>Images with a border of zeros.</summary>
    public const int ImageFloats = 65_536;

    /// <summary>All of it.</summary>
    public const int Floats = PackedFloats + EdgeFloats + TableFloats + ProductTiles.WindowFloats + ImageFloats;

    public static float* Packed(Worker worker) => worker.Panels.Base.Address;

    public static float* Edge(Worker worker) => Packed(worker) + PackedFloats;

    public static int* Table(Worker worker) => (int*)(Edge(worker) + EdgeFloats);

    public static float* Windows(Worker worker) => (float*)Table(worker) + TableFloats;

    public static float* Images(Worker worker) => Windows(worker) + ProductTiles.WindowFloats;
}

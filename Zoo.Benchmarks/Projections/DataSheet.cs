namespace Zoo.Benchmarks.Projections;

/// <summary>What a vendor says of a GPU; none of them was measured.</summary>
/// <param name="Name">Its name in the data sheet.</param>
/// <param name="Peak">Single-precision operations a second, without tensor cores.</param>
/// <param name="Bandwidth">Bytes a second of its memory.</param>
/// <param name="Multiprocessors">What runs groups of threads.</param>
sealed record DataSheet(string Name, double Peak, double Bandwidth, int Multiprocessors)
{
    public static IReadOnlyList<DataSheet> All { get; } =
    [
        // NVIDIA H100 Tensor Core GPU data sheet: FP32 67 TFLOP/s, 3.35 TB/s; NVIDIA H100 architecture white paper: 132 multiprocessors.
        new("NVIDIA H100 SXM", 67e12, 3.35e12, 132),
        // NVIDIA Ada GPU architecture white paper: FP32 82.6 TFLOP/s, 1,008 GB/s, 128 multiprocessors.
        new("NVIDIA GeForce RTX 4090", 82.6e12, 1.008e12, 128),
    ];
}

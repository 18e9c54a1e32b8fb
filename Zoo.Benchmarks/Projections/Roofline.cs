namespace Zoo.Benchmarks.Projections;

/// <summary>
/// A projection, no measurement: microseconds that counted operations and bytes take at a data sheet's rates, kernel after kernel.
/// </summary>
/// <param name="Flops">Operations of all kernels.</param>
/// <param name="Bytes">Bytes of all kernels.</param>
/// <param name="Launches">Kernels.</param>
/// <param name="Ideal">Σ max(operations / peak, bytes / bandwidth).</param>
/// <param name="WithLaunches">The same, and <see cref="LaunchMicroseconds"/> for every kernel.</param>
/// <param name="WithGroups">
/// The same, where a kernel has only the part of the peak that its groups can reach: a group runs on one multiprocessor, and many of these
/// kernels have fewer
/// groups than the GPU has multiprocessors.
/// </param>
readonly record struct Roofline(double Flops, double Bytes, int Launches, double Ideal, double WithLaunches, double WithGroups)
{
    /// <summary>An assumption: from the start of a short kernel to that of the next on the same queue.</summary>
    public const double LaunchMicroseconds = 3;

    public static Roofline Of(IReadOnlyList<KernelCost> kernels, DataSheet gpu)
    {
        double Time(KernelCost kernel, double part) => 1e6 * Math.Max(kernel.Flops / (gpu.Peak * part), kernel.Bytes / gpu.Bandwidth);
        var ideal = kernels.Sum(kernel => Time(kernel, 1));
        var launching = LaunchMicroseconds * kernels.Count;
        return new(
            kernels.Sum(kernel => kernel.Flops), kernels.Sum(kernel => kernel.Bytes), kernels.Count, ideal, ideal + launching,
            launching + kernels.Sum(kernel => Time(kernel, Math.Min(1, (double)kernel.Groups / gpu.Multiprocessors))));
    }
}

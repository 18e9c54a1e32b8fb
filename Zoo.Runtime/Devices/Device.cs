using System.Runtime.CompilerServices;
using Zoo.Runtime;

namespace Zoo;

/// <summary>Where a model runs: a team of processor threads, or an accelerator, shared by the models given it.</summary>
public sealed class Device : IDisposable
{
    static readonly Lazy<VectorWidth> DefaultWidth = new(WidthSwitch.Read);
    static readonly Lazy<Device> Shared = new(() => new Device(new Team(Processors.Count, DefaultWidth.Value), shared: true));
    readonly bool shared;
    readonly Team? team;
    readonly GpuDevice? accelerator;

    Device(Team team, bool shared) => (this.team, this.shared) = (team, shared);

    Device(GpuDevice accelerator) => this.accelerator = accelerator;

    /// <summary>
    /// All processors that the process may use (its affinity and its container's share count), at the widest vectors the machine has; a
    /// program uses as many of them as its work feeds. One team for the whole program, made when first asked for; disposing it does
    /// nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The AppContext value <c>Zoo.VectorWidth</c> is neither 512, 256, 128 nor 1.</exception>
    public static Device Cpu => Shared.Value;

    /// <summary>Whether models run on an accelerator.</summary>
    public bool IsGpu => accelerator is not null;

    /// <summary>The workers and the vector width.</summary>
    internal Team Team => team ?? throw new InvalidOperationException("An accelerator has no team of threads.");

    /// <summary>The accelerator with its queues and kernels.</summary>
    internal GpuDevice Accelerator => accelerator ?? throw new InvalidOperationException("A team of threads has no accelerator.");

    /// <summary>
    /// An accelerator of ILGPU 1.5.3, with queues and kernels that the models given this device share. The accelerator stays the caller's:
    /// dispose it, and its context, after this device and its models.
    /// </summary>
    /// <param name="accelerator">An <c>ILGPU.Runtime.Accelerator</c>; of this type the signature says nothing, so that programs without
    /// ILGPU compile.</param>
    /// <exception cref="ArgumentException"><paramref name="accelerator"/> is something else, or disposed.</exception>
    /// <exception cref="NotSupportedException">
    /// Its groups have too few threads or too little shared memory for the kernels; or it is the simulator that a context has where there
    /// is no GPU, and the message then says what was looked for and what to install; or ILGPU is not beside the program.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The program is compiled ahead of time, which ILGPU's own compiler cannot
    /// be.</exception>
    public static Device Gpu(object accelerator)
    {
        // The feature switch lets ahead-of-time compilers drop all of ILGPU behind this line.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new PlatformNotSupportedException("Device.Gpu needs a runtime that compiles at run time, because ILGPU does; this "
                + "program was compiled ahead of time (NativeAOT).");
        return GpuLibrary.Needed("Device.Gpu", () => new Device(GpuDevice.Of(accelerator)));
    }

    /// <summary>
    /// The best GPU here: CUDA's before OpenCL's, large before small. It is found under the names that drivers are installed by, and it is
    /// this device's own: dispose the device after its models. What is needed are ILGPU 1.5.3, a driver, and for OpenCL 2.0, or 3.0 with
    /// the generic address space.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// There is none, and the message says what was looked for, what was found, why it cannot be used, and what to install; or ILGPU is not
    /// beside the program.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The program is compiled ahead of time, which ILGPU's own compiler cannot be.
    /// </exception>
    public static Device BestGpu()
    {
        // The feature switch lets ahead-of-time compilers drop all of ILGPU behind this line.
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new PlatformNotSupportedException(
                "Device.BestGpu needs a runtime that compiles at run time, because ILGPU does; this program was compiled ahead of time "
                    + "(NativeAOT).");
        }
        return GpuLibrary.Needed("Device.BestGpu", () => new Device(GpuDevice.Best()));
    }

    /// <summary>A team of its own. Dispose it when its models are; forgotten, it ends with the garbage collection that finds it.</summary>
    /// <param name="threads">
    /// The most threads that work at once, the caller's included; at least 1. No more than there are processors are ever used, nor more
    /// than a program's work feeds.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The AppContext value <c>Zoo.VectorWidth</c> is neither 512, 256, 128 nor 1.</exception>
    public static Device CpuWith(int threads) => CpuWith(threads, DefaultWidth.Value);

    internal static Device CpuWith(int threads, VectorWidth width, long operationsPerWorker = Team.OperationsPerWorker) => threads >= 1
        ? new Device(new Team(threads, width, operationsPerWorker), shared: false)
        : throw new ArgumentOutOfRangeException(nameof(threads), threads, $"A device needs at least 1 thread; {threads} were asked for.");

    /// <summary>The accelerator with its kind and memory, or the number of threads and the vector width.</summary>
    public override string ToString()
    {
        if (accelerator is not null) return accelerator.Description;
        var width = Team.Width == VectorWidth.Scalar ? "scalar" : $"{32 * (int)Team.Width}-bit vectors";
        return $"{Team.Count} {(Team.Count == 1 ? "thread" : "threads")}, {width}";
    }

    /// <summary>
    /// Ends the threads, or gives the queues and kernels back. A model on this device throws <see cref="ObjectDisposedException"/> when it
    /// next computes.
    /// </summary>
    public void Dispose()
    {
        if (!shared) team?.Dispose();
        accelerator?.Dispose();
    }
}

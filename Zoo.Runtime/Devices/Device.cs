using Zoo.Runtime;

namespace Zoo;

/// <summary>Where a model runs: a team of processor threads, shared by the models given it.</summary>
public sealed class Device : IDisposable
{
    static readonly Lazy<VectorWidth> DefaultWidth = new(WidthSwitch.Read);
    static readonly Lazy<Device> Shared = new(() => new Device(Environment.ProcessorCount, DefaultWidth.Value, shared: true));
    readonly bool shared;

    Device(int threads, VectorWidth width, bool shared)
    {
        Team = new Team(threads, width);
        this.shared = shared;
    }

    /// <summary>
    /// All processors, at the widest vectors the machine has. One team for the whole program, made when first asked for; disposing it does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The AppContext value <c>Zoo.VectorWidth</c> is neither 512, 256, 128 nor 1.</exception>
    public static Device Cpu => Shared.Value;

    /// <summary>The workers and the vector width.</summary>
    internal Team Team { get; }

    /// <summary>A team of its own. Dispose it when its models are; forgotten, it ends with the garbage collection that finds it.</summary>
    /// <param name="threads">Threads, the caller's included; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The AppContext value <c>Zoo.VectorWidth</c> is neither 512, 256, 128 nor 1.</exception>
    public static Device CpuWith(int threads) => CpuWith(threads, DefaultWidth.Value);

    internal static Device CpuWith(int threads, VectorWidth width) => threads >= 1
        ? new Device(threads, width, shared: false)
        : throw new ArgumentOutOfRangeException(nameof(threads), threads, $"A device needs at least 1 thread; {threads} were asked for.");

    /// <summary>Ends the threads. A model on this device throws <see cref="ObjectDisposedException"/> when it next computes.</summary>
    public void Dispose()
    {
        if (!shared) Team.Dispose();
    }
}

using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>Compiled kernels of an accelerator, made when first asked for, and once for equal contents whatever model they come from.</summary>
sealed class KernelCache(Accelerator accelerator)
{
    readonly Dictionary<(KernelKind Kind, string Map), Delegate> loaded = [];

    /// <summary>How many have been compiled.</summary>
    public int Count => loaded.Count;

    /// <summary>The launcher of a kernel; keeps and returns the same one, and allocates nothing from the second time on.</summary>
    /// <param name="kind">The kernel.</param>
    /// <param name="map">The content hash of its map; empty where it has none.</param>
    /// <param name="load">Compiles it.</param>
    /// <exception cref="InvalidOperationException">It does not compile, which leaves the accelerator's context unusable.</exception>
    public TLauncher Get<TLauncher>(KernelKind kind, string map, Func<Accelerator, TLauncher> load) where TLauncher : Delegate
    {
        if (loaded.TryGetValue((kind, map), out var known)) return (TLauncher)known;
        TLauncher launcher;
        try
        {
            launcher = load(accelerator);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidOperationException(
                $"The kernel {kind}{(map.Length == 0 ? "" : $" with map {map}")} was not compiled for '{accelerator.Name}'. ILGPU's context cannot be used further.", exception);
        }
        loaded.Add((kind, map), launcher);
        return launcher;
    }
}

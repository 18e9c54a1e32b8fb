using ILGPU;

namespace Zoo.Runtime;

/// <summary>Sections of the state on the device and on the host, and which of the two is the newer. A section travels as a whole.</summary>
sealed class SectionCopies : IDisposable
{
    enum Newer : byte
    {
        Neither, Host, Device,
    }

    readonly GpuDevice gpu;
    readonly ArrayView<float> memory;
    readonly ModelState state;
    readonly int[] offsets;
    readonly Newer[] newer;
    Transfer? transfer;

    /// <param name="gpu">The accelerator.</param>
    /// <param name="memory">The model's memory on it; the state begins at float 0.</param>
    /// <param name="state">The host's copy, which has the first parameters; all else is zero on both sides.</param>
    public SectionCopies(GpuDevice gpu, ArrayView<float> memory, ModelState state)
    {
        (this.gpu, this.memory, this.state) = (gpu, memory, state);
        offsets = [0, state.Description.GradientOffset, .. state.Description.Moments.Select(m => m.Offset)];
        newer = new Newer[offsets.Length];
        newer[0] = Newer.Host;
    }

    /// <summary>A kernel has been queued that writes the section.</summary>
    public void Computed(int section) => newer[Ordinal(section)] = Newer.Device;

    public bool IsComputed(int section) => newer[Ordinal(section)] == Newer.Device;

    /// <summary>The host has changed its copy, or is about to.</summary>
    public void Supersede(int section) => newer[Ordinal(section)] = Newer.Host;

    /// <summary>Sends what the host has changed; later kernels find it.</summary>
    public void Send()
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            if (newer[i] != Newer.Host) continue;
            Host(i).CopyTo(Transfer.Host);
            Transfer.Upload(gpu.Compute, memory, offsets[i], Transfer.Host.Length);
            // The array serves the next section too.
            gpu.Synchronize();
            // Only now: a copy that throws leaves the host's the newer.
            newer[i] = Newer.Neither;
        }
    }

    /// <summary>Brings a section to the host, when all kernels so far have run.</summary>
    public void Fetch(int section)
    {
        var i = Ordinal(section);
        Transfer.Download(gpu.Compute, memory, section);
        gpu.Synchronize();
        Transfer.Host.CopyTo(Host(i));
        newer[i] = Newer.Neither;
    }

    public void Dispose() => transfer?.Dispose();

    Transfer Transfer => transfer ??= new Transfer(gpu, state.Description.ParameterFloats);

    Span<float> Host(int ordinal) => state.State.At(offsets[ordinal]).AsSpan(state.Description.ParameterFloats);

    int Ordinal(int section) => Array.IndexOf(offsets, section);
}

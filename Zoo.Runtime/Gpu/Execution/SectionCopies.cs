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
    readonly int[] lengths;
    readonly Newer[] newer;
    // One for each length, because some drivers copy page-locked arrays as a whole.
    readonly Dictionary<int, Transfer> transfers = [];

    /// <param name="gpu">The accelerator.</param>
    /// <param name="memory">The model's memory on it; the state begins at float 0.</param>
    /// <param name="state">The host's copy, which has the first parameters and their averages; all else is zero on both.</param>
    public SectionCopies(GpuDevice gpu, ArrayView<float> memory, ModelState state)
    {
        (this.gpu, this.memory, this.state) = (gpu, memory, state);
        offsets = [0, state.Description.GradientOffset, .. state.Description.Moments.Select(m => m.Offset)];
        lengths = [state.Description.ParameterFloats, state.Description.GradientFloats, .. state.Description.Moments.Select(m => m.Length)];
        newer = new Newer[offsets.Length];
        newer[0] = Newer.Host;
        foreach (var moment in state.Description.Moments) if (moment.IsAverage) Supersede(moment.Offset);
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
            var transfer = Of(lengths[i]);
            Host(i).CopyTo(transfer.Host);
            transfer.Upload(gpu.Compute, memory, offsets[i], lengths[i]);
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
        var transfer = Of(lengths[i]);
        transfer.Download(gpu.Compute, memory, section);
        gpu.Synchronize();
        transfer.Host.CopyTo(Host(i));
        newer[i] = Newer.Neither;
    }

    public void Dispose()
    {
        foreach (var transfer in transfers.Values) transfer.Dispose();
    }

    Transfer Of(int length)
    {
        if (!transfers.TryGetValue(length, out var transfer)) transfers[length] = transfer = new Transfer(gpu, length);
        return transfer;
    }

    Span<float> Host(int ordinal) => state.State.At(offsets[ordinal]).AsSpan(lengths[ordinal]);

    int Ordinal(int section) => Array.IndexOf(offsets, section);
}

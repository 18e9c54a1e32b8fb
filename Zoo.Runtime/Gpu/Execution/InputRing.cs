using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Slots for hyperparameters and inputs on the device. On CUDA they are filled through a queue of their own: a batch travels while the kernels of earlier
/// steps run, and the host waits for that copy alone. It waits for all kernels only when every slot may still be read.
/// </summary>
/// <remarks>
/// OpenCL leaves undefined what two queues do with one buffer at a time, so there the copy is queued among the kernels, and the host waits for nothing.
/// </remarks>
sealed class InputRing : IDisposable
{
    /// <summary>Slots, so also the most programs that the host is ahead.</summary>
    public const int Slots = 8;

    readonly GpuDevice gpu;
    readonly int start;
    readonly int scalars;
    readonly int slotFloats;
    readonly Transfer[] transfers;
    int next;
    int inFlight;

    /// <param name="gpu">The accelerator.</param>
    /// <param name="start">Where the ring begins on the device.</param>
    /// <param name="scalars">Hyperparameters, the step count and the rows of the call.</param>
    /// <param name="inputs">The most floats that a program's inputs take, each from a multiple of <see cref="Alignment"/> on.</param>
    public InputRing(GpuDevice gpu, int start, int scalars, int inputs)
    {
        (this.gpu, this.start, this.scalars, slotFloats) = (gpu, start, Align(scalars), Align(scalars) + inputs);
        transfers = new Transfer[Slots];
        try
        {
            for (var i = 0; i < Slots; i++) transfers[i] = new Transfer(gpu, slotFloats);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Floats that an input begins at a multiple of.</summary>
    public const int Alignment = 16;

    /// <summary>Floats of the ring on the device.</summary>
    public static long Floats(int scalars, int inputs) => (long)Slots * (Align(scalars) + inputs);

    public static int Align(int floats) => (floats + Alignment - 1) / Alignment * Alignment;

    /// <summary>Brings a program's data to the device; kernels queued afterwards find them there.</summary>
    /// <returns>Where the scalars and each input begin.</returns>
    public (int Scalars, int Input0, int Input1, int Input2) Fill(
        ArrayView<float> memory, ReadOnlySpan<float> values, ReadOnlySpan<float> input0, ReadOnlySpan<float> input1, ReadOnlySpan<float> input2)
    {
        if (inFlight == Slots)
        {
            gpu.Synchronize();
            Drained();
        }
        var (slot, transfer) = (start + next * slotFloats, transfers[next]);
        next = (next + 1) % Slots;
        inFlight++;
        var host = transfer.Host;
        values.CopyTo(host);
        var at0 = Align(scalars);
        var at1 = at0 + Align(input0.Length);
        var at2 = at1 + Align(input1.Length);
        input0.CopyTo(host[at0..]);
        input1.CopyTo(host[at1..]);
        input2.CopyTo(host[at2..]);
        transfer.Upload(gpu.Incoming ?? gpu.Compute, memory, slot, at2 + input2.Length);
        gpu.AwaitIncoming();
        return (slot, slot + at0, slot + at1, slot + at2);
    }

    /// <summary>The host has waited for all kernels: no slot is read any more.</summary>
    public void Drained() => inFlight = 0;

    public void Dispose()
    {
        foreach (var transfer in transfers) transfer?.Dispose();
    }
}

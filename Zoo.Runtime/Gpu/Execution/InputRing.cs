using ILGPU;

namespace Zoo.Runtime;

/// <summary>
/// Slots for hyperparameters and inputs on the device. On CUDA they are filled through a queue of their own: a batch travels while the
/// kernels of earlier steps run, and the host waits for that copy alone. It waits for all kernels only when every slot may still be read.
/// </summary>
/// <remarks>
/// OpenCL leaves undefined what two queues do with one buffer at a time, so there the copy is queued among the kernels, and the host waits
/// for nothing.
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
    /// <param name="memory">The model's memory.</param>
    /// <param name="values">Hyperparameters, and the step count.</param>
    /// <param name="inputs">The data.</param>
    /// <param name="starts">Receives where each input begins.</param>
    /// <returns>Where the scalars begin.</returns>
    public int Fill(ArrayView<float> memory, ReadOnlySpan<float> values, in Inputs inputs, Span<int> starts)
    {
        if (inFlight == Slots)
        {
            gpu.Synchronize();
            Drained();
        }
        var (slot, transfer) = (start + next * slotFloats, transfers[next]);
        next = (next + 1) % Slots;
        inFlight++;
        values.CopyTo(transfer.Host);
        var end = Align(scalars);
        Add(transfer, inputs.Input0, ref end, ref starts[0]);
        Add(transfer, inputs.Input1, ref end, ref starts[1]);
        Add(transfer, inputs.Input2, ref end, ref starts[2]);
        Add(transfer, inputs.Input3, ref end, ref starts[3]);
        Add(transfer, inputs.Input4, ref end, ref starts[4]);
        for (var i = 0; i < Inputs.Most; i++) starts[i] += slot;
        transfer.Upload(gpu.Incoming ?? gpu.Compute, memory, slot, Math.Min(end, transfer.Host.Length));
        gpu.AwaitIncoming();
        return slot;
    }

    static void Add(Transfer transfer, ReadOnlySpan<float> input, ref int end, ref int start)
    {
        start = end;
        if (input.IsEmpty) return;
        input.CopyTo(transfer.Host[end..]);
        end += Align(input.Length);
    }

    /// <summary>The host has waited for all kernels: no slot is read any more.</summary>
    public void Drained() => inFlight = 0;

    public void Dispose()
    {
        foreach (var transfer in transfers) transfer?.Dispose();
    }
}

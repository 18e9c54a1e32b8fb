using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>
/// Runs compiled programs on an accelerator. All of a model's memory there is one arena: the state from float 0 on, then activations, then
/// a ring of slots for hyperparameters and inputs. The emitted class has one method per program, which queues kernel after kernel and waits
/// for none.
/// </summary>
/// <remarks>
/// The host's arenas hold copies: a section is fetched when somebody asks for it and sent when somebody has changed it. Results are fetched
/// when asked for, which is when the host waits.
/// </remarks>
public abstract partial class GpuEngine : ModelEngine, IRemoteState
{
    readonly GpuDevice gpu;
    readonly int activationFloats;
    readonly MemoryBuffer1D<float, Stride1D.Dense> arena;
    readonly ArrayView<float> memory;
    readonly InputRing inputs;
    readonly Dictionary<int, Transfer> results = [];
    readonly bool poison;
    readonly SectionCopies sections;
    Transfer? draws;
    int drawOffset;
    bool drawsAreStale;
    readonly int[] starts = new int[Inputs.Most];
    // Programs with results that the host has not seen, in the order in which they ran.
    readonly List<int> unseen = [];

    /// <summary>Allocates the memory on the accelerator, and page-locked arrays for what travels.</summary>
    /// <param name="description">The model.</param>
    /// <param name="seed">Seed of the parameters and of every draw in training.</param>
    /// <param name="device">The device, an accelerator.</param>
    /// <param name="drawNames">Names of all draws.</param>
    /// <param name="activationFloats">Length of the activations on the device; the description has what of them the host sees.</param>
    /// <param name="scalars">Hyperparameters, the step count and the rows of the call.</param>
    /// <param name="inputFloats">The most floats that a program's inputs take.</param>
    /// <exception cref="OutOfMemoryException">The accelerator has not that much memory.</exception>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    protected GpuEngine(
        ModelDescription description, ulong seed, Device device, string[] drawNames, int activationFloats, int scalars, int inputFloats)
        : base(description, seed, drawNames)
    {
        gpu = device.Accelerator;
        this.activationFloats = activationFloats;
        poison = AppContext.TryGetSwitch("Zoo.PoisonActivations", out var on) && on;
        var floats = (long)description.StateFloats + activationFloats + InputRing.Floats(scalars, inputFloats);
        try
        {
            if (floats > int.MaxValue)
                throw new OutOfMemoryException($"{description.Name} needs {floats} floats on the device; its addresses reach "
                    + $"{int.MaxValue}.");
            lock (gpu)
            {
                gpu.Bind();
                arena = gpu.Accelerator.Allocate1D<float>(floats);
                arena.MemSetToZero(gpu.Compute);
                gpu.Synchronize();
                memory = arena.View;
                inputs = new InputRing(gpu, description.StateFloats + activationFloats, scalars, inputFloats);
                sections = new SectionCopies(gpu, memory, State);
            }
        }
        catch (Exception exception)
        {
            arena?.Dispose();
            State.Dispose();
            if (exception is not AcceleratorException) throw;
            throw new OutOfMemoryException($"{description.Name} needs {floats * 4:N0} bytes on '{gpu.Accelerator.Name}', which has "
                + $"{gpu.Accelerator.MemorySize:N0} in all.", exception);
        }
        State.Remote = this;
    }

    /// <summary>Where the hyperparameters of the running program lie, the step count and the rows of the call behind them.</summary>
    protected int Scalars { get; private set; }

    /// <summary>Where input 0 of the running program lies.</summary>
    protected int Input0 => starts[0];

    /// <summary>Where input 1 of the running program lies.</summary>
    protected int Input1 => starts[1];

    /// <summary>Where input 2 of the running program lies.</summary>
    protected int Input2 => starts[2];

    /// <summary>Where input 3 of the running program lies.</summary>
    protected int Input3 => starts[3];

    /// <summary>Where input 4 of the running program lies.</summary>
    protected int Input4 => starts[4];

    /// <summary>The host's hyperparameters, at their places in the state arena.</summary>
    protected Floats HostState => State.State;

    /// <summary>The number of updates that a phase's running update makes its step for: 1 for the first.</summary>
    protected long UpdateCount(int phase) => State.Updates[phase] + 1;

    /// <summary>First float of the state arena that holds a hyperparameter.</summary>
    protected abstract int ScalarOffset { get; }

    /// <summary>First float of the activation arena that no program keeps between runs.</summary>
    protected abstract int TransientOffset { get; }

    /// <summary>Queues a program's kernels.</summary>
    protected abstract void Execute(int program);

    /// <summary>What a program writes.</summary>
    protected abstract ProgramEffect EffectOf(int program);

    /// <summary>
    /// Bits of the inputs that a program's kernels read. The others stay on the host: there is memory for what is read, no more.
    /// </summary>
    protected virtual int InputsOf(int program) => ~0;

    /// <summary>Where a program's results lie.</summary>
    protected abstract ResultRange ResultsOf(int program);

    /// <inheritdoc/>
    protected sealed override void Execute(int program, in Inputs inputs)
    {
        lock (gpu)
        {
            gpu.Bind();
            sections.Send();
            var effect = EffectOf(program);
            if (effect != ProgramEffect.Update)
            {
                var host = State.State;
                (host[StepCountOffset], host[StepCountOffset + 1]) = (Step, CallRows);
                var scalars = host.At(ScalarOffset).AsSpan(StepCountOffset + 2 - ScalarOffset);
                Scalars = this.inputs.Fill(memory, scalars, inputs.Only(InputsOf(program)), starts);
            }
            if (poison) Fill(State.Description.StateFloats + TransientOffset, activationFloats - TransientOffset, float.NaN);
            // Before the kernels: a program that throws half-way has already written something.
            if (effect is ProgramEffect.Gradients or ProgramEffect.GradientsAndState) sections.Computed(State.Description.GradientOffset);
            if (effect is ProgramEffect.GradientsAndState or ProgramEffect.State) sections.Computed(0);
            if (effect is not (ProgramEffect.None or ProgramEffect.Update)) drawsAreStale = true;
            if (effect == ProgramEffect.Update)
            {
                sections.Computed(0);
                foreach (var phase in State.Description.Phases)
                    if (phase.UpdateProgram == program)
                        foreach (var moment in State.Description.Moments)
                            if (moment.IsAverage || moment.Phase == phase.Name) sections.Computed(moment.Offset);
            }
            if (ResultsOf(program).Length > 0 && !unseen.Contains(program)) unseen.Add(program);
            Execute(program);
        }
    }

    /// <inheritdoc/>
    public sealed override float Result(int offset)
    {
        FetchResults(offset);
        return State.Activations[offset];
    }

    /// <inheritdoc/>
    public sealed override void Results(int offset, Span<float> destination)
    {
        FetchResults(offset);
        State.Activations.At(offset).AsSpan(destination.Length).CopyTo(destination);
    }

    void IRemoteState.Fetch(int section)
    {
        lock (gpu)
        {
            if (!sections.IsComputed(section)) return;
            gpu.Bind();
            sections.Fetch(section);
            inputs.Drained();
        }
    }

    void IRemoteState.Supersede(int section) => sections.Supersede(section);

    void IRemoteState.FetchDraws()
    {
        if (!drawsAreStale) return;
        if (draws is null)
        {
            var described = State.Description.Draws;
            drawOffset = described.Min(d => d.Offset);
            var end = described.Max(d => d.Offset + (d.Rows - 1) * d.RowStride + d.Columns);
            draws = NewTransfer(end - drawOffset);
        }
        Fetch(draws, drawOffset);
        drawsAreStale = false;
    }

    /// <summary>Brings the results among which the offset is to the host.</summary>
    void FetchResults(int offset)
    {
        for (var i = 0; i < unseen.Count; i++)
        {
            var (program, range) = (unseen[i], ResultsOf(unseen[i]));
            if (offset < range.Start || offset >= range.Start + range.Length) continue;
            if (!results.TryGetValue(program, out var transfer)) results[program] = transfer = NewTransfer(range.Length);
            Fetch(transfer, range.Start);
            unseen.RemoveAt(i);
            return;
        }
    }

    /// <summary>Activations to their place in the host's copy.</summary>
    void Fetch(Transfer transfer, int offset)
    {
        lock (gpu)
        {
            gpu.Bind();
            transfer.Download(gpu.Compute, memory, State.Description.StateFloats + offset);
            gpu.Synchronize();
            inputs.Drained();
        }
        transfer.Host.CopyTo(State.Activations.At(offset).AsSpan(transfer.Host.Length));
    }

    Transfer NewTransfer(int length)
    {
        lock (gpu)
        {
            gpu.Bind();
            return new Transfer(gpu, length);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using var use = State.EnterToDispose();
        if (State.Remote is not null)
        {
            State.Remote = null;
            lock (gpu)
            {
                // With its accelerator gone, its memory is too.
                if (!gpu.Accelerator.IsDisposed)
                {
                    gpu.Accelerator.Bind();
                    if (!gpu.IsDisposed) gpu.Synchronize();
                    arena.Dispose();
                    inputs.Dispose();
                    sections.Dispose();
                    draws?.Dispose();
                    foreach (var transfer in results.Values) transfer.Dispose();
                }
            }
        }
        base.Dispose();
    }
}

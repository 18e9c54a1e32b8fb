namespace Zoo.Runtime;

/// <summary>
/// Runs compiled programs on the workers of a CPU device. The emitted class has one method per program, which all workers execute together.
/// </summary>
public abstract class CpuEngine : ModelEngine
{
    readonly Device device;
    readonly Body body;
    readonly bool poison;
    int program;

    /// <inheritdoc cref="ModelEngine(ModelDescription, ulong, string[])"/>
    /// <param name="description">The model.</param>
    /// <param name="seed">Seed of the parameters and of every draw in training.</param>
    /// <param name="device">The device.</param>
    /// <param name="drawNames">Names of all draws.</param>
    /// <exception cref="NotSupportedException">The device is an accelerator: the class was compiled without that half.</exception>
    protected CpuEngine(ModelDescription description, ulong seed, Device device, string[] drawNames) : base(description, seed, drawNames)
    {
        if (device.IsGpu)
        {
            Dispose();
            throw new NotSupportedException(
                $"{description.Name} has no GPU half, because the project that declares it does not reference ILGPU. Add the package "
                    + "ILGPU 1.5.3 to that project and build again, or use Device.Cpu.");
        }
        this.device = device;
        body = new Body(this);
        // For tests: memory that no kernel has written in this program reads as NaN.
        poison = AppContext.TryGetSwitch("Zoo.PoisonActivations", out var on) && on;
    }

    /// <summary>Start of the state arena.</summary>
    protected Floats StateMemory { get; private set; }

    /// <summary>Start of the activation arena.</summary>
    protected Floats Memory { get; private set; }

    /// <summary>Input 0 of the running program.</summary>
    protected Floats Input0 { get; private set; }

    /// <summary>Input 1 of the running program.</summary>
    protected Floats Input1 { get; private set; }

    /// <summary>Input 2 of the running program.</summary>
    protected Floats Input2 { get; private set; }

    /// <summary>Input 3 of the running program.</summary>
    protected Floats Input3 { get; private set; }

    /// <summary>Input 4 of the running program.</summary>
    protected Floats Input4 { get; private set; }

    /// <summary>First float of the activation arena that no program keeps between runs.</summary>
    protected abstract int TransientOffset { get; }

    /// <summary>The number of updates that a phase's running update makes its step for: 1 for the first.</summary>
    protected long UpdateCount(int phase) => State.Updates[phase] + 1;

    /// <summary>
    /// About how many floating-point operations a program is, where it only moves data as many as would take as long: what decides how many
    /// workers share it, and no bit of what they compute. Where this is not known, all take part.
    /// </summary>
    protected virtual long WorkOf(int program, int rows) => long.MaxValue;

    /// <summary>Executes a program; called at once by all workers that take part.</summary>
    protected abstract void Execute(int program, Worker worker);

    /// <inheritdoc/>
    protected sealed override unsafe void Execute(int program, in Inputs inputs)
    {
        this.program = program;
        (StateMemory, Memory) = (State.State, State.Activations);
        var scalars = StateMemory.At(StepCountOffset);
        (scalars[0], scalars[1]) = (Step, CallRows);
        if (poison) Memory.At(TransientOffset).AsSpan(State.Description.ActivationFloats - TransientOffset).Fill(float.NaN);
        fixed (float* p0 = inputs.Input0, p1 = inputs.Input1, p2 = inputs.Input2, p3 = inputs.Input3, p4 = inputs.Input4)
        {
            (Input0, Input1, Input2, Input3, Input4) = (new Floats(p0), new Floats(p1), new Floats(p2), new Floats(p3), new Floats(p4));
            device.Team.Run(body, device.Team.WorkersFor(WorkOf(program, Rows)));
        }
    }

    /// <inheritdoc/>
    internal override int HostThreads => device.Team.WorkersFor(long.MaxValue);

    /// <inheritdoc/>
    public sealed override float Result(int offset) => State.Activations[offset];

    /// <inheritdoc/>
    public sealed override void Results(int offset, Span<float> destination) =>
        State.Activations.At(offset).AsSpan(destination.Length).CopyTo(destination);

    sealed class Body(CpuEngine engine) : TeamProgram
    {
        public override void Execute(Worker worker) => engine.Execute(engine.program, worker);
    }
}

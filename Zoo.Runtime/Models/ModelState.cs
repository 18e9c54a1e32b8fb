using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Zoo.Runtime;

/// <summary>
/// The memory of one model instance and all that is not computation: parameters, gradients, moments, hyperparameters, counters and draws.
/// Emitted classes hold one.
/// </summary>
/// <remarks>
/// Nothing here needs a finaliser: the arenas are safe handles, and whatever can reach memory (sets, parameters) refers to this object and
/// so keeps them alive. Code that holds only a <see cref="Floats"/> must end with <see cref="GC.KeepAlive"/> of its model.
/// </remarks>
public sealed class ModelState : IDisposable
{
    readonly Arena state;
    readonly Arena activations;
    readonly ModelUse.Owner owner;

    /// <summary>Allocates, sets hyperparameters to their first values and draws the parameters.</summary>
    /// <param name="description">The model.</param>
    /// <param name="seed">Seed of the first values and of every draw while training.</param>
    /// <exception cref="ArgumentException">The description does not fit together.</exception>
    /// <exception cref="OutOfMemoryException">The machine has not that much memory.</exception>
    public ModelState(ModelDescription description, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        owner = new ModelUse.Owner(description.Name);
        CheckSection("parameters", 0, description.ParameterFloats);
        CheckSection("gradients", description.GradientOffset, description.GradientFloats);
        foreach (var moment in description.Moments) CheckSection(moment.Name, moment.Offset, moment.Length);
        CheckpointNames.RequireDistinct(description);
        Parameters = new ParameterSet(this);
        Hyperparameters = new HyperparameterSet(this);
        Draws = new DrawSet(this);
        Updates = new long[description.Phases.Length];
        UpdatesInStep = new long[description.Phases.Length];

        state = new Arena(description.StateFloats);
        activations = new Arena(description.ActivationFloats);
        Reset(seed);
        foreach (var parameter in Parameters) parameter.CopyFrom(InitialValues.Of(parameter.Description, seed));
        SingularVectors.Begin(Parameters);
    }

    /// <summary>The model.</summary>
    public ModelDescription Description { get; }

    /// <summary>Start of the state arena.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public Floats State
    {
        get
        {
            ThrowIfDisposed();
            return state.Base;
        }
    }

    /// <summary>Start of the activation arena.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public Floats Activations
    {
        get
        {
            ThrowIfDisposed();
            return activations.Base;
        }
    }

    /// <summary>The parameters, for the user.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The hyperparameters, for the user.</summary>
    public HyperparameterSet Hyperparameters { get; }

    /// <summary>The draws of the last step, for the user.</summary>
    public DrawSet Draws { get; }

    /// <summary>
    /// Seed of every draw. <see cref="Load(string)"/> may change it: keys derived from it must be derived again afterwards.
    /// </summary>
    public ulong Seed { get; private set; }

    /// <summary>Steps taken; the emitted step counts here.</summary>
    public long Steps { get; set; }

    /// <summary>The first phase of the last step whose loss was read and is NaN or infinite; null where there was none.</summary>
    internal string? DivergedPhase { get; set; }

    /// <summary>
    /// Updates made by each phase's optimiser (Adam's t), in the order of <see cref="ModelDescription.Phases"/>; emitted updates count
    /// here.
    /// </summary>
    public long[] Updates { get; }

    /// <summary>
    /// Updates that each phase has made since the last step ended: more than one only where somebody calls the halves of a step in an order
    /// of their own.
    /// </summary>
    public long[] UpdatesInStep { get; }

    /// <summary>Where the state is while a device other than the host computes with it; null where it never leaves the host.</summary>
    internal IRemoteState? Remote { get; set; }

    /// <summary>The parameters, to read and write.</summary>
    internal Span<float> ParameterSection => Section(0, Description.ParameterFloats);

    /// <summary>The gradients, to read and write.</summary>
    internal Span<float> GradientSection => Section(Description.GradientOffset, Description.GradientFloats);

    /// <summary>A moment, to read and write.</summary>
    internal Span<float> Section(SectionDescription moment) => Section(moment.Offset, moment.Length);

    /// <summary>A section to read and write: what is remote counts as stale from here on.</summary>
    Span<float> Section(int offset, int length)
    {
        var memory = State;
        Remote?.Fetch(offset);
        Remote?.Supersede(offset);
        return memory.At(offset).AsSpan(length);
    }

    /// <summary>The parameters, to read.</summary>
    internal ReadOnlySpan<float> ReadParameters() => Read(0, Description.ParameterFloats);

    /// <summary>The gradients, to read.</summary>
    internal ReadOnlySpan<float> ReadGradients() => Read(Description.GradientOffset, Description.GradientFloats);

    /// <summary>A moment, to read.</summary>
    internal ReadOnlySpan<float> Read(SectionDescription moment) => Read(moment.Offset, moment.Length);

    ReadOnlySpan<float> Read(int offset, int length)
    {
        var memory = State;
        Remote?.Fetch(offset);
        return memory.At(offset).AsSpan(length);
    }

    /// <summary>
    /// Writes a complete checkpoint, all or nothing: parameters under their names, and moments, hyperparameters, counters and seed under
    /// <c>state.</c>.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">
    /// The file cannot be written, or there is a pipe, a device or a socket; whatever was at <paramref name="path"/> is unchanged.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void Save(string path)
    {
        using var use = Enter();
        Checkpoint.Save(this, path);
    }

    /// <summary>
    /// Brings the model to the state of a file: a complete checkpoint, or a safetensors file with the model's parameters alone (F32, or
    /// F16, BF16 and F64, which are converted), such as PyTorch writes, all of finite values. With parameters alone all else is as in a new
    /// model of the same seed. Gradients are zero afterwards.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="CheckpointException">The file is truncated, corrupt, or does not fit; the model is as it was.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read; the model is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void Load(string path) => Load(path, new CheckpointOptions());

    /// <summary>
    /// The same for files as other programs write them: other names, prefixes of wrappers, tensors that are missing or extra. What is
    /// missing stays as it is in the model.
    /// </summary>
    /// <returns>What was taken, missing and ignored.</returns>
    /// <inheritdoc cref="Load(string)"/>
    public CheckpointReport Load(string path, CheckpointOptions options)
    {
        using var use = Enter();
        return CheckpointLoader.Load(this, path, options);
    }

    /// <summary>
    /// All but the parameters as in a new model: moments and gradients zero, hyperparameters at their first values, counters zero.
    /// </summary>
    internal void Reset(ulong seed)
    {
        Seed = seed;
        Steps = 0;
        Array.Clear(Updates);
        Array.Clear(UpdatesInStep);
        GradientSection.Clear();
        foreach (var moment in Description.Moments) Section(moment).Clear();
        foreach (var hyperparameter in Description.Hyperparameters) Hyperparameters[hyperparameter.Name] = hyperparameter.Initial;
    }

    /// <summary>Averages of the parameters as they are now.</summary>
    internal void BeginAverages()
    {
        foreach (var average in Description.Moments)
            if (average.IsAverage) ReadParameters().Slice(average.Start, average.Length).CopyTo(Section(average));
    }

    /// <summary>Throws where the model is disposed; emitted members call it first.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    [StackTraceHidden, MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ThrowIfDisposed()
    {
        if (state.IsClosed) throw new ObjectDisposedException(Description.Name);
    }

    /// <summary>
    /// The calling thread's use of the model until the result is disposed; emitted members begin with it, and so does whatever touches the
    /// model's memory.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public ModelUse Enter()
    {
        var use = owner.Enter();
        if (!state.IsClosed) return use;
        use.Dispose();
        ThrowIfDisposed();
        return use;
    }

    /// <summary>
    /// Tells a caller how far its call is. What is told may not call the model: it would compute with what the call has left half.
    /// </summary>
    /// <param name="progress">The caller's; null tells nobody.</param>
    /// <param name="part">From 0 to 1.</param>
    internal void Tell(IProgress<double>? progress, double part)
    {
        if (progress is not null) owner.Tell(progress, part);
    }

    /// <summary>The same for a model that may be disposed.</summary>
    internal ModelUse EnterToDispose() => owner.Enter();

    /// <summary>Frees the memory; a second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the model, whose memory therefore stays.</exception>
    public void Dispose()
    {
        using var use = EnterToDispose();
        state.Dispose();
        activations.Dispose();
    }

    void CheckSection(string name, int offset, int length)
    {
        if (offset < 0 || offset > (long)Description.StateFloats - length)
        {
            throw new ArgumentException(
                $"{Description.Name}: the section of {name} reaches from float {offset} for {length} in a state of "
                    + $"{Description.StateFloats}.");
        }
    }
}

namespace Zoo.Runtime;

/// <summary>
/// What computes for one model instance: its memory, and its compiled programs. Emitted classes hold one; which kind depends on the device.
/// One thread at a time: a model has one state, and a call that overlaps with another thread's is refused.
/// </summary>
public abstract class ModelEngine : IDisposable
{
    readonly string[] drawNames;
    readonly ulong[] keys;
    ulong keySeed;

    /// <summary>Allocates the model's memory and draws its first parameters.</summary>
    /// <param name="description">The model.</param>
    /// <param name="seed">Seed of the parameters and of every draw in training.</param>
    /// <param name="drawNames">Names of all draws of all programs, by ordinal.</param>
    protected ModelEngine(ModelDescription description, ulong seed, string[] drawNames)
    {
        State = new ModelState(description, seed);
        this.drawNames = drawNames;
        keys = new ulong[drawNames.Length];
        SetKeys(seed);
    }

    /// <summary>Memory, counters, and what users see of them.</summary>
    public ModelState State { get; }

    /// <summary>Rows of the running program.</summary>
    protected int Rows { get; private set; }

    /// <summary>Step that draws are made for.</summary>
    protected long Step { get; private set; }

    /// <summary>Iteration within the step that draws are made for.</summary>
    protected int Iteration { get; private set; }

    /// <summary>Ordinal of the program's first row among the rows of the call.</summary>
    protected long FirstRow { get; private set; }

    /// <summary>Float offset in the state arena where the step count is written for programs.</summary>
    protected abstract int StepCountOffset { get; }

    /// <summary>Most rows of one run of an inference program.</summary>
    public abstract int ChunkRows { get; }

    /// <summary>Key of a draw under the running program's seed.</summary>
    protected ulong Key(int draw) => keys[draw];

    /// <summary>
    /// The calling thread's use of the model: emitted members hold it over all their programs and the reading of what they left, so that no
    /// other thread's come in between.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public ModelUse Enter() => State.Enter();

    /// <summary>Runs a program; returns when its results are in memory. Allocates nothing.</summary>
    /// <param name="program">Ordinal of the program.</param>
    /// <param name="run">Rows, seed and counters of its draws.</param>
    /// <param name="input0">First input; its length is checked by the caller.</param>
    /// <param name="input1">Second input.</param>
    /// <param name="input2">Third input.</param>
    /// <exception cref="ObjectDisposedException">The model or its device is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void Run(int program, in ProgramRun run, ReadOnlySpan<float> input0 = default, ReadOnlySpan<float> input1 = default, ReadOnlySpan<float> input2 = default)
    {
        using var use = State.Enter();
        if (run.Seed != keySeed) SetKeys(run.Seed);
        (Rows, Step, Iteration, FirstRow) = (run.Rows, run.Step, run.Iteration, run.FirstRow);
        Execute(program, input0, input1, input2);
        GC.KeepAlive(this);
    }

    /// <summary>Runs a program of a training step: the literal batch, the model's own seed, draws of the current step.</summary>
    public void RunBatch(int program, ReadOnlySpan<float> batch) =>
        Run(program, new ProgramRun(State.Description.BatchSize, State.Seed, State.Steps, 0, 0), batch);

    /// <summary>Updates the parameters from the gradients and counts the step.</summary>
    /// <param name="program">Ordinal of the update program.</param>
    public void Update(int program)
    {
        using var use = State.Enter();
        Run(program, new ProgramRun(State.Description.BatchSize, State.Seed, State.Steps, 0, 0));
        // Counted only once it is made: a run that throws leaves the counters as they were.
        State.Updates[0]++;
        State.Steps++;
    }

    /// <summary>Runs an inference program over any number of rows, in chunks, and copies one or two results per row.</summary>
    /// <param name="program">Ordinal of the program.</param>
    /// <param name="rows">Rows in all.</param>
    /// <param name="seed">Seed of the program's draws.</param>
    /// <param name="input">Rows × <paramref name="inputSize"/>; empty where the program has no input.</param>
    /// <param name="inputSize">Floats per row of the input.</param>
    /// <param name="first">Receives the first result.</param>
    /// <param name="second">Receives the second result, or is empty.</param>
    public void Infer(int program, int rows, ulong seed, ReadOnlySpan<float> input, int inputSize, in ResultSpan first, in ResultSpan second = default)
    {
        using var use = State.Enter();
        for (var row = 0; row < rows; row += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows - row);
            Run(program, new ProgramRun(count, seed, 0, 0, row), input.IsEmpty ? default : input.Slice(row * inputSize, count * inputSize));
            first.Copy(this, row, count);
            second.Copy(this, row, count);
        }
    }

    /// <summary>One float of the results of the last program.</summary>
    public abstract float Result(int offset);

    /// <summary>Copies results of the last program.</summary>
    public abstract void Results(int offset, Span<float> destination);

    /// <summary>Saves everything; see <see cref="IGenerativeModel.Save"/>.</summary>
    public void Save(string path) => State.Save(path);

    /// <summary>Frees the memory. The device stays its owner's.</summary>
    public virtual void Dispose()
    {
        State.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a program on the device.</summary>
    protected abstract void Execute(int program, ReadOnlySpan<float> input0, ReadOnlySpan<float> input1, ReadOnlySpan<float> input2);

    void SetKeys(ulong seed)
    {
        keySeed = seed;
        for (var i = 0; i < keys.Length; i++) keys[i] = Philox.DrawKey(seed, drawNames[i]);
    }
}

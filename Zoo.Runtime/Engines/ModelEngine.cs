namespace Zoo.Runtime;

/// <summary>
/// What computes for one model instance: its memory, and its compiled programs. Emitted classes hold one; which kind depends on the device.
/// One thread at a time: a model has one state, and a call that overlaps with another thread's is refused.
/// </summary>
public abstract class ModelEngine : IDisposable
{
    // Of each draw by itself, and with the seed of the running program.
    readonly ulong[] drawKeys;
    readonly ulong[] keys;
    readonly bool[] wasRun;
    // Labels of the running call, for each input of its programs that has some.
    readonly float[][] labels = [.. Enumerable.Repeat(Array.Empty<float>(), Inputs.Most)];
    ulong keySeed;

    /// <summary>Allocates the model's memory and draws its first parameters.</summary>
    /// <param name="description">The model.</param>
    /// <param name="seed">Seed of the parameters and of every draw in training.</param>
    /// <param name="drawNames">Names of all draws of all programs, by ordinal.</param>
    protected ModelEngine(ModelDescription description, ulong seed, string[] drawNames)
    {
        State = new ModelState(description, seed);
        drawKeys = [.. drawNames.Select(name => Philox.DrawKey(0, name))];
        keys = new ulong[drawNames.Length];
        wasRun = new bool[description.Phases.Length];
        SetKeys(seed);
    }

    /// <summary>Memory, counters, and what users see of them.</summary>
    public ModelState State { get; }

    /// <summary>Rows of the running program.</summary>
    protected int Rows { get; private set; }

    /// <summary>Rows of the call that the running program is a part of: what it may know of the whole.</summary>
    protected int CallRows { get; private set; }

    /// <summary>Step that draws are made for.</summary>
    protected long Step { get; private set; }

    /// <summary>Iteration within the step that draws are made for.</summary>
    protected int Iteration { get; private set; }

    /// <summary>Ordinal of the program's first row among the rows of the call.</summary>
    protected long FirstRow { get; private set; }

    /// <summary>Float offset in the state arena where the step count is written for programs, and behind it the rows of the call.</summary>
    protected abstract int StepCountOffset { get; }

    /// <summary>Most rows of one run of an inference program.</summary>
    public abstract int ChunkRows { get; }

    /// <summary>Threads for what the host computes by itself.</summary>
    internal virtual int HostThreads => Processors.Count;

    /// <summary>Key of a draw under the running program's seed.</summary>
    protected ulong Key(int draw) => keys[draw];

    /// <summary>
    /// The calling thread's use of the model: emitted members hold it over all their programs and the reading of what they left, so that no
    /// other thread's come in between.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public ModelUse Enter() => State.Enter();

    /// <summary>Whether data to evaluate is looked at for values that the model does not take.</summary>
    public bool ChecksData { get; set; } = true;

    /// <summary>Looks at data to evaluate, unless <see cref="ChecksData"/> is false.</summary>
    /// <param name="rows">The data.</param>
    /// <param name="size">Values of a row.</param>
    /// <param name="range">What they may be.</param>
    /// <param name="name">Name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">A value is outside; the message has row, place and value.</exception>
    public void CheckData(ReadOnlySpan<float> rows, int size, DataRange range, string name)
    {
        if (ChecksData) range.Require(rows, size, name);
    }

    /// <summary>Runs a program; returns when its results are in memory. Allocates nothing.</summary>
    /// <param name="program">Ordinal of the program.</param>
    /// <param name="run">Rows, seed and counters of its draws.</param>
    /// <param name="inputs">Its data; lengths are checked by the caller.</param>
    /// <exception cref="ObjectDisposedException">The model or its device is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model.</exception>
    public void Run(int program, in ProgramRun run, in Inputs inputs = default)
    {
        using var use = State.Enter();
        if (run.Seed != keySeed) SetKeys(run.Seed);
        (Rows, Step, Iteration, FirstRow) = (run.Rows, run.Step, run.Iteration, run.FirstRow);
        CallRows = run.CallRows == 0 ? run.Rows : run.CallRows;
        Execute(program, inputs);
        GC.KeepAlive(this);
    }

    /// <summary>One update of every phase that is due, in their order.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="losses">Whether losses are computed as well.</param>
    public void TakeStep(in Inputs inputs, bool losses)
    {
        using var use = State.Enter();
        var (phases, steps) = (State.Description.Phases, State.Steps);
        Array.Clear(wasRun);
        State.DivergedPhase = null;
        for (var first = 0; first < phases.Length;)
        {
            // Phases that take their gradients before any of them moves a weight.
            var end = first + 1;
            while (end < phases.Length && phases[end].IsSimultaneous) end++;
            for (var phase = first; phase < end; phase++)
                if (phases[phase].IsDue(steps)) RunGradients(phase, inputs, losses, isAlone: false);
            for (var phase = first; phase < end; phase++)
                if (phases[phase].IsDue(steps)) Update(phase);
            first = end;
        }
    }

    /// <summary>The first half of a phase's part of a step: losses and gradients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public void Gradients(int phase, in Inputs inputs)
    {
        CheckPhase(phase);
        using var use = State.Enter();
        Array.Clear(wasRun);
        RunGradients(phase, inputs, losses: true, isAlone: true);
    }

    /// <summary>The second half: updates the parameters from the gradients. The last phase that is due ends the step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such phase.</exception>
    public void Update(int phase)
    {
        CheckPhase(phase);
        using var use = State.Enter();
        var phases = State.Description.Phases;
        Run(phases[phase].UpdateProgram, Batch(phase));
        // Counted only once it is made: a run that throws leaves the counters as they were.
        State.Updates[phase]++;
        State.UpdatesInStep[phase]++;
        if (!phases[phase].IsDue(State.Steps)) return;
        for (var later = phase + 1; later < phases.Length; later++)
            if (phases[later].IsDue(State.Steps)) return;
        Array.Clear(State.UpdatesInStep);
        State.Steps++;
    }

    /// <summary>A loss of the last step, or NaN where its phase was not due.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="offset">Where the loss lies.</param>
    public float Loss(int phase, int offset)
    {
        if (!wasRun[phase]) return float.NaN;
        var loss = Result(offset);
        if (!float.IsFinite(loss)) State.DivergedPhase ??= State.Description.Phases[phase].Name;
        return loss;
    }

    /// <summary>Means of losses over any number of rows, in chunks; no state is touched.</summary>
    /// <param name="program">Ordinal of the program.</param>
    /// <param name="rows">Rows in all.</param>
    /// <param name="inputs">The examples.</param>
    /// <param name="results">Where each loss lies, one number per row.</param>
    /// <param name="means">Receives the means.</param>
    /// <param name="batch">Rows of a run where the losses look across them; 0 where any number will do.</param>
    public void Evaluate(int program, int rows, in Inputs inputs, ReadOnlySpan<int> results, Span<double> means, int batch = 0)
    {
        using var use = State.Enter();
        means.Clear();
        var chunk = batch > 0 ? batch : ChunkRows;
        for (var row = 0; row < rows; row += chunk)
        {
            var count = Math.Min(chunk, rows - row);
            Run(program, new ProgramRun(count, State.Seed, 0, 0, row, batch > 0 ? batch : rows), inputs.Rows(row, count));
            for (var loss = 0; loss < results.Length; loss++)
                for (var i = 0; i < count; i++) means[loss] += Result(results[loss] + i);
        }
        for (var loss = 0; loss < means.Length; loss++) means[loss] /= rows;
    }

    /// <summary>Runs an inference program over any number of rows, in chunks, and copies one or two results per row.</summary>
    /// <param name="program">Ordinal of the program.</param>
    /// <param name="rows">Rows in all.</param>
    /// <param name="seed">Seed of the program's draws.</param>
    /// <param name="inputs">Data of all rows.</param>
    /// <param name="first">Receives the first result.</param>
    /// <param name="second">Receives the second result, or is empty.</param>
    public void Infer(int program, int rows, ulong seed, in Inputs inputs, in ResultSpan first, in ResultSpan second = default)
    {
        using var use = State.Enter();
        for (var row = 0; row < rows; row += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows - row);
            Run(program, new ProgramRun(count, seed, 0, 0, row, rows), inputs.Rows(row, count));
            first.Copy(this, row, count);
            second.Copy(this, row, count);
        }
    }

    /// <summary>
    /// Chains of any number of rows, in chunks: a program begins them, and another takes them so many steps, each with draws of its own.
    /// Between the runs their values stay where they are computed. Where the result has room for several times as many rows, the steps
    /// are taken again for each, from where the chains are by then: first all rows' first results, then all their second ones.
    /// </summary>
    /// <param name="begin">Program that leaves the chains' first values.</param>
    /// <param name="step">Program that takes them one step.</param>
    /// <param name="rows">Chains.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="inputs">Data of all rows, which both programs may read.</param>
    /// <param name="steps">Steps before each result.</param>
    /// <param name="offset">Where the step's result lies.</param>
    /// <param name="size">Floats of a result.</param>
    /// <param name="destination">Receives the results.</param>
    /// <param name="progress">Is told the part that is done.</param>
    public void RunChains(
        int begin, int step, int rows, ulong seed, in Inputs inputs, int steps, int offset, int size, Span<float> destination,
        IProgress<double>? progress)
    {
        using var use = State.Enter();
        var all = rows == 0 ? 0 : destination.Length / ((long)rows * size) * steps;
        for (var row = 0; row < rows; row += ChunkRows)
        {
            var count = Math.Min(ChunkRows, rows - row);
            var run = new ProgramRun(count, seed, 0, 0, row, rows);
            var own = inputs.Rows(row, count);
            Run(begin, run, own);
            var taken = 0L;
            for (var block = (long)row * size; block < destination.Length; block += (long)rows * size)
            {
                for (var end = taken + steps; taken < end; )
                {
                    Run(step, run with { Step = taken >> 16, Iteration = (int)(taken & 0xffff) }, own);
                    taken++;
                    if ((taken & 0xf) == 0 || taken == all) State.Tell(progress, (row + count * ((double)taken / all)) / rows);
                }
                Results(offset, destination.Slice((int)block, count * size));
            }
        }
    }

    /// <summary>
    /// Labels as programs read them: numbers among their other inputs, exact below 2²⁴. Kernels choose rows by them and check nothing, so
    /// that no label may reach a program in another way. Allocates where there are more than ever before.
    /// </summary>
    /// <param name="input">Ordinal of the input; the span holds until the next call for it.</param>
    /// <param name="values">The caller's.</param>
    /// <param name="rows">How many there must be.</param>
    /// <param name="classes">Labels are below it.</param>
    /// <param name="isOptional">Whether −1 stands for a row without a label.</param>
    /// <param name="name">Name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">There is another number of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside its range.</exception>
    public ReadOnlySpan<float> Labels(int input, ReadOnlySpan<int> values, int rows, int classes, bool isOptional, string name)
    {
        if (values.Length != rows) throw new ArgumentException($"Expected {rows} labels (one a row), but got {values.Length}.", name);
        if (labels[input].Length < rows) labels[input] = new float[rows];
        var numbers = labels[input].AsSpan(0, rows);
        var lowest = isOptional ? -1 : 0;
        for (var row = 0; row < rows; row++)
        {
            var label = values[row];
            if (label < lowest || label >= classes)
            {
                var expected = $"labels from 0 to {classes - 1}{(isOptional ? ", or −1 where there is none" : "")}";
                throw new ArgumentOutOfRangeException(name, label, $"Expected {expected}, but row {row} has {label}.");
            }
            numbers[row] = label;
        }
        return numbers;
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
    protected abstract void Execute(int program, in Inputs inputs);

    /// <summary>
    /// What a phase's draws are made for: the literal batch, the model's own seed, the current step and the phase's place in it.
    /// </summary>
    ProgramRun Batch(int phase) => Pass(phase, State.UpdatesInStep[phase]);

    ProgramRun Pass(int phase, long pass) => new(State.Description.BatchSize, State.Seed, State.Steps, (int)(pass & 0xffff), 0);

    void RunGradients(int phase, in Inputs inputs, bool losses, bool isAlone)
    {
        var description = State.Description.Phases[phase];
        foreach (var program in description.SharedPrograms)
            if (isAlone || !IsShared(program, phase)) Run(program, Batch(phase), inputs);
        // Every run of a step has draws of its own: the loops' by their place, and the gradients' behind them.
        var pass = State.UpdatesInStep[phase] * description.Passes;
        foreach (var loop in description.Loops)
            for (var time = 0; time < loop.Times; time++) Run(loop.Program, Pass(phase, pass++), inputs);
        Run(losses ? description.GradientsProgram : description.TrainingProgram, Pass(phase, pass), inputs);
        wasRun[phase] = true;
    }

    /// <summary>Whether an earlier phase of this step has run a program that this one needs too.</summary>
    bool IsShared(int program, int phase)
    {
        for (var earlier = 0; earlier < phase; earlier++)
            if (wasRun[earlier] && State.Description.Phases[earlier].SharedPrograms.Contains(program)) return true;
        return false;
    }

    void CheckPhase(int phase)
    {
        var count = State.Description.Phases.Length;
        if ((uint)phase >= (uint)count)
            throw new ArgumentOutOfRangeException(nameof(phase), phase, $"{State.Description.Name} has {count} phases.");
    }

    void SetKeys(ulong seed)
    {
        keySeed = seed;
        for (var i = 0; i < keys.Length; i++) keys[i] = seed ^ drawKeys[i];
    }
}

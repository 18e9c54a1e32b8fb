namespace Zoo.Runtime;

/// <summary>
/// A fixed number of workers that run a program together. Worker 0 is the calling thread; the others are background threads that spin for
/// some tens of microseconds after a program and then sleep. A team of one has no threads. Programs run one at a time, each on as many
/// workers as its work feeds: the bits do not depend on how many.
/// </summary>
sealed class Team : IDisposable
{
    /// <summary>
    /// What a worker must have to do, in floating-point operations: some 6 µs of a core's full rate. A program meets at a handful of
    /// barriers, of a third of a microsecond each at best, and may find the other threads asleep; below this for each, they cost more than
    /// they bring.
    /// </summary>
    public const long OperationsPerWorker = 1 << 19;

    readonly Crew crew;
    readonly Lock gate = new();
    readonly long operationsPerWorker;
    readonly int most;
    bool disposed;

    /// <param name="workers">Workers, the caller included; at least 1.</param>
    /// <param name="width">Vector width of the kernels.</param>
    /// <param name="operationsPerWorker">
    /// What a worker must have to do to take part; 0 for all of them in every program, however small.
    /// </param>
    /// <param name="processors">Processors there are; where null, those of this process.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one worker.</exception>
    public Team(int workers, VectorWidth width, long operationsPerWorker = OperationsPerWorker, int? processors = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Count = workers;
        Width = width;
        this.operationsPerWorker = operationsPerWorker;
        var real = processors ?? Processors.Count;
        most = Math.Min(workers, real);
        crew = new Crew(workers, width, real);
    }

    /// <summary>A team dropped without Dispose ends its threads.</summary>
    ~Team() => crew?.Stop();

    public int Count { get; }

    public VectorWidth Width { get; }

    /// <summary>How many workers so many operations feed: at least one, and no more than there are processors.</summary>
    public int WorkersFor(long operations) => operationsPerWorker == 0 ? Count : (int)Math.Clamp(operations / operationsPerWorker, 1, most);

    /// <summary>Runs a program on all workers, be they more than the processors.</summary>
    public void Run(TeamProgram program) => Run(program, Count);

    /// <summary>
    /// Runs a program on the first so many workers and returns when all are done. Threads that call at the same time take turns. An
    /// exception in any worker is rethrown here, the first one if there are several; the team stays usable.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <exception cref="InvalidOperationException">Called from within a program of this team.</exception>
    public void Run(TeamProgram program, int workers)
    {
        if (gate.IsHeldByCurrentThread) throw new InvalidOperationException("A program cannot start another one on the team that runs it.");
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(Device));
            crew.Run(program, workers);
        }
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (gate.IsHeldByCurrentThread) throw new InvalidOperationException("A program cannot dispose the team that runs it.");
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            crew.Stop();
            crew.Join();
            foreach (var worker in crew.Workers) worker.Release();
        }
        GC.SuppressFinalize(this);
    }
}

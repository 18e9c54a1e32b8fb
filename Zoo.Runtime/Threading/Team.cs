namespace Zoo.Runtime;

/// <summary>
/// A fixed number of workers that run a program together. Worker 0 is the calling thread; the others are background threads that spin for some
/// tens of microseconds after a program and then sleep. A team of one has no threads. Programs run one at a time.
/// </summary>
sealed class Team : IDisposable
{
    readonly Crew crew;
    readonly Lock gate = new();
    bool disposed;

    /// <param name="workers">Workers, the caller included; at least 1.</param>
    /// <param name="width">Vector width of the kernels.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one worker.</exception>
    public Team(int workers, VectorWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Count = workers;
        Width = width;
        crew = new Crew(workers, width);
    }

    /// <summary>A team dropped without Dispose ends its threads.</summary>
    ~Team() => crew?.Stop();

    public int Count { get; }

    public VectorWidth Width { get; }

    /// <summary>
    /// Runs a program on all workers and returns when all are done. Threads that call at the same time take turns. An exception in any worker
    /// is rethrown here, the first one if there are several; the team stays usable.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    /// <exception cref="InvalidOperationException">Called from within a program of this team.</exception>
    public void Run(TeamProgram program)
    {
        if (gate.IsHeldByCurrentThread) throw new InvalidOperationException("A program cannot start another one on the team that runs it.");
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(Device));
            crew.Run(program);
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

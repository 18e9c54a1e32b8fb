using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// What the background threads of a team hold on to. It knows nothing of the <see cref="Team"/>, so that a team nobody refers to any more
/// can be finalised, which ends the threads.
/// </summary>
sealed class Crew
{
    // About 50 µs of looking for the next program before a thread parks: steps of a training loop follow each other faster than that, and a
    // loop that stops costs no more than this.
    const int SpinsBeforePark = 1000;
    const int SpinsBeforeYield = 150;

    readonly Worker[] workers;
    readonly TeamBarrier barrier;
    readonly Parking[] parking;
    readonly Thread[] threads;
    readonly AutoResetEvent finished = new(false);
    readonly int processors;
    Exception? failure;
    TeamProgram? program;
    bool isCrowded;
    bool stopping;
    Lines lines;

    [StructLayout(LayoutKind.Explicit, Size = 384)]
    struct Lines
    {
        /// <summary>What is to run: an ordinal in the upper half, the number of workers that take part in the lower.</summary>
        [FieldOffset(128)] public long Call;
        [FieldOffset(256)] public int Running;
    }

    /// <summary>Where one thread sleeps; the flag is on a line of its own.</summary>
    sealed class Parking
    {
        public readonly AutoResetEvent Wake = new(false);
        public Flag Parked;
    }

    [StructLayout(LayoutKind.Explicit, Size = 192)]
    struct Flag
    {
        [FieldOffset(64)] public int Value;
    }

    /// <param name="count">Workers, the caller included.</param>
    /// <param name="width">Vector width of the kernels.</param>
    /// <param name="processors">Processors there are for them: a program on more workers than that sleeps where others spin.</param>
    public Crew(int count, VectorWidth width, int processors)
    {
        this.processors = processors;
        isCrowded = count > processors;
        barrier = new TeamBarrier(count);
        workers = new Worker[count];
        for (var i = 0; i < count; i++) workers[i] = new Worker(i, count, width, barrier);
        parking = new Parking[count];
        threads = new Thread[count - 1];
        for (var i = 1; i < count; i++)
        {
            parking[i] = new Parking();
            var worker = workers[i];
            threads[i - 1] = new Thread(() => Serve(worker), maxStackSize: 1 << 20) { IsBackground = true, Name = $"Zoo worker {i}" };
            threads[i - 1].Start();
        }
    }

    public ReadOnlySpan<Worker> Workers => workers;

    /// <summary>Runs a program on the first <paramref name="count"/> workers; the others neither wake up nor are waited for.</summary>
    public void Run(TeamProgram next, int count)
    {
        for (var i = 0; i < count; i++) workers[i].Count = count;
        if (count == 1)
        {
            // No other thread could fail or be waited for: an exception leaves as it is.
            next.Execute(workers[0]);
            return;
        }
        program = next;
        isCrowded = count > processors;
        barrier.Prepare(count, isCrowded);
        lines.Running = count - 1;
        Release(count);
        Execute(workers[0], next);
        if (isCrowded) finished.WaitOne();
        for (var spins = 0; Volatile.Read(ref lines.Running) != 0; spins++)
        {
            if (spins < SpinsBeforeYield) Thread.SpinWait(1);
            else Thread.Yield();
        }
        program = null;
        if (failure is null) return;
        var thrown = failure;
        failure = null;
        barrier.Mend();
        ExceptionDispatchInfo.Throw(thrown);
    }

    /// <summary>Tells the threads to end; does not wait for them.</summary>
    public void Stop()
    {
        Volatile.Write(ref stopping, true);
        Release(workers.Length);
    }

    public void Join()
    {
        foreach (var thread in threads) thread.Join();
        finished.Dispose();
    }

    /// <summary>
    /// Opens the next call. The exchange is a full fence: either a thread sees the call before it parks, or it is seen parked here.
    /// </summary>
    void Release(int count)
    {
        Interlocked.Exchange(ref lines.Call, unchecked(((lines.Call >> 32) + 1) << 32) | (uint)count);
        for (var i = 1; i < count; i++)
        {
            if (Volatile.Read(ref parking[i].Parked.Value) != 0 && Interlocked.Exchange(ref parking[i].Parked.Value, 0) != 0)
                parking[i].Wake.Set();
        }
    }

    void Serve(Worker worker)
    {
        var seen = 0L;
        while (true)
        {
            seen = AwaitCallAfter(seen, worker.Index);
            if (Volatile.Read(ref stopping)) break;
            Execute(worker, program!);
            // Read before the caller may go on to another program.
            var callerSleeps = isCrowded;
            if (Interlocked.Decrement(ref lines.Running) == 0 && callerSleeps) finished.Set();
        }
        parking[worker.Index].Wake.Dispose();
    }

    /// <summary>
    /// The next call in which the worker takes part. It stays until the worker has run it; those without the worker may pass unseen.
    /// </summary>
    long AwaitCallAfter(long seen, int index)
    {
        long call;
        for (var spins = 0; spins < SpinsBeforePark && !Volatile.Read(ref isCrowded); spins++)
        {
            if (IsFor(index, seen, out call)) return call;
            Thread.SpinWait(1);
        }
        var place = parking[index];
        while (!IsFor(index, seen, out call))
        {
            Interlocked.Exchange(ref place.Parked.Value, 1);
            if (IsFor(index, seen, out call))
            {
                // Whoever takes the flag down owes or owns the wake-up; an event that was set is consumed here, so that none is left over.
                if (Interlocked.Exchange(ref place.Parked.Value, 0) == 0) place.Wake.WaitOne();
                break;
            }
            place.Wake.WaitOne();
        }
        return call;
    }

    bool IsFor(int index, long seen, out long call) => (call = Volatile.Read(ref lines.Call)) != seen && index < (int)call;

    void Execute(Worker worker, TeamProgram work)
    {
        try
        {
            work.Execute(worker);
        }
        catch (BrokenBarrierException)
        {
            // Only an echo of the failure that broke the barrier.
        }
        catch (Exception thrown)
        {
            Interlocked.CompareExchange(ref failure, thrown, null);
            barrier.Break();
        }
    }
}

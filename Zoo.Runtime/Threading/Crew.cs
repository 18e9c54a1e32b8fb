using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// What the background threads of a team hold on to. It knows nothing of the <see cref="Team"/>, so that a team nobody refers to any more can be
/// finalised, which ends the threads.
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
    Exception? failure;
    TeamProgram? program;
    bool stopping;
    Lines lines;

    [StructLayout(LayoutKind.Explicit, Size = 384)]
    struct Lines
    {
        [FieldOffset(128)] public int Epoch;
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

    public Crew(int count, VectorWidth width)
    {
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

    public void Run(TeamProgram next)
    {
        program = next;
        lines.Running = threads.Length;
        Release();
        Execute(workers[0], next);
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
        Release();
    }

    public void Join()
    {
        foreach (var thread in threads) thread.Join();
    }

    /// <summary>Opens the next epoch. The exchange is a full fence: either a thread sees the epoch before it parks, or it is seen parked here.</summary>
    void Release()
    {
        Interlocked.Increment(ref lines.Epoch);
        for (var i = 1; i < parking.Length; i++)
        {
            if (Volatile.Read(ref parking[i].Parked.Value) != 0 && Interlocked.Exchange(ref parking[i].Parked.Value, 0) != 0) parking[i].Wake.Set();
        }
    }

    void Serve(Worker worker)
    {
        var seen = 0;
        while (true)
        {
            AwaitEpochAfter(seen, parking[worker.Index]);
            seen++;
            if (Volatile.Read(ref stopping)) break;
            Execute(worker, program!);
            Interlocked.Decrement(ref lines.Running);
        }
        parking[worker.Index].Wake.Dispose();
    }

    void AwaitEpochAfter(int seen, Parking place)
    {
        for (var spins = 0; spins < SpinsBeforePark; spins++)
        {
            if (Volatile.Read(ref lines.Epoch) != seen) return;
            Thread.SpinWait(1);
        }
        while (Volatile.Read(ref lines.Epoch) == seen)
        {
            Interlocked.Exchange(ref place.Parked.Value, 1);
            if (Volatile.Read(ref lines.Epoch) != seen)
            {
                // Whoever takes the flag down owes or owns the wake-up; an event that was set is consumed here, so that none is left over.
                if (Interlocked.Exchange(ref place.Parked.Value, 0) == 0) place.Wake.WaitOne();
                return;
            }
            place.Wake.WaitOne();
        }
    }

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

using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// A centralised sense-reversing barrier (Mellor-Crummey and Scott 1991, algorithm 7; the sense is a counter). It spins for a short time,
/// then gives its core away at every look, so that a thread that was descheduled gets to run. Where threads are known to be more than
/// processors, it sleeps.
/// </summary>
sealed class TeamBarrier
{
    // About 6 µs. Where both threads landed on one core, this is what every barrier costs, so it is kept short.
    const int SpinsBeforeYield = 150;

    readonly object asleep = new();
    int count;
    bool sleeps;
    Lines lines;

    /// <summary>Arrivals and the sense sit on cache lines of their own: who waits must not slow down who arrives.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    struct Lines
    {
        [FieldOffset(128)] public int Arrived;
        [FieldOffset(256)] public int Sense;
        [FieldOffset(260)] public bool Broken;
    }

    /// <param name="workers">Workers that meet here.</param>
    /// <param name="sleep">Whether they sleep at once instead of spinning.</param>
    public TeamBarrier(int workers, bool sleep = false) => Prepare(workers, sleep);

    /// <summary>For so many workers from here on; called when no worker is inside.</summary>
    public void Prepare(int workers, bool sleep) => (count, sleeps) = (workers, sleep);

    public void Wait()
    {
        var sense = Volatile.Read(ref lines.Sense);
        if (Interlocked.Increment(ref lines.Arrived) == count)
        {
            lines.Arrived = 0;
            Volatile.Write(ref lines.Sense, unchecked(sense + 1));
            if (sleeps) WakeAll();
            return;
        }
        if (sleeps) Sleep(sense);
        for (var spins = 0; Volatile.Read(ref lines.Sense) == sense; spins++)
        {
            if (Volatile.Read(ref lines.Broken)) throw new BrokenBarrierException();
            if (spins < SpinsBeforeYield) Thread.SpinWait(1);
            else Thread.Yield();
        }
    }

    /// <summary>Makes every present and future wait throw: a worker failed and will never come.</summary>
    public void Break()
    {
        Volatile.Write(ref lines.Broken, true);
        if (sleeps) WakeAll();
    }

    /// <summary>Usable again after a failure; called when no worker is inside.</summary>
    public void Mend() => (lines.Arrived, lines.Broken) = (0, false);

    void Sleep(int sense)
    {
        lock (asleep)
        {
            while (Volatile.Read(ref lines.Sense) == sense && !Volatile.Read(ref lines.Broken)) Monitor.Wait(asleep);
        }
    }

    // The lock is held between a sleeper's last look and its sleep, so no wake-up falls between the two.
    void WakeAll()
    {
        lock (asleep) Monitor.PulseAll(asleep);
    }
}

using Zoo.Runtime;

namespace Zoo.Tests.Threading;

/// <summary>Where threads are more than processors, whoever waits sleeps: looked at as the state of the threads, not as time.</summary>
public sealed class CrowdedTeamTests
{
    const int Workers = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void WhoeverWaitsAtABarrierSleeps(int late)
    {
        using var team = new Team(Workers, VectorWidth.Scalar, processors: 2);
        var program = new Late(late, afterTheBarrier: false);
        program.Watch(team);
        Assert.Equal(Workers - 1, program.Slept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheCallerSleepsUntilTheLastWorkerIsDone(int late)
    {
        using var team = new Team(Workers, VectorWidth.Scalar, processors: 2);
        var program = new Late(late, afterTheBarrier: true);
        program.Watch(team);
        // The caller, and the others because their part is done.
        Assert.Equal(Workers - 1, program.Slept);
    }

    [Fact]
    public void WithAProcessorForEachNobodySleepsAtABarrier()
    {
        using var team = new Team(2, VectorWidth.Scalar, processors: 2);
        var program = new Late(1, afterTheBarrier: false) { Looks = 300 };
        program.Watch(team);
        Assert.Equal(0, program.Slept);
    }

    [Fact]
    public void CrowdedAndRoomyProgramsAlternateAndFailuresWakeEveryone()
    {
        using var team = new Team(Workers, VectorWidth.Scalar, processors: 2);
        var sums = new Sums();
        for (var run = 0; run < 300; run++)
        {
            var workers = 1 + run % Workers;
            team.Run(sums, workers);
            Assert.Equal(workers * 10, sums.Total);
            if (run % 10 == 0) Assert.Throws<FormatException>(() => team.Run(new Failing(run / 10 % Workers)));
        }
    }

    /// <summary>One worker comes late; meanwhile the threads of the others are looked at until they sleep, or often enough.</summary>
    sealed class Late(int late, bool afterTheBarrier) : TeamProgram
    {
        readonly Thread?[] threads = new Thread?[Workers];
        readonly ManualResetEventSlim go = new();
        int arrived;

        public int Looks { get; init; } = 20_000;

        public int Slept { get; private set; }

        public void Watch(Team team)
        {
            var watcher = new Thread(() =>
            {
                while (Volatile.Read(ref arrived) < team.Count) Thread.Sleep(1);
                for (var look = 0; look < Looks; look++)
                {
                    Slept = threads.Where((thread, i) => i < team.Count && i != late
                        && thread!.ThreadState.HasFlag(ThreadState.WaitSleepJoin)).Count();
                    if (Slept == team.Count - 1) break;
                    Thread.Sleep(1);
                }
                go.Set();
            });
            watcher.Start();
            team.Run(this);
            watcher.Join();
        }

        public override void Execute(Worker worker)
        {
            threads[worker.Index] = Thread.CurrentThread;
            if (afterTheBarrier) worker.Barrier();
            Interlocked.Increment(ref arrived);
            // Busy, so that its own waiting is not taken for what is looked for.
            if (worker.Index == late) while (!go.IsSet) Thread.Yield();
            if (!afterTheBarrier) worker.Barrier();
        }
    }

    sealed class Sums : TeamProgram
    {
        int total;

        public int Total => total;

        public override void Execute(Worker worker)
        {
            if (worker.Index == 0) total = 0;
            for (var i = 0; i < 10; i++)
            {
                worker.Barrier();
                Interlocked.Increment(ref total);
            }
        }
    }

    sealed class Failing(int index) : TeamProgram
    {
        public override void Execute(Worker worker)
        {
            worker.Barrier();
            if (worker.Index == index) throw new FormatException();
            worker.Barrier();
        }
    }
}

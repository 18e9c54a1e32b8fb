using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Threading;

public sealed class TeamTests
{
    [Theory, Trait("Speed", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void BarriersSeparatePhasesOnMoreThreadsThanProcessors(int workers)
    {
        using var team = new Team(workers, VectorWidth.Scalar);
        var program = new Phases(workers, 200);
        for (var run = 0; run < 20; run++) team.Run(program);
        Assert.Equal(0, program.Mistakes);
        Assert.Equal(20 * 200 * workers, program.Done);
    }

    [Fact]
    public void WakesParkedWorkers()
    {
        using var team = new Team(3, VectorWidth.Scalar);
        var program = new Phases(3, 1);
        for (var run = 0; run < 20; run++)
        {
            team.Run(program);
            Thread.Sleep(2);
        }
        Assert.Equal(60, program.Done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FailureOfOneWorkerReachesTheCallerAndTheTeamStaysUsable(int failing)
    {
        using var team = new Team(3, VectorWidth.Scalar);
        var program = new Phases(3, 5);
        for (var run = 0; run < 3; run++)
        {
            var thrown = Assert.Throws<FormatException>(() => team.Run(new Failing(failing)));
            Assert.Equal($"worker {failing}", thrown.Message);
            team.Run(program);
        }
        Assert.Equal(0, program.Mistakes);
    }

    [Fact]
    public void CallersTakeTurns()
    {
        using var team = new Team(2, VectorWidth.Scalar);
        var program = new Phases(2, 20);
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var run = 0; run < 25; run++) team.Run(program);
        })).ToList();
        callers.ForEach(thread => thread.Start());
        callers.ForEach(thread => thread.Join());
        Assert.Equal(0, program.Mistakes);
        Assert.Equal(4 * 25 * 20 * 2, program.Done);
    }

    [Fact]
    public void DisposedAndNestedRunsAreRefused()
    {
        var team = new Team(2, VectorWidth.Scalar);
        Assert.Throws<InvalidOperationException>(() => team.Run(new Nested(team)));
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(new Phases(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Team(0, VectorWidth.Scalar));
    }

    [Fact]
    public void ForgottenTeamEndsItsThreads()
    {
        var thread = Forget();
        for (var i = 0; i < 100 && thread.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }
        Assert.False(thread.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    static Thread Forget()
    {
        var program = new Remembers();
        new Team(2, VectorWidth.Scalar).Run(program);
        return program.Thread!;
    }

    sealed class Phases(int workers, int count) : TeamProgram
    {
        readonly int[] phase = new int[workers * 64];
        int mistakes, done;

        public int Mistakes => mistakes;
        public int Done => done;

        public override void Execute(Worker worker)
        {
            for (var i = 0; i < count; i++)
            {
                phase[worker.Index * 64] = i;
                worker.Barrier();
                for (var other = 0; other < workers; other++)
                {
                    if (phase[other * 64] != i) Interlocked.Increment(ref mistakes);
                }
                Interlocked.Increment(ref done);
                worker.Barrier();
            }
        }
    }

    sealed class Failing(int index) : TeamProgram
    {
        public override void Execute(Worker worker)
        {
            worker.Barrier();
            if (worker.Index == index) throw new FormatException($"worker {index}");
            worker.Barrier();
        }
    }

    sealed class Nested(Team team) : TeamProgram
    {
        public override void Execute(Worker worker)
        {
            if (worker.Index == 0) team.Run(this);
        }
    }

    sealed class Remembers : TeamProgram
    {
        public Thread? Thread { get; private set; }

        public override void Execute(Worker worker)
        {
            if (worker.Index == 1) Thread = Thread.CurrentThread;
        }
    }
}

using System.Reflection;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Tests.Engines;
using Zoo.Tests.State;

namespace Zoo.Tests.Threading;

/// <summary>A program runs on as many workers as its work feeds and the machine has: counted, not timed.</summary>
public sealed class WorkersUsedTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(Team.OperationsPerWorker, 1)]
    [InlineData(2 * Team.OperationsPerWorker - 1, 1)]
    [InlineData(2 * Team.OperationsPerWorker, 2)]
    [InlineData(11 * Team.OperationsPerWorker, 8)]
    [InlineData(long.MaxValue, 8)]
    public void WorkFeedsWorkers(long work, int workers)
    {
        using var team = new Team(8, VectorWidth.Scalar, processors: 8);
        Assert.Equal(workers, team.WorkersFor(work));
    }

    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(2, 16, 2)]
    [InlineData(16, 2, 2)]
    [InlineData(3, 1, 1)]
    public void ProcessorsLimitThem(int threads, int processors, int workers)
    {
        using var team = new Team(threads, VectorWidth.Scalar, processors: processors);
        Assert.Equal((threads, workers), (team.Count, team.WorkersFor(long.MaxValue)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void ARunOnFewerWorkersIsSharedAmongThemAlone(int workers)
    {
        using var team = new Team(4, VectorWidth.Scalar, processors: 4);
        // Between runs on all, so that every thread is awake and looking.
        for (var run = 0; run < 50; run++)
        {
            Assert.Equal(Enumerable.Range(0, workers).Select(i => (i, workers)), Recorded(team, workers));
            Assert.Equal(Enumerable.Range(0, 4).Select(i => (i, 4)), Recorded(team, 4));
        }
        // And asleep.
        Thread.Sleep(20);
        Assert.Equal(Enumerable.Range(0, workers).Select(i => (i, workers)), Recorded(team, workers));
        Assert.Equal(Enumerable.Range(0, 4).Select(i => (i, 4)), Recorded(team, 4));
    }

    [Fact]
    public void AnEngineAsksForWhatItsProgramFeeds()
    {
        using var device = Device.CpuWith(4, VectorWidth.Scalar, operationsPerWorker: 1000);
        using var engine = new Engine(device);
        var most = Math.Min(4, Processors.Count);
        foreach (var (rows, workers) in (ReadOnlySpan<(int, int)>)[(1, 1), (19, 1), (20, Math.Min(2, most)), (1000, most)])
        {
            engine.Run(0, new ProgramRun(rows, 1, 0, 0, 0));
            Assert.Equal(Enumerable.Repeat(workers, workers), engine.Counts);
        }
    }

    [Fact]
    public void AnEngineThatDoesNotSayUsesAllThereAre()
    {
        using var device = Device.CpuWith(2);
        using var engine = new SilentEngine(device);
        engine.Run(0, new ProgramRun(1, 1, 0, 0, 0));
        Assert.Equal(Math.Min(2, Processors.Count), engine.Counts.Count);
    }

    /// <summary>The models that figures are about, on 16 threads of 16 processors.</summary>
    [Fact]
    public void ModelsFeedWorkers()
    {
        using var compiled = new CompiledModels([Tiny, Small]);
        using var team = new Team(16, VectorWidth.Scalar, processors: 16);
        using var fashion = new FashionVae(1, Device.Cpu);
        using var tiny = compiled.Create("Tiny", 1, Device.Cpu);
        using var small = compiled.Create("Small", 1, Device.Cpu);

        foreach (var program in (string[])["Gradients", "TrainingGradients", "Update", "Evaluate", "Encode", "Decode", "Sample"])
            Assert.Equal(1, Workers(tiny, program, 8));
        foreach (var program in (string[])["Encode", "Decode", "Sample"]) Assert.Equal(1, Workers(fashion, program, 1));
        foreach (var program in (string[])["Encode", "Decode", "Sample", "Evaluate"]) Assert.Equal(16, Workers(fashion, program, 32));
        foreach (var program in (string[])["Gradients", "TrainingGradients", "Update"]) Assert.Equal(16, Workers(fashion, program, 128));
        Assert.Equal(16, Workers(small, "Gradients", 100));
        Assert.Equal(3, Workers(small, "Update", 100));

        int Workers(IGenerativeModel model, string program, int rows)
        {
            var engine = model.GetType().GetField("zooEngine", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model)!;
            var ordinal = (int)engine.GetType().GetNestedType("Programs", BindingFlags.NonPublic)!.GetField(program)!.GetValue(null)!;
            return team.WorkersFor((long)engine.GetType()
                .GetMethod("WorkOf", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(engine, [ordinal, rows])!);
        }
    }

    static List<(int Index, int Count)> Recorded(Team team, int workers)
    {
        var program = new Recorder();
        team.Run(program, workers);
        return [.. program.Seen.Order()];
    }

    sealed class Recorder : TeamProgram
    {
        public List<(int Index, int Count)> Seen { get; } = [];

        public override void Execute(Worker worker)
        {
            lock (Seen) Seen.Add((worker.Index, worker.Count));
            worker.Barrier();
            Assert.Equal(worker.Count, Seen.Count);
        }
    }

    class SilentEngine(Device device) : CpuEngine(TinyModel.Interleaved, 1, device, [])
    {
        public List<int> Counts { get; } = [];

        protected override int TransientOffset => 0;

        protected override int StepCountOffset => 322;

        public override int ChunkRows => 4;

        protected override void Execute(int program, Worker worker)
        {
            if (worker.Index == 0) Counts.Clear();
            worker.Barrier();
            lock (Counts) Counts.Add(worker.Count);
        }
    }

    sealed class Engine(Device device) : SilentEngine(device)
    {
        protected override long WorkOf(int program, int rows) => 100L * rows;
    }

    const string Tiny = """
        using Zoo;

        [Vae(Input = [4], Batch = 8)]
        public partial class Tiny
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(4));
        }
        """;

    const string Small = """
        using Zoo;

        [Vae(Input = [64], Batch = 100)]
        public partial class Small
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(128).Relu();
                return new(h.Dense(2), h.Dense(2));
            }

            static Bernoulli Decoder(Tensor z) => new(z.Dense(128).Relu().Dense(64));
        }
        """;
}

using Zoo.Models;

namespace Zoo.Tests.Engines;

/// <summary>What must hold to the last bit: resuming, threads, and the three ways to take a step.</summary>
public sealed class FashionVaeBits : IDisposable
{
    const int Size = 784;
    readonly string folder = Directory.CreateTempSubdirectory("zoo-bits-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void NAndNStepsThroughACheckpointAreTwoNSteps()
    {
        using var device = SharedWork.Among(2);
        using var whole = new FashionVae(3, device);
        Train(whole, 0, 8);
        using (var half = new FashionVae(3, device))
        {
            half.Hyperparameters["learning_rate"] = 1e-3f;
            Train(half, 0, 4);
            half.Save(Path("half"));
        }
        using var resumed = FashionVae.Load(Path("half"), device);
        Assert.Equal(4, resumed.Steps);
        Train(resumed, 4, 8);
        whole.Save(Path("whole"));
        resumed.Save(Path("resumed"));
        // The file holds everything: parameters, moments, counters, hyperparameters, seed.
        Assert.Equal(File.ReadAllBytes(Path("whole")), File.ReadAllBytes(Path("resumed")));
    }

    [Fact]
    public void AnyNumberOfThreadsGivesTheSameFile()
    {
        var files = new List<byte[]>();
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = SharedWork.Among(threads);
            using var vae = new FashionVae(5, device);
            Train(vae, 0, 5);
            vae.Save(Path($"{threads}"));
            files.Add(File.ReadAllBytes(Path($"{threads}")));
        }
        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
    }

    [Fact]
    public void StepTrainAndTheTwoHalvesAreOneUpdate()
    {
        using var device = SharedWork.Among(2);
        using FashionVae step = new(7, device), train = new(7, device), halves = new(7, device);
        for (var i = 0; i < 4; i++)
        {
            var x = Batch(i);
            var losses = step.Step(x);
            train.Train(x);
            Assert.Equal(losses, halves.Gradients(x));
            halves.Update();
        }
        step.Save(Path("step"));
        train.Save(Path("train"));
        halves.Save(Path("halves"));
        Assert.Equal(File.ReadAllBytes(Path("step")), File.ReadAllBytes(Path("train")));
        Assert.Equal(File.ReadAllBytes(Path("step")), File.ReadAllBytes(Path("halves")));
    }

    [Fact]
    public void ARowDoesNotDependOnItsNeighbours()
    {
        using var device = SharedWork.Among(2);
        using var vae = new FashionVae(1, device);
        Train(vae, 0, 2);
        var x = Batch(9).Concat(Batch(10)).ToArray();
        var rows = x.Length / Size;
        var all = new float[rows * 20];
        vae.Encode(x, all);
        foreach (var (start, count) in ((int, int)[])[(0, 1), (17, 1), (100, 63), (3, 200), (255, 1)])
        {
            var some = new float[count * 20];
            vae.Encode(x.AsSpan(start * Size, count * Size), some);
            Assert.Equal(all[(start * 20)..((start + count) * 20)], some);
        }
        float[] many = new float[200 * Size], few = new float[3 * Size];
        vae.Sample(11, many);
        vae.Sample(11, few);
        Assert.Equal(many[..few.Length], few);
    }

    [Fact]
    public void EvaluationTouchesNoState()
    {
        using var device = SharedWork.Among(2);
        using var vae = new FashionVae(1, device);
        Train(vae, 0, 2);
        vae.Save(Path("before"));
        var first = vae.Evaluate(Batch(3));
        var draws = new float[vae.Draws.Length("epsilon")];
        vae.Draws.CopyTo("epsilon", draws);
        vae.LogLikelihood(Batch(3)[..(5 * Size)], 3);
        vae.Sample(1, new float[5 * Size]);
        var kept = new float[draws.Length];
        vae.Draws.CopyTo("epsilon", kept);
        vae.Save(Path("after"));
        Assert.Equal(draws, kept);
        Assert.Equal(first, vae.Evaluate(Batch(3)));
        Assert.Equal(File.ReadAllBytes(Path("before")), File.ReadAllBytes(Path("after")));
    }

    [Fact]
    public void HyperparametersTakeEffectAtTheNextStep()
    {
        using var vae = new FashionVae(1, Device.Cpu);
        vae.Hyperparameters["learning_rate"] = 0;
        var before = Weights(vae);
        vae.Step(Batch(0));
        Assert.Equal(before, Weights(vae));
        vae.Hyperparameters["learning_rate"] = 1e-3f;
        vae.Step(Batch(0));
        Assert.NotEqual(before, Weights(vae));
        Assert.Equal(["learning_rate", "beta1", "beta2", "epsilon", "weight_decay", "beta"], vae.Hyperparameters.Names);
    }

    static float[] Weights(FashionVae vae)
    {
        var values = new float[vae.Parameters["encoder.dense1.weight"].Length];
        vae.Parameters["encoder.dense1.weight"].CopyTo(values);
        return values;
    }

    static void Train(FashionVae vae, int from, int to)
    {
        for (var i = from; i < to; i++) vae.Step(Batch(i));
    }

    static float[] Batch(int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, 128 * Size).Select(_ => random.NextSingle())];
    }

    string Path(string name) => System.IO.Path.Combine(folder, name + ".safetensors");
}

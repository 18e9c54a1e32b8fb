using System.Reflection;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Engines;

/// <summary>One model called from several threads: every answer is the caller's own, or the call is refused by name.</summary>
public sealed class ConcurrentUseTests : IDisposable
{
    const int Threads = 8, Calls = 500, Size = 12, Latent = 2;

    readonly CompiledModels compiled = new([Source]);
    readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        compiled.Dispose();
    }

    delegate void OneResult(ReadOnlySpan<float> x, Span<float> result);

    delegate void Sampled(ulong seed, Span<float> x);

    delegate double LogLikelihood(ReadOnlySpan<float> x, int samples, Span<double> perRow);

    public static TheoryData<string> Members => ["Decode", "Encode", "Reconstruct", "Sample", "LogLikelihood"];

    [Theory]
    [MemberData(nameof(Members))]
    public void EveryAnswerIsRightOrRefused(string member)
    {
        using var device = Device.CpuWith(2);
        using var model = compiled.Create("Small", 1, device);
        var call = Call(model, member);
        var expected = Enumerable.Range(0, Threads).Select(call).ToArray();
        var (answers, refusals) = (0, 0);
        InParallel(thread =>
        {
            for (var i = 0; i < Calls; i++)
            {
                try
                {
                    Assert.Equal(expected[thread], call(thread));
                    Interlocked.Increment(ref answers);
                }
                catch (InvalidOperationException refused)
                {
                    Assert.StartsWith("Small is in use by another thread", refused.Message);
                    Interlocked.Increment(ref refusals);
                }
            }
        });
        Assert.Equal(Threads * Calls, answers + refusals);
        Assert.NotEqual(0, answers);
        // And the model is nobody's afterwards.
        Assert.Equal(expected[0], call(0));
    }

    /// <summary>A step is several programs: what was not refused was made, once, and undivided.</summary>
    [Fact]
    public void StepsThatWereNotRefusedAreTheStepsOfOneThread()
    {
        using var device = Device.CpuWith(1);
        using var model = compiled.Create("Small", 1, device);
        var made = 0;
        InParallel(_ =>
        {
            var losses = new float[3];
            for (var i = 0; i < Calls; i++)
            {
                try
                {
                    model.Step(Batch, default, default, losses);
                    Interlocked.Increment(ref made);
                }
                catch (InvalidOperationException)
                {
                }
            }
        });
        Assert.Equal(made, model.Steps);
        using var alone = compiled.Create("Small", 1, device);
        for (var i = 0; i < made; i++) alone.Step(Batch, default, default, new float[3]);
        model.Save(Path.Combine(folder.Path, "many"));
        alone.Save(Path.Combine(folder.Path, "alone"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "alone")), File.ReadAllBytes(Path.Combine(folder.Path, "many")));
    }

    [Fact]
    public void ModelsOnOneDeviceAnswerEveryThread()
    {
        using var device = Device.CpuWith(2);
        var models = Enumerable.Range(0, 4).Select(seed => compiled.Create("Small", (ulong)seed, device)).ToArray();
        var expected = models.Select(model => Call(model, "Decode")(0)).ToArray();
        InParallel(thread =>
        {
            for (var i = 0; i < Calls && thread < models.Length; i++) Assert.Equal(expected[thread], Call(models[thread], "Decode")(0));
        });
        foreach (var model in models) model.Dispose();
    }

    public static TheoryData<string, Action<IGenerativeModel, string>> Refused => new()
    {
        { "a step", (model, _) => model.Step(Batch, default, default, new float[3]) },
        { "training", (model, _) => Method<Trained>(model, "Train")(Batch) },
        { "gradients", (model, _) => Evaluated(model, "Gradients") },
        { "an update", (model, _) => Method<Action>(model, "Update")() },
        { "an evaluation", (model, _) => Evaluated(model, "Evaluate") },
        { "no rows", (model, _) => Method<OneResult>(model, "Decode")(default, default) },
        { "a save", (model, path) => model.Save(path) },
        { "a parameter read", (model, _) => model.Parameters[0].CopyTo(new float[model.Parameters[0].Length]) },
        { "a parameter written", (model, _) => model.Parameters[0].CopyFrom(new float[model.Parameters[0].Length]) },
        { "a gradient", (model, _) => model.Parameters[0].CopyGradientTo(new float[model.Parameters[0].Length]) },
        { "all gradients", (model, _) => model.Parameters.FlatGradients[0] = 0 },
        { "a hyperparameter set", (model, _) => model.Hyperparameters["beta"] = 2 },
        { "draws", (model, _) => model.Draws.CopyTo("epsilon", new float[model.Draws.Length("epsilon")]) },
        { "its end", (model, _) => model.Dispose() },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhileAnotherThreadIsInside(string what, Action<IGenerativeModel, string> call)
    {
        using var model = compiled.Create("Small", 1, Device.Cpu);
        var path = Path.Combine(folder.Path, "never");
        var engine = Engine(model);
        Exception? thrown;
        using (engine.Enter())
        {
            // On the same thread calls nest.
            model.Step(Batch, default, default, new float[3]);
            thrown = OnAnotherThread(() => call(model, path));
            Assert.Equal(1f, model.Hyperparameters["beta"]);
            Assert.Equal((1L, 8), (model.Steps, model.BatchSize));
        }
        Assert.Contains("Small is in use by another thread", Assert.IsType<InvalidOperationException>(thrown).Message);
        Assert.False(File.Exists(path), what);
        Assert.Equal(1, model.Steps);
        Assert.Null(OnAnotherThread(() => call(model, path)));
    }

    [Fact]
    public void ReadingWhatNoStepChangesIsAlwaysPossible()
    {
        using var model = compiled.Create("Small", 1, Device.Cpu);
        using var use = Engine(model).Enter();
        Assert.Null(OnAnotherThread(() =>
        {
            Assert.Equal(0, model.Steps);
            Assert.Equal(3, model.LossNames.Length);
            Assert.Equal(1f, model.Hyperparameters["beta"]);
            Assert.Equal("encoder.dense1.weight", model.Parameters[0].Name);
            Assert.Equal(["epsilon"], model.Draws.Names);
        }));
    }

    [Fact]
    public void ACallThatThrowsLeavesTheModelFree()
    {
        var device = Device.CpuWith(2);
        using var model = compiled.Create("Small", 1, device);
        Assert.Throws<ArgumentException>(() => model.Step(new float[3], default, default, new float[3]));
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Step(Batch, default, default, new float[3]));
        Assert.IsType<ObjectDisposedException>(OnAnotherThread(() => model.Step(Batch, default, default, new float[3])));
        Assert.ThrowsAny<IOException>(() => model.Save(Path.Combine(folder.Path, "none", "model")));
        Assert.Null(OnAnotherThread(() => model.Save(Path.Combine(folder.Path, "model"))));
    }

    [Fact]
    public void ADisposedModelSaysSoOnAnyThread()
    {
        var state = new ModelState(TinyModel.Interleaved, 1);
        state.Dispose();
        for (var i = 0; i < 2; i++) Assert.Throws<ObjectDisposedException>(() => state.Enter().Dispose());
        Assert.IsType<ObjectDisposedException>(OnAnotherThread(() => state.Enter().Dispose()));
        Assert.Null(OnAnotherThread(state.Dispose));
    }

    delegate void Trained(ReadOnlySpan<float> batch);

    static readonly float[] Batch = [.. Enumerable.Range(0, 8 * Size).Select(i => i % 7 / 7f)];

    /// <summary>A member with other arguments for each thread.</summary>
    static Func<int, double[]> Call(IGenerativeModel model, string member) => thread =>
    {
        var x = Enumerable.Range(0, 3 * Size).Select(i => (i * (thread + 3) % 11) / 11f).ToArray();
        var (codes, pictures) = (new float[3 * Latent], new float[3 * Size]);
        switch (member)
        {
            case "Encode": Method<OneResult>(model, member)(x, codes); return [.. codes.Select(v => (double)v)];
            case "Decode": Method<OneResult>(model, member)(x.AsSpan(0, 3 * Latent), pictures); break;
            case "Reconstruct": Method<OneResult>(model, member)(x, pictures); break;
            case "Sample": Method<Sampled>(model, member)((ulong)thread, pictures); break;
            default: return [Method<LogLikelihood>(model, member)(x, 5, default)];
        }
        return [.. pictures.Select(v => (double)v)];
    };

    static void Evaluated(IGenerativeModel model, string name) =>
        typeof(ConcurrentUseTests).GetMethod(nameof(Typed), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(model.GetType().GetNestedType("Losses")!).CreateDelegate<Action<IGenerativeModel, string>>()(model, name);

    delegate T Losses<T>(ReadOnlySpan<float> x);

    static void Typed<T>(IGenerativeModel model, string name) => Method<Losses<T>>(model, name)(Batch);

    static T Method<T>(IGenerativeModel model, string name) where T : Delegate =>
        model.GetType()
            .GetMethod(name, [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType)])!.CreateDelegate<T>(model);

    static ModelEngine Engine(IGenerativeModel model) =>
        (ModelEngine)model.GetType().GetField("zooEngine", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model)!;

    static Exception? OnAnotherThread(Action call)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(call));
        thread.Start();
        thread.Join();
        return thrown;
    }

    static void InParallel(Action<int> body)
    {
        using var start = new Barrier(Threads);
        var failures = new List<Exception>();
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            if (Record.Exception(() => body(i)) is { } failure) lock (failures) failures.Add(failure);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(failures);
    }

    const string Source = """
        using Zoo;

        [Vae(Input = [12], Batch = 8)]
        public partial class Small
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(12));
        }
        """;
}

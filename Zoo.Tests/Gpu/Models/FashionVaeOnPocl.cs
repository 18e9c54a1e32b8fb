using Zoo.Models;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>The model of the README on PoCL: all that its class can do, against the same class on the CPU.</summary>
[Collection(PoclCollection.Name)]
[Trait("Speed", "Slow")]
public sealed class FashionVaeOnPocl(PoclDevice pocl) : IDisposable
{
    const int Size = 784;
    readonly string folder = Directory.CreateTempSubdirectory("zoo-pocl-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PoclFact]
    public void HundredStepsGiveTheLossesOfTheCpu()
    {
        using var gpu = new FashionVae(7, pocl.Device);
        using var cpu = new FashionVae(7, Device.Cpu);
        float[] drawn = new float[gpu.Draws.Length("epsilon")], wanted = new float[drawn.Length];
        for (var step = 0; step < 100; step++)
        {
            var batch = Batch(step);
            var (expected, actual) = (cpu.Step(batch), gpu.Step(batch));
            Near($"step {step} reconstruction", expected.Reconstruction, actual.Reconstruction);
            Near($"step {step} divergence", expected.Divergence, actual.Divergence);
            Near($"step {step} bound", expected.Elbo, actual.Elbo);
            gpu.Draws.CopyTo("epsilon", drawn);
            cpu.Draws.CopyTo("epsilon", wanted);
            // The words are the same bits; logarithm, sine and cosine round differently.
            for (var i = 0; i < drawn.Length; i++) Assert.Equal(wanted[i], drawn[i], 1e-6);
        }

        static void Near(string what, float expected, float actual) =>
            Assert.True(Math.Abs(expected - actual) <= 1e-4 * Math.Abs(expected), $"{what}: the CPU has {expected:R}, PoCL {actual:R}");
    }

    [PoclFact]
    public void TwoRunsAndThreeWaysToStepGiveTheSameFile()
    {
        byte[] Run(Action<FashionVae, float[]> step)
        {
            using var vae = new FashionVae(3, pocl.Device);
            for (var i = 0; i < 4; i++) step(vae, Batch(i));
            return Saved(vae);
        }

        var stepped = Run((vae, x) => vae.Step(x));
        Assert.Equal(stepped, Run((vae, x) => vae.Step(x)));
        Assert.Equal(stepped, Run((vae, x) => vae.Train(x)));
        Assert.Equal(stepped, Run((vae, x) =>
        {
            vae.Gradients(x);
            vae.Update();
        }));
    }

    [PoclFact]
    public void ACheckpointMovesBothWays()
    {
        using var cpu = new FashionVae(5, Device.Cpu);
        cpu.Hyperparameters["learning_rate"] = 2e-3f;
        for (var i = 0; i < 2; i++) cpu.Train(Batch(i));
        var there = Saved(cpu);
        using var gpu = FashionVae.Load(Path("model"), pocl.Device);
        Assert.Equal(2, gpu.Steps);
        Assert.Equal(there, Saved(gpu));
        var straight = gpu.Step(Batch(2));
        gpu.Train(Batch(3));
        var back = Saved(gpu);
        Assert.NotEqual(there, back);
        using var again = FashionVae.Load(Path("model"), Device.Cpu);
        Assert.Equal(back, Saved(again));
        // What was loaded trains on as what was saved.
        File.WriteAllBytes(Path("there"), there);
        using var resumed = FashionVae.Load(Path("there"), pocl.Device);
        Assert.Equal(straight, resumed.Step(Batch(2)));
        resumed.Train(Batch(3));
        Assert.Equal(back, Saved(resumed));
    }

    [PoclFact]
    public void InferenceIsTheCpus()
    {
        using var cpu = new FashionVae(11, Device.Cpu);
        for (var i = 0; i < 3; i++) cpu.Train(Batch(i));
        Saved(cpu);
        using var gpu = FashionVae.Load(Path("model"), pocl.Device);
        foreach (var rows in (int[])[1, 130])
        {
            var x = Batch(rows).Concat(Batch(rows + 1)).Take(rows * Size).ToArray();
            var codes = new float[rows * 20];
            Same("mean", rows * 20, (vae, result) => vae.Encode(x, result));
            Same("log-variance", rows * 20, (vae, result) => vae.Encode(x, codes, result));
            Same("decoded", rows * Size, (vae, result) => vae.Decode(codes, result));
            Same("reconstructed", rows * Size, (vae, result) => vae.Reconstruct(x, result));
            Same("sampled", rows * Size, (vae, result) => vae.Sample(9, result));
            Same("evaluated", 3, (vae, result) => (result[0], result[1], result[2]) = vae.Evaluate(x), 1e-5);
            Same("likelihood", 1, (vae, result) => result[0] = (float)vae.LogLikelihood(x, 2), 1e-5);
        }

        void Same(string what, int length, Action<FashionVae, float[]> call, double relative = 2e-5)
        {
            float[] expected = new float[length], actual = new float[length];
            call(cpu, expected);
            call(gpu, actual);
            for (var i = 0; i < length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * Math.Max(1, Math.Abs(expected[i])),
                    $"{what}[{i}]: {expected[i]:R} on the CPU, {actual[i]:R} on PoCL");
        }
    }

    [PoclFact]
    public void WhatTheHostChangesReachesTheDevice()
    {
        using var gpu = new FashionVae(13, pocl.Device);
        using var cpu = new FashionVae(13, Device.Cpu);
        foreach (var vae in (FashionVae[])[cpu, gpu])
        {
            vae.Step(Batch(0));
            // A parameter, a hyperparameter, and the gradients between the halves of a step.
            var bias = vae.Parameters["decoder.dense2.bias"];
            var values = new float[bias.Length];
            bias.CopyTo(values);
            for (var i = 0; i < values.Length; i++) values[i] += 0.25f;
            bias.CopyFrom(values);
            vae.Hyperparameters["learning_rate"] = 0.01f;
            vae.Hyperparameters["beta"] = 2;
            vae.Gradients(Batch(1));
            foreach (ref var g in vae.Parameters.FlatGradients) g *= 0.5f;
            vae.Update();
        }
        foreach (var parameter in cpu.Parameters)
        {
            float[] expected = new float[parameter.Length], actual = new float[parameter.Length];
            parameter.CopyTo(expected);
            gpu.Parameters[parameter.Name].CopyTo(actual);
            // Adam divides by the root of a mean square: where gradients are rounding errors alone a step is anything up to the learning
            // rate.
            Assert.True(expected.Zip(actual).Average(p => Math.Abs(p.First - p.Second)) < 1e-5, parameter.Name);
            parameter.CopyGradientTo(expected);
            gpu.Parameters[parameter.Name].CopyGradientTo(actual);
            var scale = expected.Max(Math.Abs);
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3 * scale);
        }
    }

    /// <summary>What a step costs beside arithmetic: a pass that undoes fusion, or a hidden wait, shows here.</summary>
    [PoclFact]
    public void AStepIsCounted()
    {
        using var vae = new FashionVae(1, pocl.Device);
        var accelerator = pocl.Device.Accelerator;
        var x = Batch(0);
        vae.Step(x);
        (long Launches, long Waits, long Transfers) Count(Action step)
        {
            var before = (accelerator.Launches, accelerator.Synchronizations, accelerator.Transfers);
            step();
            return (accelerator.Launches - before.Launches, accelerator.Synchronizations - before.Synchronizations,
                accelerator.Transfers - before.Transfers);
        }

        // 24 kernels of the gradients and 1 of Adam; the batch in and the losses out; one wait, for the losses.
        Assert.Equal((23, 1, 2), Count(() => vae.Step(x)));
        // Without losses 18 and 1, the batch in, and no wait.
        Assert.Equal((19, 0, 1), Count(() => vae.Train(x)));
        // So the host runs ahead until every slot of the ring is taken.
        Assert.Equal((19 * 20, 2, 20), Count(() =>
        {
            for (var i = 0; i < 20; i++) vae.Train(x);
        }));
        Assert.Equal((0, 0, 0), Count(() => vae.Hyperparameters["learning_rate"] = 1e-4f));
        // Nor for a batch's own copy, which has a queue of its own on CUDA only.
        Assert.Equal(0, accelerator.IncomingWaits);
    }

    /// <summary>
    /// A library's products, which lie by columns, under the same step: cuBLAS cannot be tried here, what it is told can.
    /// </summary>
    [PoclFact]
    public void LargeProductsGoToTheLibrary()
    {
        using var device = Device.Gpu(pocl.Accelerator);
        using var cpu = new FashionVae(17, Device.Cpu);
        using var library = new HostProducts(device.Accelerator);
        device.Accelerator.Products = library;
        using var gpu = new FashionVae(17, device);
        for (var i = 0; i < 2; i++)
        {
            var (expected, actual) = (cpu.Step(Batch(i)), gpu.Step(Batch(i)));
            Assert.Equal(expected.Elbo, actual.Elbo, 1e-4 * Math.Abs(expected.Elbo));
        }
        // Five of each step's eleven have 80 million operations; the other six have 4 million at most.
        Assert.Equal(10, library.Calls);
        foreach (var parameter in cpu.Parameters)
        {
            float[] wanted = new float[parameter.Length], got = new float[parameter.Length];
            parameter.CopyGradientTo(wanted);
            gpu.Parameters[parameter.Name].CopyGradientTo(got);
            Engines.Tolerances.Close(parameter.Name, [.. wanted.Select(v => (double)v)], got, 1e-3);
        }
        // Fewer rows than the program was planned for.
        var x = Batch(3).AsSpan(0, 5 * Size).ToArray();
        float[] ours = new float[5 * Size], theirs = new float[5 * Size];
        cpu.Reconstruct(x, ours);
        gpu.Reconstruct(x, theirs);
        for (var i = 0; i < ours.Length; i++) Assert.Equal(ours[i], theirs[i], 1e-4);
        Assert.Equal(12, library.Calls);
    }

    byte[] Saved(FashionVae vae)
    {
        vae.Save(Path("model"));
        return File.ReadAllBytes(Path("model"));
    }

    string Path(string name) => System.IO.Path.Combine(folder, name + ".safetensors");

    /// <summary>Grey images, with dark pixels more frequent.</summary>
    static float[] Batch(int seed)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, 128 * Size).Select(_ => random.NextSingle() * random.NextSingle())];
    }
}

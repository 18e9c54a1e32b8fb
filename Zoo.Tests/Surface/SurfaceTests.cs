using System.Reflection;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Surface;

/// <summary>The contract's declaration and the program written against it, compiled as they stand and run.</summary>
public sealed class SurfaceTests : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), $"zoo-surface-{Environment.ProcessId}.safetensors");

    delegate float TrainVae(ReadOnlySpan<float> images, string path);

    delegate void TrainAny(IGenerativeModel model, ReadOnlySpan<float> batch, Span<float> losses);

    public void Dispose() => File.Delete(path);

    [Fact]
    public void TheProgramOfTheContractRuns()
    {
        using var compiled = Compile();
        var usage = compiled.Type("Zoo.Surface.Usage");
        var train = usage.GetMethod("TrainVae")!.CreateDelegate<TrainVae>();
        var random = new System.Random(1);
        float[] images = [.. Enumerable.Range(0, 300 * 784).Select(_ => random.NextSingle() < 0.3f ? 1f : 0f)];
        // Log-likelihood and bound of noise, plus the constants that the program adds.
        var result = train(images, path);
        Assert.InRange(result, 652_824 + 400 - 3000, 652_824 + 400);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void AnyModelTrainsThroughTheInterface()
    {
        using var compiled = Compile();
        using var model = compiled.Create("Zoo.Surface.FashionVae", 1, Device.Cpu);
        var any = compiled.Type("Zoo.Surface.Usage").GetMethod("TrainAny")!.CreateDelegate<TrainAny>();
        var losses = new float[3];
        any(model, new float[128 * 784], losses);
        Assert.Equal(1, model.Steps);
        Assert.Equal(losses[0] - losses[1], losses[2], 1e-2);
        Assert.Equal(["Reconstruction", "Divergence", "Elbo"], model.LossNames.ToArray());
    }

    delegate void Others(ReadOnlySpan<float> x, ReadOnlySpan<int> labels, Span<float> output);

    /// <summary>The program takes one batch for models of 512 and of 78,400 numbers: what the contract leaves to the caller.</summary>
    [Fact]
    public void AdversariesTrainAndSample()
    {
        using var compiled = Compile();
        var others = compiled.Type("Zoo.Surface.Usage").GetMethod("Others")!.CreateDelegate<Others>();
        var output = new float[10 * 2];
        var refused = Assert.Throws<ArgumentException>(() => others(new float[256 * 2], default, output));
        Assert.Contains("Expected 78400 values (100 examples of 784), but got 512", refused.Message, StringComparison.Ordinal);
        Assert.Contains(output, v => v != 0);
    }

    delegate void SampleGiven<T>(ulong seed, ReadOnlySpan<T> y, Span<float> x);

    [Fact]
    public void ConditionalModelsTrainAndSample()
    {
        using var compiled = Compile();
        TrainsAndSamples("LabelledVae", 784, [.. Enumerable.Range(0, 100).Select(i => i % 10)], []);
        TrainsAndSamples("QuadrantVae", 588, [], new float[100 * 196]);

        void TrainsAndSamples(string name, int size, int[] labels, float[] condition)
        {
            using var model = compiled.Create("Zoo.Surface." + name, 1, Device.Cpu);
            Assert.Equal(["Reconstruction", "Divergence", "Elbo"], model.LossNames.ToArray());
            var losses = new float[3];
            for (var step = 0; step < 20; step++) model.Step(new float[100 * size], labels, condition, losses);
            Assert.Equal(losses[0] - losses[1], losses[2], 1e-2);
            var images = new float[100 * size];
            if (labels.Length > 0) InferenceTests.Method<SampleGiven<int>>(model, "Sample")(4, labels, images);
            else InferenceTests.Method<SampleGiven<float>>(model, "Sample")(4, condition, images);
            // Trained on black, from grey.
            Assert.All(images, pixel => Assert.InRange(pixel, 0f, 0.45f));
        }
    }

    /// <summary>Convolutions, running statistics and five samples an example.</summary>
    [Fact]
    public void AConvolutionalModelTrainsAndSamples()
    {
        using var compiled = Compile();
        using var model = compiled.Create("Zoo.Surface.ConvolutionalVae", 1, Device.Cpu);
        var (random, losses, images) = (new System.Random(3), new float[3], new float[64 * 784]);
        for (var i = 0; i < images.Length; i++) images[i] = i % 28 < 14 ? 0.1f : 0.8f + 0.1f * random.NextSingle();
        var first = float.NaN;
        for (var step = 0; step < 6; step++)
        {
            model.Step(images, default, default, losses);
            if (step == 0) first = losses[0];
            Assert.All(losses, loss => Assert.True(float.IsFinite(loss)));
        }
        Assert.True(losses[0] > first, $"the likelihood went from {first} to {losses[0]}");
        var tracked = new float[1];
        model.Parameters["encoder.batchnorm2.num_batches_tracked"].CopyTo(tracked);
        Assert.Equal(6, tracked[0]);
        Assert.Equal([64, 32, 3, 3], model.Parameters["encoder.conv2.weight"].Shape.ToArray());
        Assert.Equal([64, 32, 4, 4], model.Parameters["decoder.convtranspose1.weight"].Shape.ToArray());
        model.Save(path);
        var reload = compiled.Type("Zoo.Surface.Usage").GetMethod("Reload")!.MakeGenericMethod(model.GetType());
        using var again = (IGenerativeModel)reload.Invoke(null, [path])!;
        float[] left = new float[3], right = new float[3];
        model.Step(images, default, default, left);
        again.Step(images, default, default, right);
        Assert.Equal(left, right);
    }

    delegate void EncodeOne(ReadOnlySpan<float> x, Span<float> z);

    delegate void EncodeBoth(ReadOnlySpan<float> x, Span<float> labelProbabilities, Span<float> style);

    /// <summary>Labels of every second row are left out: −1.</summary>
    [Fact]
    public void AdversarialAutoencodersTrainAndSample()
    {
        using var compiled = Compile();
        float[] batch = [.. Enumerable.Range(0, 100 * 784).Select(i => i % 7 / 7f)];
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? -1 : i % 10)];
        using var mixture = Trained("MixtureAae", "Reconstruction Discriminator Adversarial");
        InferenceTests.Method<EncodeOne>(mixture, "Encode")(batch, new float[100 * 2]);
        var images = new float[3 * 784];
        InferenceTests.Method<SampleGiven<int>>(mixture, "Sample")(4, [0, 9, 5], images);
        Assert.All(images, pixel => Assert.InRange(pixel, 0f, 1f));

        using var semi = Trained("SemiSupervisedAae", "Reconstruction Discriminator LabelDiscriminator Adversarial Classification");
        var (probabilities, style) = (new float[100 * 10], new float[100 * 10]);
        InferenceTests.Method<EncodeBoth>(semi, "Encode")(batch, probabilities, style);
        for (var row = 0; row < 100; row++) Assert.Equal(1, probabilities.AsSpan(row * 10, 10).ToArray().Sum(), 1e-5);
        Assert.Contains(style, s => s != 0);

        IGenerativeModel Trained(string name, string losses)
        {
            var model = compiled.Create("Zoo.Surface." + name, 1, Device.Cpu);
            Assert.Equal(losses.Split(' '), model.LossNames.ToArray());
            Assert.Equal(losses.Split(' '), Enum.GetNames(compiled.Type("Zoo.Surface." + name).GetNestedType("Phase")!));
            var values = new float[model.LossNames.Length];
            for (var step = 0; step < 2; step++) model.Step(batch, labels, default, values);
            Assert.All(values, v => Assert.True(float.IsFinite(v)));
            var refused = Assert.Throws<ArgumentOutOfRangeException>(
                () => model.Step(batch, [.. labels[..^1], 10], default, new float[values.Length]));
            Assert.Contains("labels from 0 to 9, or −1 where there is none, but row 99 has 10", refused.Message, StringComparison.Ordinal);
            return model;
        }
    }

    [Theory]
    [InlineData("RingGan", "Discriminator Generator", "Discriminator Generator", "Discriminate Generate Sample")]
    [InlineData("GridWgan", "Wasserstein Penalty Generator", "Critic Generator", "Criticize Generate Sample")]
    [InlineData("FashionEbgan", "Discriminator Generator PullingAway", "Discriminator Generator", "Energy Sample")]
    [InlineData("FashionBiGan", "Discriminator Generator", "Discriminator Generator", "Encode Reconstruct Sample Generate Discriminate")]
    [InlineData("GridAli", "Discriminator Generator", "Discriminator Generator", "Encode Reconstruct Sample Generate Discriminate")]
    [InlineData("OwnCritic", "Wasserstein Penalty GeneratorLoss", "CriticLoss GeneratorLoss", "Step Train Evaluate")]
    public void AModelWithPhasesHasWhatTheContractSays(string name, string losses, string phases, string members)
    {
        using var compiled = Compile();
        var type = compiled.Type("Zoo.Surface." + name);
        using var model = compiled.Create("Zoo.Surface." + name, 1, Device.Cpu);
        Assert.Equal(losses.Split(' '), model.LossNames.ToArray());
        Assert.Equal(phases.Split(' '), Enum.GetNames(type.GetNestedType("Phase")!));
        Assert.All(members.Split(' '), m => Assert.Contains(type.GetMethods(), method => method.Name == m));
        var batch = new float[model.BatchSize * (name.StartsWith("Fashion", StringComparison.Ordinal) ? 784 : 2)];
        for (var step = 1; step <= 10; step++)
        {
            var values = new float[model.LossNames.Length];
            model.Step(batch, default, default, values);
            // The generator of two is due at every fifth step.
            Assert.Equal(name is "GridWgan" or "OwnCritic" && step % 5 != 0, float.IsNaN(values[^1]));
            Assert.All(values[..^1], v => Assert.True(float.IsFinite(v)));
        }
    }

    delegate void EncodeDrawn(ulong seed, ReadOnlySpan<float> x, Span<float> z);

    delegate void DecodeCodes(ReadOnlySpan<float> z, Span<float> mean);

    /// <summary>The encoder's phase is due at every second step, the other at each; codes are draws, a function of the seed.</summary>
    [Fact]
    public void ABlackBoxPosteriorTrainsEncodesAndDecodes()
    {
        using var compiled = Compile();
        using var model = compiled.Create("Zoo.Surface.FourPointsAvb", 1, Device.Cpu);
        Assert.Equal(["Reconstruction", "Divergence", "Elbo", "Discriminator"], model.LossNames.ToArray());
        Assert.Equal(["Discriminator", "Autoencoder"], Enum.GetNames(model.GetType().GetNestedType("Phase")!));
        var (points, losses) = (new float[512 * 4], new float[4]);
        for (var row = 0; row < 512; row++) points[4 * row + row % 4] = 1;
        for (var step = 1; step <= 4; step++)
        {
            model.Step(points, default, default, losses);
            Assert.Equal([step % 2 == 1, step % 2 == 1, step % 2 == 1, false], losses.Select(float.IsNaN));
        }
        Assert.Equal(losses[0] - losses[1], losses[2], 1e-4);
        var encode = InferenceTests.Method<EncodeDrawn>(model, "Encode");
        float[] first = new float[2 * 512], again = new float[2 * 100], others = new float[2 * 512], means = new float[4 * 512];
        encode(3, points, first);
        encode(3, points.AsSpan(0, 4 * 100), again);
        encode(4, points, others);
        Assert.Equal(first[..200], again);
        Assert.DoesNotContain(true, first.Zip(others, (a, b) => a == b));
        InferenceTests.Method<DecodeCodes>(model, "Decode")(first, means);
        Assert.All(means, p => Assert.InRange(p, 0.01f, 0.99f));
    }

    [Fact]
    public void AModelReloadsThroughItsType()
    {
        using var compiled = Compile();
        var type = compiled.Type("Zoo.Surface.FashionVae");
        using (var model = compiled.Create("Zoo.Surface.FashionVae", 4, Device.Cpu))
        {
            model.Step(new float[128 * 784], default, default, new float[3]);
            model.Save(path);
        }
        var reload = compiled.Type("Zoo.Surface.Usage").GetMethod("Reload")!.MakeGenericMethod(type);
        using var again = (IGenerativeModel)reload.Invoke(null, [path])!;
        Assert.Equal(1, again.Steps);
    }

    [Fact]
    public void TheClassHasWhatTheContractSays()
    {
        using var compiled = Compile();
        var type = compiled.Type("Zoo.Surface.FashionVae");
        var names = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.Name).ToHashSet();
        foreach (var name in (string[])["Step", "Train", "Evaluate", "Gradients", "Update", "Encode", "Decode", "Reconstruct", "Sample",
            "LogLikelihood", "Parameters", "Hyperparameters", "Draws", "Save", "Load", "Card", "Dispose", "Steps", "BatchSize", "LossNames",
            "Losses"])
            Assert.Contains(name, names);
        var card = (ModelCard)type.GetProperty("Card")!.GetValue(null)!;
        Assert.Equal(652_824, card.Parameters);
        Assert.Equal(419_840_000, card.FlopsPerStep);
        Assert.Equal(5, card.Layers.Count);
    }

    /// <summary>The contract's project has implicit usings; these are those that the files need.</summary>
    static CompiledModels Compile() => new([Text("Declarations.cs"), Text("Usage.cs"), "global using System;"]);

    static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(SurfaceTests).Assembly.GetManifestResourceStream($"Surface/{resource}")!);
        return reader.ReadToEnd();
    }
}

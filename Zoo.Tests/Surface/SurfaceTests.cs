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
        var names = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name).ToHashSet();
        foreach (var name in (string[])["Step", "Train", "Evaluate", "Gradients", "Update", "Encode", "Decode", "Reconstruct", "Sample", "LogLikelihood", "Parameters", "Hyperparameters", "Draws", "Save", "Load", "Card", "Dispose", "Steps", "BatchSize", "LossNames", "Losses"])
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

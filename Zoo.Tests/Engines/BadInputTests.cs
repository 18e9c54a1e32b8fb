using Zoo.Models;

namespace Zoo.Tests.Engines;

/// <summary>Every bad argument names what was expected and what came, and leaves the model as it was.</summary>
public class BadInputTests
{
    const int Size = 784;

    public static TheoryData<string, Action<FashionVae>, string, string> Spans => new()
    {
        { "Step short", v => v.Step(new float[128 * Size - 1]), "100352", "100351" },
        { "Step long", v => v.Step(new float[129 * Size]), "100352", "101136" },
        { "Step empty", v => v.Step(default), "100352", "got 0" },
        { "Train", v => v.Train(new float[Size]), "100352", "784" },
        { "Gradients", v => v.Gradients(new float[Size]), "100352", "784" },
        { "Evaluate broken row", v => v.Evaluate(new float[Size + 1]), "784", "785" },
        { "Evaluate nothing", v => v.Evaluate(default), "at least one example", "none" },
        { "Encode broken row", v => v.Encode(new float[100], new float[20]), "784", "100" },
        { "Encode result", v => v.Encode(new float[2 * Size], new float[39]), "40", "39" },
        { "Encode second result", v => v.Encode(new float[2 * Size], new float[40], new float[41]), "40", "41" },
        { "Decode broken row", v => v.Decode(new float[21], new float[Size]), "20", "21" },
        { "Decode result", v => v.Decode(new float[20], new float[Size - 1]), "784", "783" },
        { "Reconstruct result", v => v.Reconstruct(new float[Size], new float[2 * Size]), "784", "1568" },
        { "Sample", v => v.Sample(1, new float[Size + 3]), "784", "787" },
        { "LogLikelihood nothing", v => v.LogLikelihood(default, 5), "at least one example", "none" },
        { "LogLikelihood samples", v => v.LogLikelihood(new float[Size], 0), "at least 1", "0" },
        { "LogLikelihood rows", v => v.LogLikelihood(new float[2 * Size], 1, new double[3]), "2 rows", "3" },
        { "labels", v => ((IGenerativeModel)v).Step(new float[128 * Size], new int[128], default, new float[3]), "no labels", "128" },
        { "condition", v => ((IGenerativeModel)v).Step(new float[128 * Size], default, new float[7], new float[3]), "no condition", "7" },
        { "losses", v => ((IGenerativeModel)v).Step(new float[128 * Size], default, default, new float[2]), "3 losses", "2" },
    };

    [Theory]
    [MemberData(nameof(Spans))]
    public void ASpanOfTheWrongLength(string member, Action<FashionVae> call, string expected, string actual)
    {
        using var vae = new FashionVae(1, Device.Cpu);
        var exception = Assert.ThrowsAny<ArgumentException>(() => call(vae));
        Assert.True(exception.Message.Contains(expected) && exception.Message.Contains(actual), $"{member}: {exception.Message}");
        Assert.Equal(0, vae.Steps);
    }

    public static TheoryData<string, Action<FashionVae>> Members => new()
    {
        { "Step", v => v.Step(new float[128 * Size]) },
        { "Train", v => v.Train(new float[128 * Size]) },
        { "Gradients", v => v.Gradients(new float[128 * Size]) },
        { "Update", v => v.Update() },
        { "Evaluate", v => v.Evaluate(new float[Size]) },
        { "Encode", v => v.Encode(new float[Size], new float[20]) },
        { "Encode two", v => v.Encode(new float[Size], new float[20], new float[20]) },
        { "Decode", v => v.Decode(new float[20], new float[Size]) },
        { "Reconstruct", v => v.Reconstruct(new float[Size], new float[Size]) },
        { "Sample", v => v.Sample(1, new float[Size]) },
        { "LogLikelihood", v => v.LogLikelihood(new float[Size], 1) },
        { "Save", v => v.Save(Path.Combine(Path.GetTempPath(), "never-written.safetensors")) },
        { "a parameter", v => v.Parameters["encoder.dense1.bias"].CopyTo(new float[400]) },
        { "FlatGradients", v => v.Parameters.FlatGradients.Clear() },
        { "a hyperparameter", v => v.Hyperparameters["beta"] = 2 },
        { "a draw", v => v.Draws.CopyTo("epsilon", new float[2560]) },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void ADisposedModel(string member, Action<FashionVae> call)
    {
        var vae = new FashionVae(1, Device.Cpu);
        vae.Dispose();
        vae.Dispose();
        var exception = Assert.Throws<ObjectDisposedException>(() => call(vae));
        Assert.True(exception.ObjectName == "FashionVae", $"{member}: {exception.ObjectName}");
    }

    [Fact]
    public void ADisposedDevice()
    {
        var device = Device.CpuWith(2);
        using var vae = new FashionVae(1, device);
        device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => vae.Step(new float[128 * Size]));
    }

    [Fact]
    public void NotANumberReachesTheLosses()
    {
        using var vae = new FashionVae(1, Device.Cpu);
        var x = new float[128 * Size];
        x[77] = float.NaN;
        Assert.True(float.IsNaN(vae.Step(x).Elbo));
        using var infinite = new FashionVae(1, Device.Cpu);
        x[77] = float.PositiveInfinity;
        Assert.False(float.IsFinite(infinite.Step(x).Elbo));
    }

    [Fact]
    public void AMissingCheckpoint() =>
        Assert.ThrowsAny<IOException>(() => FashionVae.Load(Path.Combine(Path.GetTempPath(), "there-is-no-such-file.safetensors")));
}

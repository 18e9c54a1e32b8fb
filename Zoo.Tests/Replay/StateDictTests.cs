using System.Globalization;
using Zoo.Benchmarks.Replay;
using Zoo.Tests.Checkpoints;
using Zoo.Tests.Data;

namespace Zoo.Tests.Replay;

/// <summary>
/// The <c>state_dict</c> of a DCGAN that TorchSharp wrote from modules in <c>nn.Sequential</c>: its names
/// (<c>generator.2.running_mean</c>), layouts and counters are taken with a map of names, and the model makes what TorchSharp made.
/// </summary>
public sealed class StateDictTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly byte[] file;
    readonly string path;
    readonly IReadOnlyDictionary<string, string> names;

    public StateDictTests()
    {
        file = Resource("SmallDcgan.safetensors");
        path = folder.Write("state-dict.safetensors", file);
        using var declared = new SmallDcgan();
        names = SmallDcganNames.Of(declared.Parameters);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ItsFileMakesWhatTorchSharpMakes()
    {
        float[][] made =
        [
            .. System.Text.Encoding.UTF8.GetString(Resource("SmallDcgan.Made.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line[0] != '#')
                .Select(line => line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
        ];
        using var model = SmallDcgan.Load(path, new CheckpointOptions { Names = names }, out var report);
        Assert.Equal(
            (false, model.Parameters.Count, 0, 0), (report.IsComplete, report.Taken.Count, report.Missing.Count, report.Ignored.Count));
        float[] images = new float[2 * 784], logits = new float[2];
        model.Generate(SmallDcganNames.Inputs(2 * 16), images);
        model.Discriminate(SmallDcganNames.Inputs(2 * 784), logits);
        Assert.Equal(2, made.Length);
        foreach (var (expected, actual) in (((float[], float[])[])[(made[0], images), (made[1], logits)]))
        {
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * expected.Max(Math.Abs)));
        }
        Assert.All(model.Parameters.Where(p => p.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)), parameter =>
        {
            var count = new float[1];
            parameter.CopyTo(count);
            Assert.Equal(5f, count[0]);
        });
    }

    /// <summary>Every tensor goes to a parameter of its shape, and what is saved here has PyTorch's under the same names.</summary>
    [Fact]
    public void SavedFilesHaveItsShapes()
    {
        using var model = SmallDcgan.Load(path, new CheckpointOptions { Names = names });
        var saved = Path.Combine(folder.Path, "saved.safetensors");
        model.Save(saved);
        var (theirs, ours) = (new SafetensorsBytes(file), new SafetensorsBytes(File.ReadAllBytes(saved)));
        Assert.Equal(names.Keys.Order(), theirs.Header.Select(entry => entry.Key).Where(key => key != "__metadata__").Order());
        foreach (var (theirName, ourName) in names)
        {
            Assert.Equal(theirs.Header[theirName]!["shape"]!.ToJsonString(), ours.Header[ourName]!["shape"]!.ToJsonString());
            if ((string)theirs.Header[theirName]!["dtype"]! == "F32") Assert.Equal(theirs[theirName].ToArray(), ours[ourName].ToArray());
            else Assert.Equal(("I64", "F32"), ((string)theirs.Header[theirName]!["dtype"]!, (string)ours.Header[ourName]!["dtype"]!));
        }
    }

    [Fact]
    public void WithoutTheMapItIsRefusedByItsNames()
    {
        var refused = Assert.Throws<CheckpointException>(() => SmallDcgan.Load(path));
        Assert.Contains("tensor 'generator.0.weight' is not expected; it is F32 [784, 16]", refused.Problems);
        Assert.Contains(
            "tensor 'generator.batchnorm1.running_mean' is missing; F32, F16, BF16 or F64 [16] was expected", refused.Problems);
    }

    static byte[] Resource(string name)
    {
        using var stream = typeof(StateDictTests).Assembly.GetManifestResourceStream($"Replay/{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

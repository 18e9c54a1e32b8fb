using System.Globalization;
using System.Text;
using SkiaSharp;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>Folders of images in the forms that are widely met, and what may be done to training images.</summary>
public sealed class DataFormatTests : IDisposable
{
    const int Training = 260, Test = 130, Pixels = 784;
    const string Checkpoint = "fashion-vae.safetensors";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The same images as IDX, as CSV with and without names, and as NumPy arrays: the same bits of a model.</summary>
    [Fact]
    public void Every_form_of_the_same_images_trains_the_same_model()
    {
        using var idx = TinyDataSet.Create(Training, Test);
        using TemporaryFolder csv = new(), kaggle = new(), npy = new();
        foreach (var (half, count) in ((string, int)[])[("train", Training), ("test", Test)])
        {
            // Behind 16 and 8 bytes of header.
            var (pixels, labels) = (IdxBytes.Images(count, 28, 28)[16..], IdxBytes.Labels(count)[8..]);
            var rows = new StringBuilder();
            for (var i = 0; i < count; i++)
                rows.Append(CultureInfo.InvariantCulture, $"{labels[i]},{string.Join(',', pixels[(i * Pixels)..((i + 1) * Pixels)])}\n");
            csv.Write($"{half}.csv", Encoding.UTF8.GetBytes(rows.ToString()));
            var names = $"\"label\",{string.Join(',', Enumerable.Range(1, Pixels).Select(i => $"pixel{i}"))}\n";
            kaggle.Write($"fashion-mnist_{half}.csv.gz", IdxBytes.Gzip(Encoding.UTF8.GetBytes(names + rows)));
            npy.Write($"x_{half}.npy", NpyBytes.Npy(NpyBytes.Header("|u1", $"({count}, 28, 28)"), pixels));
            npy.Write($"y_{half}.npy", NpyBytes.Npy(NpyBytes.Header("|u1", $"({count},)"), labels));
        }
        var expected = Trained("idx", idx.Path);
        Assert.Equal(expected, Trained("csv", csv.Path));
        Assert.Equal(expected, Trained("kaggle", kaggle.Path));
        Assert.Equal(expected, Trained("npy", npy.Path));
    }

    [Fact, Trait("Speed", "Slow")]
    public void Every_augmentation_changes_training_in_a_way_of_its_own()
    {
        using var data = TinyDataSet.Create(Training, Test);
        var plain = Trained("plain", data.Path);
        string[][] options = [["--flip"], ["--crop", "2"], ["--dequantise"], ["--binarise"]];
        var models = options.Select(option => Trained(option[0], data.Path, option)).ToList();
        Assert.Equal(5, models.Append(plain).Select(Convert.ToHexString).Distinct().Count());
    }

    /// <summary>CIFAR-10's binary files train the model of coloured images, whose pictures are in colours.</summary>
    [Fact]
    public void Cifar_trains_a_model_of_coloured_images()
    {
        byte[] Records(int count) => [.. Enumerable.Range(0, count).SelectMany(i => (byte[])
            [(byte)(i % 10), .. Enumerable.Repeat((byte)250, 1024), .. Enumerable.Repeat((byte)(i % 64), 2048)])];
        for (var file = 1; file <= 5; file++) folder.Write($"data_batch_{file}.bin", Records(26));
        folder.Write("test_batch.bin", Records(64));
        var output = Path.Combine(folder.Path, "out");
        var result = SampleProgram.Run(
            "train", "CifarConvolutionalVae", "--data", folder.Path, "--epochs", "2", "--threads", "1", "--out", output,
            "--flip", "--crop", "4", "--dequantise");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("130 training images, 64 test images.", result.Output);
        Assert.Equal(
            ["cifar-convolutional-vae.safetensors", "losses.png", "reconstructions.png", "samples.png", "training.png"],
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var picture = SKBitmap.Decode(Path.Combine(output, "reconstructions.png"));
        var red = picture.Pixels.Count(colour => colour.Red > 240 && colour.Green < 70 && colour.Blue < 70);
        Assert.InRange(red, 10_000, picture.Pixels.Length);
    }

    /// <summary>The checkpoint of one epoch.</summary>
    byte[] Trained(string name, string data, params string[] options)
    {
        var output = Path.Combine(folder.Path, name);
        var result = SampleProgram.Run(["--data", data, "--epochs", "1", "--threads", "1", "--out", output, .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return File.ReadAllBytes(Path.Combine(output, Checkpoint));
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>Every figure of the lecture at its smallest: its files, what a second run does, what it refuses.</summary>
public sealed class FigureCommandTests(FigureCommandTests.TinyImages images) : IClassFixture<FigureCommandTests.TinyImages>
{
    /// <summary>Ten classes, an epoch of two or three steps.</summary>
    public sealed class TinyImages : IDisposable
    {
        readonly TemporaryFolder folder = TinyDataSet.Create();

        public string Path => folder.Path;

        public void Dispose() => folder.Dispose();
    }

    string[] Command(string name, string folder) =>
        ["figure", name, "--epochs", "1", "--steps", "40", "--threads", "1", "--data", images.Path, "--out", folder];

    [Theory, Trait("Speed", "Slow")]
    [InlineData("machine", "fashion-rbm/filters.png", "fashion-rbm/fantasies.png", "fashion-rbm/energies.png")]
    [InlineData("modes", "MixtureGan-ring.png", "MixtureEbgan-grid.png", "collapse.png")]
    [InlineData("latent", "codes.png", "manifold.png", "interpolations.png", "samples.png", "structure.svg")]
    [InlineData("completions", "fashion-quadrant-vae/completions.png")]
    [InlineData("bigan", "samples.png", "reconstructions.png", "neighbours.png", "structure.svg")]
    [InlineData("codes", "codes.png", "manifold.png")]
    [InlineData("style", "style.png")]
    [InlineData("labels", "codes.png", "components.png", "walk.png")]
    [InlineData("posteriors", "four-points-avb/posteriors.png", "four-points-vae/posteriors.png", "structure.svg")]
    public void Draws_its_pictures_and_says_what_they_show(string name, params string[] pictures)
    {
        using var folder = new TemporaryFolder();
        var result = SampleProgram.Run(Command(name, folder.Path));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var picture in pictures)
        {
            var path = Path.Combine(folder.Path, picture);
            Assert.True(File.Exists(path), $"{picture} is missing from: {result.Output}");
            if (picture.EndsWith(".svg", StringComparison.Ordinal)) Assert.Equal("svg", XDocument.Load(path).Root!.Name.LocalName);
            else Assert.True(new PngImage(path).Width > 200, picture);
            Assert.Contains(path, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_trained_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var first = SampleProgram.Run(Command("latent", folder.Path));
        Assert.Contains("Training PlaneVae, 1 epoch.", first.Output, StringComparison.Ordinal);
        var picture = Path.Combine(folder.Path, "manifold.png");
        var drawn = File.ReadAllBytes(picture);
        File.Delete(picture);
        var second = SampleProgram.Run(Command("latent", folder.Path));
        Assert.Equal((0, ""), (second.ExitCode, second.Error));
        Assert.DoesNotContain("Training", second.Output, StringComparison.Ordinal);
        Assert.Equal(drawn, File.ReadAllBytes(picture));

        // What was trained with other settings is not taken for these.
        var other = SampleProgram.Run([.. Command("latent", folder.Path), "--seed", "1"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Equal($"error: --out: '{folder.Path}' has what was trained with seed 0, data {images.Path}, quick length, 1 epochs, "
            + $"40 steps, and seed 1, data {images.Path}, quick length, 1 epochs, 40 steps is asked for; give another folder, "
            + "or delete it.",
            Assert.Single(other.ErrorLines));
    }

    /// <summary>
    /// A still image for viewers without animations, then the frames, numbered without a gap, every chunk with its checksum.
    /// </summary>
    [Fact]
    public void The_animation_is_a_sound_animated_png()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, SampleProgram.Run(Command("modes", folder.Path)).ExitCode);
        var bytes = File.ReadAllBytes(Path.Combine(folder.Path, "modes.png"));
        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = 8; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var body = bytes.AsSpan(at + 4, length + 4);
            Assert.Equal(Checksum(body), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(body[..4]), body[4..].ToArray()));
            at += length + 12;
        }
        Assert.Equal(["IHDR", "acTL", "IDAT"], chunks.Take(3).Select(chunk => chunk.Type));
        Assert.Equal("IEND", chunks[^1].Type);
        var frames = chunks.Count(chunk => chunk.Type == "fcTL");
        Assert.Equal(frames, BinaryPrimitives.ReadInt32BigEndian(chunks[1].Data));
        Assert.True(frames > 10, $"{frames} frames");
        byte[][] numbered = [.. chunks.Where(chunk => chunk.Type is "fcTL" or "fdAT").Select(chunk => chunk.Data)];
        Assert.Equal(Enumerable.Range(0, numbered.Length), numbered.Select(data => BinaryPrimitives.ReadInt32BigEndian(data)));
        // The still image is the last frame.
        byte[] Pixels(IEnumerable<byte[]> parts)
        {
            using var zlib = new ZLibStream(new MemoryStream([.. parts.SelectMany(part => part)]), CompressionMode.Decompress);
            using var pixels = new MemoryStream();
            zlib.CopyTo(pixels);
            return pixels.ToArray();
        }
        var still = Pixels(chunks.Where(chunk => chunk.Type == "IDAT").Select(chunk => chunk.Data));
        var last = chunks.FindLastIndex(chunk => chunk.Type == "fcTL");
        Assert.Equal(still, Pixels(chunks.Skip(last + 1).Where(chunk => chunk.Type == "fdAT").Select(chunk => chunk.Data[4..])));
    }

    /// <summary>Bit by bit, as the PNG specification's annex defines it.</summary>
    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var remainder = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0xEDB88320 : remainder >> 1;
        }
        return ~remainder;
    }

    [Fact]
    public void Without_a_name_it_tells_what_each_shows_and_another_name_is_refused()
    {
        var result = SampleProgram.Run(["figure"]);
        Assert.Equal(0, result.ExitCode);
        foreach (var name in (string[])["machine", "modes", "latent", "completions", "bigan", "codes", "style", "labels", "posteriors"])
            Assert.Contains($"{name}  (", result.Output, StringComparison.Ordinal);
        var refused = SampleProgram.Run(["figure", "latnt"]);
        Assert.Equal((2, "error: NAME: expected a figure, one of machine, modes, latent, completions, bigan, codes, style, labels, "
            + "posteriors, got 'latnt'."), (refused.ExitCode, Assert.Single(refused.ErrorLines)));
    }
}

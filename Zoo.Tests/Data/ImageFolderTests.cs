using SkiaSharp;
using Zoo.Samples.Data;

namespace Zoo.Tests.Data;

public sealed class ImageFolderTests
{
    static readonly ImageShape Small = new(3, 4, 6);

    static byte[] Encode(
        int height, int width, SKColorType type, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type,
            type == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) bitmap.SetPixel(x, y, colour(y, x));
        }
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    static byte[] Colours(int height = 4, int width = 6, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(height, width, SKColorType.Rgba8888, (y, x) => new SKColor((byte)(10 * y), (byte)(20 * x), 200), format);

    static byte[] Grey(int height, int width, byte value)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        bitmap.GetPixelSpan().Fill(value);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    static string Write(TemporaryFolder folder, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, name))!);
        return folder.Write(name, bytes);
    }

    static ImageFolder Load(TemporaryFolder folder, ImageShape shape, bool convert = false, bool skip = false) =>
        ImageFolder.Load(folder.Path, shape, convert, skip);

    [Fact]
    public void Classes_are_the_sub_folders_in_order_and_pixels_come_channels_first()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "cat/b.png", Colours());
        Write(folder, "cat/a/a.PNG", Colours());
        Write(folder, "Zebra/x.png", Encode(4, 6, SKColorType.Rgba8888, (_, _) => new SKColor(1, 2, 3)));
        Write(folder, "Zebra/notes.txt", [1, 2, 3]);
        var read = Load(folder, Small);
        Assert.Equal(["Zebra", "cat"], read.Classes);
        Assert.Equal([0, 1, 1], read.Images.Labels.ToArray());
        Assert.Empty(read.Skipped);
        Assert.Equal(((byte[])[1, 2, 3]).SelectMany(colour => Enumerable.Repeat(colour, 24)), read.Images.Image(0).ToArray());
        var image = read.Images.Image(1).ToArray();
        for (var i = 0; i < 24; i++) Assert.Equal((10 * (i / 6), 20 * (i % 6), 200), (image[i], image[24 + i], image[48 + i]));
    }

    [Fact]
    public void Jpeg_is_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/x.jpg", Encode(16, 16, SKColorType.Rgba8888, (_, _) => new SKColor(250, 20, 90), SKEncodedImageFormat.Jpeg));
        var image = Load(folder, new ImageShape(3, 16, 16)).Images.Image(0);
        foreach (var (channel, value) in ((int, int)[])[(0, 250), (1, 20), (2, 90)])
        {
            foreach (var pixel in image.Slice(256 * channel, 256)) Assert.InRange(pixel, value - 3, value + 3);
        }
    }

    [Fact]
    public void Other_sizes_and_channels_are_refused_by_name_or_converted()
    {
        using TemporaryFolder sizes = new(), channels = new();
        var larger = Write(sizes, "a/large.png", Colours(8, 6));
        Assert.Equal($"{larger}: expected an image of 3 × 4 × 6, got 3 × 8 × 6.",
            Assert.Throws<InvalidDataException>(() => Load(sizes, Small)).Message);
        var grey = Write(channels, "a/grey.png", Grey(4, 6, 77));
        Assert.Equal($"{grey}: expected an image of 3 × 4 × 6, got 4 × 6.",
            Assert.Throws<InvalidDataException>(() => Load(channels, Small)).Message);
        Assert.Equal(Enumerable.Repeat((byte)77, 72), Load(channels, Small, convert: true).Images.Image(0).ToArray());
        Assert.Equal(Enumerable.Repeat((byte)77, 24), Load(channels, new ImageShape(1, 4, 6)).Images.Image(0).ToArray());

        using var coloured = new TemporaryFolder();
        Write(coloured, "a/x.png", Encode(4, 6, SKColorType.Rgba8888, (_, _) => new SKColor(100, 200, 50)));
        // 0.299 · 100 + 0.587 · 200 + 0.114 · 50 = 153.
        Assert.Equal(Enumerable.Repeat((byte)153, 24), Load(coloured, new ImageShape(1, 4, 6), convert: true).Images.Image(0).ToArray());
    }

    [Fact]
    public void Resizing_averages_and_keeps_proportions()
    {
        using var folder = new TemporaryFolder();
        // In the middle third one column of 200 in four; at both sides 255, which is cut but for what the outer pixels' triangles reach.
        Write(folder, "a/x.png", Encode(16, 48, SKColorType.Rgba8888, (_, x) =>
            x is < 16 or >= 32 ? SKColors.White : x % 4 == 0 ? new SKColor(200, 200, 200) : SKColors.Black));
        var image = Load(folder, new ImageShape(1, 4, 4), convert: true).Images.Image(0).ToArray();
        Assert.All(image.Chunk(4), row => Assert.Equal((50, 50), (row[1], row[2])));
        Assert.All(image, pixel => Assert.InRange(pixel, 50, 100));

        using var small = new TemporaryFolder();
        Write(small, "a/x.png", Encode(2, 2, SKColorType.Rgba8888, (_, x) => x == 0 ? SKColors.Black : new SKColor(200, 200, 200)));
        var row = Load(small, new ImageShape(1, 4, 4), convert: true).Images.Image(0)[..4].ToArray();
        Assert.Equal(new byte[] { 0, 50, 150, 200 }, row);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void Unreadable_files_are_refused_by_name_or_skipped_and_named(SKEncodedImageFormat format)
    {
        using var folder = new TemporaryFolder();
        var whole = Colours(64, 64, format);
        var shape = new ImageShape(3, 64, 64);
        Write(folder, "a/good.png", whole);
        var text = Write(folder, "a/text.png", "no picture"u8.ToArray());
        Assert.Equal($"{text}: not a PNG or JPEG file.", Assert.Throws<InvalidDataException>(() => Load(folder, shape)).Message);
        var cut = Write(folder, "a/cut.png", whole[..(whole.Length * 2 / 3)]);
        Assert.StartsWith($"{cut}: truncated or damaged; expected 64 rows of 64 pixels",
            Assert.Throws<InvalidDataException>(() => Load(folder, shape)).Message);
        var empty = Write(folder, "a/empty.png", []);
        var read = Load(folder, shape, skip: true);
        Assert.Equal(1, read.Images.Count);
        Assert.Equal([cut, empty, text], read.Skipped.Select(wrong => wrong.Split(": ")[0]));
    }

    [Fact]
    public void Folders_without_classes_or_pictures_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "x.png", Colours());
        Assert.Equal($"{folder.Path}: expected a sub-folder of pictures for each class, 1 to 256 of them, got 0.",
            Assert.Throws<InvalidDataException>(() => Load(folder, Small)).Message);
        Write(folder, "a/notes.txt", [1]);
        Assert.Equal($"{Path.Combine(folder.Path, "a")}: expected pictures (.png, .jpg, .jpeg), got none.",
            Assert.Throws<InvalidDataException>(() => Load(folder, Small)).Message);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load("/no/such/folder", Small, convert: true, skipUnreadable: true));
        Assert.Contains("Expected 1 or 3 channels, got 2.",
            Assert.Throws<ArgumentException>(() => Load(folder, new ImageShape(2, 4, 4))).Message);
    }
}

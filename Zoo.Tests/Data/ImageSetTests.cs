using Xunit;

namespace Zoo.Tests.Data;

public sealed class ImageSetTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_what_was_written_gzip_or_plain_whatever_the_name(bool gzip)
    {
        using var folder = new TemporaryFolder();
        byte[] Pack(byte[] bytes) => gzip ? IdxBytes.Gzip(bytes) : bytes;
        var set = ImageSet.Load(folder.Write(gzip ? "images" : "images.gz", Pack(IdxBytes.Images(7, 3, 5))),
            folder.Write("labels", Pack(IdxBytes.Labels(7))));

        Assert.Equal((7, 3, 5, 15), (set.Count, set.Height, set.Width, set.ExampleSize));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], set.Labels.ToArray());
        for (var i = 0; i < 7; i++) Assert.Equal(Enumerable.Range(i, 15).Select(p => (byte)p), set.Image(i).ToArray());
    }

    [Fact]
    public void Pixels_are_divided_by_255_at_every_length_and_value()
    {
        for (var width = 1; width <= 300; width++)
        {
            var pixels = Enumerable.Range(0, width).Select(p => (byte)p).ToArray();
            var set = new ImageSet(1, width, pixels, new byte[1]);
            var scaled = new float[width];
            set.CopyExample(0, scaled);
            Assert.Equal(pixels.Select(p => p / 255f), scaled);
        }
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels.idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte", "train-labels-idx1-ubyte.gz")]
    [InlineData("train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz")]
    public void A_folder_is_read_by_any_of_the_usual_names(string images, string labels)
    {
        using var folder = new TemporaryFolder();
        folder.Write(images, IdxBytes.Images(3, 2, 2));
        folder.Write(labels, IdxBytes.Labels(3));
        Assert.Equal(3, ImageSet.LoadFolder(folder.Path, training: true).Count);
    }

    [Fact]
    public void Training_and_test_halves_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(3, 2, 2));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(3));
        folder.Write("t10k-images-idx3-ubyte", IdxBytes.Images(2, 2, 2));
        folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(2));
        Assert.Equal((3, 2),
            (ImageSet.LoadFolder(folder.Path, training: true).Count, ImageSet.LoadFolder(folder.Path, training: false).Count));
    }

    [Fact]
    public void A_missing_file_is_named_with_every_name_that_was_tried()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t10k-images-idx3-ubyte", IdxBytes.Images(1, 2, 2));
        var missing = Assert.Throws<FileNotFoundException>(() => ImageSet.LoadFolder(folder.Path, training: false));
        Assert.Contains(folder.Path, missing.Message);
        foreach (var name in (string[])["t10k-labels-idx1-ubyte", "t10k-labels-idx1-ubyte.gz", "t10k-labels.idx1-ubyte",
            "t10k-labels.idx1-ubyte.gz"])
            Assert.Contains(name, missing.Message);
    }

    [Fact]
    public void A_missing_folder_and_a_missing_path_are_named()
    {
        Assert.Contains("/no/such/folder",
            Assert.Throws<DirectoryNotFoundException>(() => ImageSet.LoadFolder("/no/such/folder", training: true)).Message);
        Assert.Contains("/no/such/file",
            Assert.Throws<FileNotFoundException>(() => ImageSet.Load("/no/such/file", "/no/such/file")).Message);
    }

    [Fact]
    public void Images_and_labels_that_disagree_in_count_are_refused_with_both_counts()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<InvalidDataException>(() => ImageSet.Load(folder.Write("images", IdxBytes.Images(3, 2, 2)),
            folder.Write("labels", IdxBytes.Labels(4))));
        Assert.Contains("expected 3 labels", error.Message);
        Assert.Contains("got 4", error.Message);
    }

    [Fact]
    public void A_set_checks_its_arguments()
    {
        Assert.Contains("Expected 12 pixels",
            Assert.Throws<ArgumentException>(() => new ImageSet(2, 2, new byte[11], new byte[3])).Message);
        Assert.Throws<ArgumentException>(() => new ImageSet(0, 2, new byte[0], new byte[3]));
        var set = new ImageSet(2, 2, new byte[12], new byte[3]);
        Assert.Contains("12 floats", Assert.Throws<ArgumentException>(() => set.CopyExamples(0, 3, new float[11])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.CopyExamples(1, 3, new float[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Image(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Image(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Take(4));
        Assert.Equal(2, set.Take(2).Count);
    }
}

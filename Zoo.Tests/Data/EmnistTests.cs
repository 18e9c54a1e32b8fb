namespace Zoo.Tests.Data;

public sealed class EmnistTests
{
    // The first image of 2 × 3 is 0 1 2 / 3 4 5 in the file; upright, 0 3 / 1 4 / 2 5.
    static readonly byte[] Upright = [0, 3, 1, 4, 2, 5];

    static TemporaryFolder Folder(string suffix, params string[] splits)
    {
        var folder = new TemporaryFolder();
        byte[] Pack(byte[] bytes) => suffix == "" ? bytes : IdxBytes.Gzip(bytes);
        for (var split = 0; split < splits.Length; split++)
        {
            foreach (var (half, count) in ((string, int)[])[("train", 3 + split), ("test", 2)])
            {
                folder.Write($"emnist-{splits[split]}-{half}-images-idx3-ubyte{suffix}", Pack(IdxBytes.Images(count, 2, 3)));
                folder.Write($"emnist-{splits[split]}-{half}-labels-idx1-ubyte{suffix}", Pack(IdxBytes.Labels(count)));
            }
        }
        return folder;
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void A_folder_of_one_split_is_read_and_its_images_turned_upright(string suffix)
    {
        using var folder = Folder(suffix, "letters");
        var (training, test) = (ImageSet.LoadFolder(folder.Path, training: true), ImageSet.LoadFolder(folder.Path, training: false));
        Assert.Equal((3, 3, 2), (training.Count, training.Height, training.Width));
        Assert.Equal(2, test.Count);
        Assert.Equal(Upright, training.Image(0).ToArray());
        Assert.Equal(Upright.Select(p => (byte)(p + 2)), training.Image(2).ToArray());
    }

    [Fact]
    public void Of_several_splits_one_must_be_named()
    {
        using var folder = Folder("", "letters", "balanced");
        Assert.Equal(4, ImageSet.LoadFolder(folder.Path, training: true, split: "balanced").Count);
        var several = Assert.Throws<InvalidDataException>(() => ImageSet.LoadFolder(folder.Path, training: true)).Message;
        Assert.Equal($"{folder.Path}: expected one split of EMNIST, or one to be named, got balanced, letters.", several);
        var missing = Assert.Throws<FileNotFoundException>(() => ImageSet.LoadFolder(folder.Path, training: false,
            split: "digits")).Message;
        Assert.Contains("emnist-digits-test-images-idx3-ubyte.gz", missing);
    }

    [Fact]
    public void The_files_name_decides_unless_the_caller_does()
    {
        using var folder = Folder("", "mnist");
        var (images, labels) = (Path.Combine(folder.Path, "emnist-mnist-train-images-idx3-ubyte"),
            Path.Combine(folder.Path, "emnist-mnist-train-labels-idx1-ubyte"));
        Assert.Equal(Upright, ImageSet.Load(images, labels).Image(0).ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], ImageSet.Load(images, labels, transposed: false).Image(0).ToArray());
        var other = folder.Write("images", IdxBytes.Images(3, 2, 3));
        Assert.Equal([0, 1, 2, 3, 4, 5], ImageSet.Load(other, labels).Image(0).ToArray());
        Assert.Equal(Upright, ImageSet.Load(other, labels, transposed: true).Image(0).ToArray());
    }

    [Fact]
    public void Each_channel_is_transposed_by_itself()
    {
        var set = new ImageSet(new ImageShape(2, 1, 2), new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, new byte[] { 0, 1 }).Transpose();
        Assert.Equal(new ImageShape(2, 2, 1), set.Shape);
        Assert.Equal(new byte[] { 5, 6, 7, 8 }, set.Image(1).ToArray());
    }

    [Fact]
    public void The_test_half_may_be_called_test()
    {
        using var folder = new TemporaryFolder();
        folder.Write("test-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(2, 2, 2)));
        folder.Write("test-labels-idx1-ubyte", IdxBytes.Labels(2));
        Assert.Equal(2, ImageSet.LoadFolder(folder.Path, training: false).Count);
    }
}

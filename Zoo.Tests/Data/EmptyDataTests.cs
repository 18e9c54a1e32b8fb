namespace Zoo.Tests.Data;

/// <summary>Sets of no examples: they can be, and whatever needs one says so.</summary>
public sealed class EmptyDataTests
{
    static ImageSet None => new(28, 28, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty);

    [Fact]
    public void Files_of_no_images_are_a_set()
    {
        using var folder = new TemporaryFolder();
        var set = ImageSet.Load(folder.Write("images", IdxBytes.Images(0, 28, 28)),
            folder.Write("labels.gz", IdxBytes.Gzip(IdxBytes.Labels(0))));
        Assert.Equal((0, 28), (set.Count, set.Width));
        Assert.Equal(0, set.Take(0).Count);
        set.CopyExamples(0, 0, default);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(0)]
    public void There_are_no_batches_of_them(int batch)
    {
        const string message = "There are no examples to make batches of: the data is empty.";
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new BatchSource(None, batch, 1)).Message);
        Assert.StartsWith(message,
            Assert.Throws<ArgumentException>(() => new BatchSource(ReadOnlyMemory<float>.Empty, 4, batch, 1)).Message);
        Assert.StartsWith(message,
            Assert.Throws<ArgumentException>(() => new BatchSource((IExamples)None, batch, 1, shuffle: false)).Message);
    }

    [Fact]
    public void What_is_asked_of_an_empty_set_is_not_a_range_to_minus_one()
    {
        foreach (var ask in (Action[])[() => None.Take(1), () => None.Image(0), () => None.CopyExample(0, new float[784])])
        {
            var message = Assert.Throws<ArgumentOutOfRangeException>(ask).Message;
            Assert.StartsWith("The set has no images; 1 from 0 on were asked for.", message);
        }
    }
}

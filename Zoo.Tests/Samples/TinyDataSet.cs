using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>A folder with the four IDX files of a set so small that an epoch is two steps.</summary>
internal static class TinyDataSet
{
    public static TemporaryFolder Create(int training = 300, int test = 130, int side = 28)
    {
        var folder = new TemporaryFolder();
        folder.Write("train-images-idx3-ubyte", IdxBytes.Images(training, side, side));
        folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(training));
        folder.Write("t10k-images.idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(test, side, side)));
        folder.Write("t10k-labels.idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(test)));
        return folder;
    }
}

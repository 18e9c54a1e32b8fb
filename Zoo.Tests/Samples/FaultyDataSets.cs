using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>Folders of data, each with one fault, written once for all tests that only read them.</summary>
public sealed class FaultyDataSets : IDisposable
{
    readonly Dictionary<string, TemporaryFolder> folders = new()
    {
        ["{truncated}"] = TinyDataSet.Create(),
        ["{large}"] = TinyDataSet.Create(side: 32),
        ["{few}"] = TinyDataSet.Create(test: 7),
        ["{pictures}"] = PictureFolder.Create(),
        ["{classes}"] = PictureFolder.Create(),
        ["{cifar}"] = new(),
        ["{csv}"] = new(),
        ["{npy}"] = new(),
        ["{last}"] = new(),
        ["{labels}"] = new(),
    };

    public FaultyDataSets()
    {
        folders["{truncated}"].Write("train-images-idx3-ubyte", IdxBytes.Images(300, 28, 28)[..^1]);
        folders["{pictures}"].Write("test/dogs/broken.png", "no picture"u8.ToArray());
        Directory.Delete(Path.Combine(folders["{classes}"].Path, "test", "dogs"), recursive: true);
        folders["{cifar}"].Write("data_batch_1.bin", new byte[3073]);
        folders["{csv}"].Write("train.csv", "label,a,b,c\n1,2,3,4\n"u8.ToArray());
        folders["{csv}"].Write("test.csv", "1,2,3,4\n"u8.ToArray());
        folders["{npy}"].Write("x_train.npy", NpyBytes.Npy(NpyBytes.Header("|u1", "(2, 28, 28)"), new byte[2 * 784]));
        folders["{last}"].Write("x_train.npy", NpyBytes.Npy(NpyBytes.Header("|u1", "(1, 32, 32, 3)"), new byte[3072]));
        folders["{last}"].Write("y_train.npy", NpyBytes.Npy(NpyBytes.Header("|u1", "(1,)"), [1]));
        folders["{labels}"].Write("x_train.npy", NpyBytes.Npy(NpyBytes.Header("|u1", "(2, 28, 28)"), new byte[2 * 784]));
        folders["{labels}"].Write("y_train.npy", NpyBytes.Npy(NpyBytes.Header("|u1", "(1,)"), [1]));
    }

    /// <summary>Where each is, by the word that stands for it in a command.</summary>
    public IEnumerable<KeyValuePair<string, string>> Paths => folders.Select(each => KeyValuePair.Create(each.Key, each.Value.Path));

    public void Dispose()
    {
        foreach (var folder in folders.Values) folder.Dispose();
    }
}

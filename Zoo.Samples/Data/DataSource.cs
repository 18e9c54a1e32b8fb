using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Data;

/// <summary>Images to train on and to test with.</summary>
/// <param name="Name">What to call them.</param>
/// <param name="Training">For the steps.</param>
/// <param name="Test">Never trained on.</param>
/// <param name="ClassNames">By label.</param>
internal sealed record DataSource(string Name, ImageSet Training, ImageSet Test, IReadOnlyList<string> ClassNames)
{
    const int Pixels = 784;
    const string Package = "dataset-fashion-mnist";

    /// <summary>What <c>--data</c> names; null is what the program carries.</summary>
    /// <param name="data">The option's value.</param>
    /// <param name="skipUnreadable">Whether pictures that cannot be read are named on the error stream and left out, or refused.</param>
    /// <exception cref="CommandException">The Debian package is not installed, or the two sets have not the same classes.</exception>
    /// <exception cref="IOException">Files are missing.</exception>
    /// <exception cref="InvalidDataException">Files are damaged.</exception>
    public static DataSource Open(string? data, bool skipUnreadable) => data switch
    {
        null => new DataSource("Part of Fashion-MNIST, built in", EmbeddedImages.Load("train"), EmbeddedImages.Load("t10k"),
            GarmentNames.All),
        "fashion-mnist" => Folder("Fashion-MNIST", PackageFolder(), skipUnreadable),
        _ => Folder(data, data, skipUnreadable),
    };

    /// <summary>Checks that a model of 784 inputs can be trained on this.</summary>
    /// <exception cref="CommandException">Images of another size, or too few of them.</exception>
    public void RequireFor(int batchSize)
    {
        foreach (var set in (ImageSet[])[Training, Test])
        {
            if (set.ExampleSize != Pixels)
                throw new CommandException($"--data: expected images of {Pixels} pixels (28 × 28), got {set.Shape}.");
            if (set.Count < batchSize)
                throw new CommandException($"--data: expected at least {batchSize} images (one batch) in each of the two sets, got "
                    + $"{set.Count}.");
        }
    }

    /// <summary>Checks that a model of so many classes has one for every label.</summary>
    /// <exception cref="CommandException">An image has another label.</exception>
    public void RequireLabels(int classes)
    {
        foreach (var set in (ImageSet[])[Training, Test])
        {
            var image = set.Labels.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
            if (image >= 0)
                throw new CommandException($"--data: expected labels from 0 to {classes - 1}, but image {image} has {set.Label(image)}.");
        }
    }

    static DataSource Folder(string name, string path, bool skipUnreadable)
    {
        var (trainingFolder, testFolder) = (Path.Combine(path, "train"), Path.Combine(path, "test"));
        if (Directory.Exists(trainingFolder) && Directory.Exists(testFolder)) 
            return Pictures(name, ReadPictures(trainingFolder, skipUnreadable), ReadPictures(testFolder, skipUnreadable));
        var (training, test) = (ImageSet.LoadFolder(path, training: true), ImageSet.LoadFolder(path, training: false));
        return new DataSource(name, training, test, NamesFor(training, test));
    }

    static DataSource Pictures(string name, ImageFolder training, ImageFolder test) => training.Classes.SequenceEqual(test.Classes)
        ? new DataSource(name, training.Images, test.Images, training.Classes)
        : throw new CommandException(
            $"--data: expected the same classes in both folders of {name}, got {string.Join(", ", training.Classes)} in train "
            + $"and {string.Join(", ", test.Classes)} in test.");

    static ImageFolder ReadPictures(string folder, bool skipUnreadable)
    {
        var pictures = ImageFolder.Load(folder, new ImageShape(1, 28, 28), convert: true, skipUnreadable);
        foreach (var wrong in pictures.Skipped) Console.Error.WriteLine($"skipped: {wrong}");
        return pictures;
    }

    // The files of all kin have the same names, so the labels must tell whether these are garments: the first thousand are as good as a
    // fingerprint.
    static IReadOnlyList<string> NamesFor(ImageSet training, ImageSet test)
    {
        var known = EmbeddedImages.Load("train").Labels[..1000];
        if (training.Labels.StartsWith(known)) return GarmentNames.All;
        var largest = ((byte[])[.. training.Labels, .. test.Labels, 0]).Max();
        return [.. Enumerable.Range(0, largest + 1).Select(label => $"{label}")];
    }

    static string PackageFolder()
    {
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_DIRS") is { Length: > 0 } folders
            ? folders
            : "/usr/local/share:/usr/share";
        return shared.Split(':').Select(folder => Path.Combine(folder, "datasets", "fashion-mnist")).FirstOrDefault(Directory.Exists)
            ?? throw new CommandException($"--data fashion-mnist: the Debian package {Package} is not installed (looked for "
                + $"datasets/fashion-mnist in {shared}). Install it with 'apt-get install {Package}', or give a folder.");
    }
}

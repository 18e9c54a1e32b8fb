using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Data;

/// <summary>Images to train on and to test with.</summary>
/// <param name="Name">What to call them.</param>
/// <param name="Training">For the steps.</param>
/// <param name="Test">Never trained on.</param>
/// <param name="ClassNames">By label.</param>
internal sealed record DataSource(string Name, ImageSet Training, ImageSet Test, IReadOnlyList<string> ClassNames)
{
    /// <summary>What models of garments take.</summary>
    public static ImageShape Garments { get; } = new(1, 28, 28);

    const string Package = "dataset-fashion-mnist";

    /// <summary>What <c>--data</c> names; null is what the program carries.</summary>
    /// <param name="data">The option's value.</param>
    /// <param name="skipUnreadable">Whether pictures that cannot be read are named on the error stream and left out, or refused.</param>
    /// <param name="shape">What the model takes; null for garments.</param>
    /// <exception cref="CommandException">
    /// The Debian package is not installed, the two sets have not the same classes, or there is nothing of that shape inside the program.
    /// </exception>
    /// <exception cref="IOException">Files are missing.</exception>
    /// <exception cref="InvalidDataException">Files are damaged.</exception>
    public static DataSource Open(string? data, bool skipUnreadable, ImageShape? shape = null) => data switch
    {
        null when shape is { } other && other != Garments => throw new CommandException(
            $"--data: expected a folder of images of {other}, such as that of CIFAR-10's binary files; the program has none of its own."),
        null => new DataSource("Part of Fashion-MNIST, built in", EmbeddedImages.Load("train"), EmbeddedImages.Load("t10k"),
            GarmentNames.All),
        "fashion-mnist" => DataFolder.Read("Fashion-MNIST", PackageFolder(), Garments, skipUnreadable),
        _ => DataFolder.Read(data, data, shape ?? Garments, skipUnreadable),
    };

    /// <summary>Checks that a model can be trained on this.</summary>
    /// <param name="batchSize">Its batch.</param>
    /// <param name="shape">What it takes; null for garments.</param>
    /// <exception cref="CommandException">Images of another size, or too few of them.</exception>
    public void RequireFor(int batchSize, ImageShape? shape = null)
    {
        var expected = shape ?? Garments;
        var size = expected.Channels == 1 ? $"{expected.Size} pixels ({expected})" : $"{expected}";
        foreach (var set in (ImageSet[])[Training, Test])
        {
            if (set.Shape != expected) throw new CommandException($"--data: expected images of {size}, got {set.Shape}.");
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

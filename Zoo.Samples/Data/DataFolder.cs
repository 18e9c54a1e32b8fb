using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Data;

/// <summary>
/// A folder of training and test images in any of the forms that are widely met; which, its files tell: folders of pictures, CIFAR's
/// binaries, CSV, NumPy arrays, or the IDX files of MNIST and its kin.
/// </summary>
internal static class DataFolder
{
    static readonly string[] Cifar =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads it.</summary>
    /// <param name="name">What to call the images.</param>
    /// <param name="path">The folder.</param>
    /// <param name="shape">What the model takes: pictures are made so, rows of numbers are told so.</param>
    /// <param name="skipUnreadable">Whether pictures that cannot be read are named on the error stream and left out, or refused.</param>
    /// <exception cref="CommandException">Training and test images have not the same classes.</exception>
    /// <exception cref="IOException">Files are missing.</exception>
    /// <exception cref="InvalidDataException">Files are damaged, or hold other images.</exception>
    public static DataSource Read(string name, string path, ImageShape shape, bool skipUnreadable)
    {
        if (Directory.Exists(Path.Combine(path, "train")) && Directory.Exists(Path.Combine(path, "test")))
            return Pictures(name, Folder("train"), Folder("test"));
        if (Has(path, "data_batch_1.bin"))
            return new DataSource(name, CifarFile.ReadFolder(path, CifarClasses.Ten, training: true),
                CifarFile.ReadFolder(path, CifarClasses.Ten, training: false), Cifar);
        var (training, test) = Has(path, "train.bin") ? Halves(isTraining => CifarFile.ReadFolder(path, CifarClasses.Fine, isTraining))
            : Find(path, "train.csv") is { } rows ? (Csv(rows, shape), Csv(Required(path, "test.csv"), shape))
            : Find(path, "x_train.npy") is not null ? Halves(isTraining => Npy(path, isTraining ? "train" : "test", shape))
            : Halves(isTraining => ImageSet.LoadFolder(path, isTraining));
        return new DataSource(name, training, test, NamesFor(training, test));

        ImageFolder Folder(string half)
        {
            var pictures = ImageFolder.Load(Path.Combine(path, half), shape, convert: true, skipUnreadable);
            foreach (var wrong in pictures.Skipped) Console.Error.WriteLine($"skipped: {wrong}");
            return pictures;
        }
    }

    static (ImageSet Training, ImageSet Test) Halves(Func<bool, ImageSet> read) => (read(true), read(false));

    static DataSource Pictures(string name, ImageFolder training, ImageFolder test) => training.Classes.SequenceEqual(test.Classes)
        ? new DataSource(name, training.Images, test.Images, training.Classes)
        : throw new CommandException(
            $"--data: expected the same classes in both folders of {name}, got {string.Join(", ", training.Classes)} in train "
            + $"and {string.Join(", ", test.Classes)} in test.");

    /// <summary>A line for each image: its label, then its pixels from 0 to 255; a first line of names or none.</summary>
    static ImageSet Csv(string path, ImageShape shape)
    {
        var file = CsvFile.Read(path, header: HasHeader(path), label: 0);
        return file.Columns == shape.Size
            ? file.ToImages(shape)
            : throw new InvalidDataException(
                $"{path}: expected a label and {shape.Size} pixels ({shape}) on each line, got a label and {file.Columns}.");
    }

    static bool HasHeader(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress)
            : file;
        // A byte order mark is no letter.
        var first = plain.ReadByte();
        while (first is 0xEF or 0xBB or 0xBF or '"') first = plain.ReadByte();
        return first >= 0 && char.IsAsciiLetter((char)first);
    }

    /// <summary>Bytes [count, …], and a label for each.</summary>
    static ImageSet Npy(string path, string half, ImageShape shape)
    {
        var (imagesPath, labelsPath) = (Required(path, $"x_{half}.npy"), Required(path, $"y_{half}.npy"));
        var (images, labels) = (NpyFile.Read(imagesPath), NpyFile.Read(labelsPath));
        var sizes = string.Join(", ", images.Sizes.ToArray());
        // [count, 28, 28] and [count, 784] hold the same numbers in the same order; channels last does not.
        var fits = images.Sizes is [_, .. var axes] && Product(axes) == shape.Size
            && (shape.Channels == 1 || axes.Length == 1 || axes[0] == shape.Channels);
        if (!fits)
        {
            var expected = shape.Channels == 1
                ? $"[count, {shape.Height}, {shape.Width}]"
                : $"[count, {shape.Channels}, {shape.Height}, {shape.Width}], channels first";
            throw new InvalidDataException($"{imagesPath}: expected {expected}, got [{sizes}].");
        }
        var classes = labels.ToIntegers();
        if (classes.Length != images.Sizes[0])
            throw new InvalidDataException(
                $"{labelsPath}: expected {images.Sizes[0]} labels, one for each image of {imagesPath}, got {classes.Length}.");
        var wrong = classes.AsSpan().IndexOfAnyExceptInRange(0, 255);
        if (wrong >= 0)
            throw new InvalidDataException($"{labelsPath}: expected labels from 0 to 255, but that of image {wrong} is {classes[wrong]}.");
        return new ImageSet(shape, images.ToBytes(), Array.ConvertAll(classes, label => (byte)label));
    }

    static long Product(ReadOnlySpan<int> sizes)
    {
        var product = 1L;
        foreach (var size in sizes) product *= size;
        return product;
    }

    static bool Has(string path, string name) => File.Exists(Path.Combine(path, name)) || File.Exists(Path.Combine(path, $"{name}.gz"));

    /// <summary>The file of that name, plain or gzip, or one whose name ends so: <c>fashion-mnist_train.csv</c>.</summary>
    static string? Find(string path, string name) => !Directory.Exists(path)
        ? null
        : Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).FirstOrDefault(file =>
        {
            var own = Path.GetFileName(file);
            if (own.EndsWith(".gz", StringComparison.Ordinal)) own = own[..^3];
            return own == name || own.EndsWith($"_{name}", StringComparison.Ordinal) || own.EndsWith($"-{name}", StringComparison.Ordinal);
        });

    static string Required(string path, string name) => Find(path, name)
        ?? throw new FileNotFoundException($"{path}: expected a file {name} (or {name}.gz, or one whose name ends in _{name}), got none.");

    // The files of all kin have the same names, so the labels must tell whether these are garments: the first thousand are as good as a
    // fingerprint.
    static IReadOnlyList<string> NamesFor(ImageSet training, ImageSet test)
    {
        var known = EmbeddedImages.Load("train").Labels[..1000];
        if (training.Labels.StartsWith(known)) return GarmentNames.All;
        var largest = ((byte[])[.. training.Labels, .. test.Labels, 0]).Max();
        return [.. Enumerable.Range(0, largest + 1).Select(label => $"{label}")];
    }
}

namespace Zoo;

/// <summary>
/// The binary files of CIFAR-10 and CIFAR-100 (Krizhevsky 2009, "Learning multiple layers of features from tiny images"): records without
/// a header, each one or two bytes of label and then 3 × 32 × 32 bytes, red before green before blue, columns fastest.
/// </summary>
public static class CifarFile
{
    const int Pixels = 3 * 32 * 32;

    static readonly ImageShape Shape = new(3, 32, 32);

    /// <summary>Reads one file, gzip or plain.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classes">Its layout and which labels to take.</param>
    /// <returns>Images of 3 × 32 × 32, in the file's order.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Its length is no whole number of records, or a label is larger than the layout has, as where
    /// CIFAR-100 is read as CIFAR-10.</exception>
    public static ImageSet Read(string path, CifarClasses classes) => Join([path], classes);

    /// <summary>
    /// Reads the training or test half of a folder: <c>data_batch_1.bin</c> … <c>data_batch_5.bin</c> and <c>test_batch.bin</c> of
    /// CIFAR-10, <c>train.bin</c> and <c>test.bin</c> of CIFAR-100; with or without <c>.gz</c>.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="classes">Which of the two, and which labels to take.</param>
    /// <param name="training">Whether the training half.</param>
    /// <returns>Images of 3 × 32 × 32, in the order of the files.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static ImageSet ReadFolder(string directory, CifarClasses classes, bool training)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string[] stems = (classes, training) switch
        {
            (CifarClasses.Ten, true) => ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"],
            (CifarClasses.Ten, false) => ["test_batch"],
            (_, true) => ["train"],
            _ => ["test"],
        };
        return Join([.. stems.Select(stem => DataFile.Find(directory, [$"{stem}.bin", $"{stem}.bin.gz"]))], classes);
    }

    static ImageSet Join(string[] paths, CifarClasses classes)
    {
        // Where the label is within a record, the bytes before its pixels, and the largest label.
        var (at, before, largest) = classes switch
        {
            CifarClasses.Ten => (0, 1, 9),
            CifarClasses.Coarse => (0, 2, 19),
            CifarClasses.Fine => (1, 2, 99),
            _ => throw new ArgumentOutOfRangeException(nameof(classes), classes, "Expected Ten, Coarse or Fine."),
        };
        var record = before + Pixels;
        var files = Array.ConvertAll(paths, DataFile.Read);
        for (var file = 0; file < files.Length; file++)
        {
            if (files[file].Length % record != 0)
                throw new InvalidDataException(
                    $"{paths[file]}: expected whole records of {record} bytes ({before} of label, 3 × 32 × 32 of pixels), "
                    + $"got {files[file].Length / record} of them and {files[file].Length % record} bytes.");
        }
        var count = files.Sum(file => (long)file.Length / record);
        if (count * Pixels > Array.MaxLength)
            throw new InvalidDataException($"{paths[0]}: expected at most {Array.MaxLength / Pixels} images, got {count}.");

        var (pixels, labels, image) = (new byte[count * Pixels], new byte[count], 0);
        for (var file = 0; file < files.Length; file++)
        {
            for (var bytes = files[file].Span; !bytes.IsEmpty; bytes = bytes[record..])
            {
                if (bytes[at] > largest)
                {
                    var ordinal = (files[file].Length - bytes.Length) / record;
                    throw new InvalidDataException($"{paths[file]}: expected a label from 0 to {largest} in record {ordinal}, got "
                        + $"{bytes[at]}.");
                }
                labels[image] = bytes[at];
                bytes[before..record].CopyTo(pixels.AsSpan(image * Pixels));
                image++;
            }
        }
        return new ImageSet(Shape, pixels, labels);
    }
}

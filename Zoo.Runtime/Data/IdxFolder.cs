namespace Zoo;

/// <summary>Which files of a folder are the images and the labels of MNIST, its kin, or a split of EMNIST.</summary>
internal static class IdxFolder
{
    /// <summary>How the names of EMNIST's files begin.</summary>
    public const string Emnist = "emnist-";

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A file is missing under all of its names; the message lists them.</exception>
    /// <exception cref="InvalidDataException">The folder has several splits of EMNIST, and none was named.</exception>
    public static (string Images, string Labels) Find(string directory, bool training, string? split)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"{directory}: no such folder.");
        string[] plain = training ? ["train"] : ["t10k", "test"];
        split ??= Directory.EnumerateFiles(directory).Any(file => plain.Any(half => IsHalf(file, half))) ? null : OnlySplit(directory);
        string[] halves = split is null ? plain : [$"{Emnist}{split}-{(training ? "train" : "test")}"];
        return (Find(directory, halves, "images", "idx3-ubyte"), Find(directory, halves, "labels", "idx1-ubyte"));
    }

    static string Find(string directory, string[] halves, string part, string kind) =>
        DataFile.Find(directory, [.. halves.SelectMany(half => (string[])
            [$"{half}-{part}-{kind}", $"{half}-{part}-{kind}.gz", $"{half}-{part}.{kind}", $"{half}-{part}.{kind}.gz"])]);

    static bool IsHalf(string file, string half) => Path.GetFileName(file).StartsWith($"{half}-", StringComparison.Ordinal);

    // Null where the folder has no split, so that what is missing are MNIST's files.
    static string? OnlySplit(string directory)
    {
        string[] splits =
        [
            .. Directory.EnumerateFiles(directory).Select(Path.GetFileName).OfType<string>()
                .Where(name => name.StartsWith(Emnist, StringComparison.Ordinal) && name.Contains("-images"))
                .Select(name => name.Split('-')[1]).Distinct().Order(StringComparer.Ordinal),
        ];
        return splits.Length <= 1 ? splits.FirstOrDefault()
            : throw new InvalidDataException($"{directory}: expected one split of EMNIST, or one to be named, got "
                + $"{string.Join(", ", splits)}.");
    }
}

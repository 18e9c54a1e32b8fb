using SkiaSharp;

namespace Zoo.Samples.Data;

/// <summary>A folder of pictures, one sub-folder for each class: PNG and JPEG files, read in the order of their names (ordinal).</summary>
/// <param name="Images">The pictures; the label of one is its class's place among the classes.</param>
/// <param name="Classes">The names of the sub-folders, in order.</param>
/// <param name="Skipped">What was wrong with each file that was left out, by name.</param>
internal sealed record ImageFolder(ImageSet Images, IReadOnlyList<string> Classes, IReadOnlyList<string> Skipped)
{
    const int MostClasses = 256;

    static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>Reads a folder. Files with other extensions are no pictures and are not looked at; transparency is dropped.</summary>
    /// <param name="directory">The folder of the sub-folders; those may have folders of their own.</param>
    /// <param name="shape">Of all images: 1 or 3 channels, rows, columns.</param>
    /// <param name="convert">
    /// Whether pictures of other sizes are resized (so that they cover the new size; what stands over is cut on both sides), coloured ones
    /// made grey (0.299 R + 0.587 G + 0.114 B) and grey ones given three equal channels. False refuses them.
    /// </param>
    /// <param name="skipUnreadable">Whether a file that is no whole picture is left out. False refuses it.</param>
    /// <exception cref="ArgumentException">Channels other than 1 or 3.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">
    /// No sub-folders, more than 256, one without pictures, a picture of another size or other channels, or one that cannot be read.
    /// </exception>
    public static ImageFolder Load(string directory, ImageShape shape, bool convert, bool skipUnreadable)
    {
        if (shape.Channels is not (1 or 3)) throw new ArgumentException($"Expected 1 or 3 channels, got {shape.Channels}.", nameof(shape));
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"{directory}: no such folder.");
        string[] classes = [.. Directory.GetDirectories(directory).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        if (classes.Length is 0 or > MostClasses)
            throw new InvalidDataException(
                $"{directory}: expected a sub-folder of pictures for each class, 1 to {MostClasses} of them, got {classes.Length}.");

        var (pixels, labels, skipped) = (new List<byte[]>(), new List<byte>(), new List<string>());
        for (var label = 0; label < classes.Length; label++)
        {
            var folder = Path.Combine(directory, classes[label]);
            string[] files =
                [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsPicture).Order(StringComparer.Ordinal)];
            if (files.Length == 0)
                throw new InvalidDataException($"{folder}: expected pictures ({string.Join(", ", Extensions)}), got none.");
            foreach (var file in files)
            {
                if (Decode(file, out var wrong) is not { } picture)
                {
                    if (!skipUnreadable) throw new InvalidDataException(wrong);
                    skipped.Add(wrong);
                    continue;
                }
                if (picture.Shape != shape && !convert)
                    throw new InvalidDataException($"{file}: expected an image of {shape}, got {picture.Shape}.");
                pixels.Add(picture.To(shape));
                labels.Add((byte)label);
            }
        }
        if (pixels.Count * shape.Size > Array.MaxLength)
            throw new InvalidDataException(
                $"{directory}: expected at most {Array.MaxLength / shape.Size} images of {shape}, got {pixels.Count}.");
        var joined = new byte[pixels.Count * (int)shape.Size];
        for (var i = 0; i < pixels.Count; i++) pixels[i].CopyTo(joined, i * (int)shape.Size);
        return new ImageFolder(new ImageSet(shape, joined, labels.ToArray()), classes, skipped);
    }

    static bool IsPicture(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    // Null, and what is wrong, where the file is no whole picture.
    static Picture? Decode(string file, out string wrong)
    {
        const int mostPixels = 1 << 26;
        wrong = $"{file}: not a PNG or JPEG file.";
        using var data = SKData.CreateCopy(File.ReadAllBytes(file));
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg)) return null;
        var (height, width) = (codec.Info.Height, codec.Info.Width);
        if ((long)height * width > mostPixels)
        {
            wrong = $"{file}: expected at most {mostPixels} pixels, got {height} × {width}.";
            return null;
        }
        // Without a colour space nothing is done to the values; without premultiplication transparency can be dropped.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            wrong = $"{file}: truncated or damaged; expected {height} rows of {width} pixels ({result}).";
            return null;
        }
        return new Picture(new ImageShape(codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3, height, width), bitmap.Bytes);
    }

    /// <param name="Shape">What the file has.</param>
    /// <param name="Colours">[height × width × 4]: red, green, blue, and what is dropped.</param>
    sealed record Picture(ImageShape Shape, byte[] Colours)
    {
        public byte[] To(ImageShape shape)
        {
            var (plane, newPlane) = (Shape.Height * Shape.Width, shape.Height * shape.Width);
            var (values, resized, bytes) = (new float[plane], new float[newPlane], new byte[shape.Size]);
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                for (var i = 0; i < plane; i++)
                {
                    var colour = Colours.AsSpan(4 * i, 3);
                    values[i] = shape.Channels == 3 ? colour[channel] : 0.299f * colour[0] + 0.587f * colour[1] + 0.114f * colour[2];
                }
                ImageResampler.Cover(values, Shape.Height, Shape.Width, resized, shape.Height, shape.Width);
                for (var i = 0; i < newPlane; i++) bytes[channel * newPlane + i] = (byte)Math.Clamp(MathF.Round(resized[i]), 0, 255);
            }
            return bytes;
        }
    }
}

using System.Globalization;
using System.IO.Compression;

namespace Zoo.Samples.Data;

/// <summary>
/// Handwritten digits of 8 × 8 pixels inside the program: the test part of "Optical Recognition of Handwritten Digits" (Alpaydin and
/// Kaynak, UCI, CC BY 4.0).
/// </summary>
internal static class DigitImages
{
    /// <summary>1,797 × 64 values from 0 to 1, and the digits.</summary>
    public static (float[] Images, int[] Digits) Load()
    {
        using var resource = typeof(DigitImages).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidDataException("The program was built without its resource digits.csv.gz.");
        using var text = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        List<float> images = [];
        List<int> digits = [];
        while (text.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            // A pixel counts how many of the 4 × 4 that it stands for are set.
            images.AddRange(numbers[..^1].Select(pixel => pixel / 16f));
            digits.Add(numbers[^1]);
        }
        return ([.. images], [.. digits]);
    }
}

using SkiaSharp;
using Zoo.Tests.Data;

namespace Zoo.Tests.Samples;

/// <summary>Folders train and test with coloured pictures of cats and dogs, of another size than models take, 140 a class.</summary>
internal static class PictureFolder
{
    public static TemporaryFolder Create()
    {
        var folder = new TemporaryFolder();
        using var bitmap = new SKBitmap(new SKImageInfo(40, 30, SKColorType.Rgba8888, SKAlphaType.Opaque));
        foreach (var half in (string[])["train", "test"])
        {
            foreach (var (name, colour) in ((string, SKColor)[])[("cats", SKColors.Orange), ("dogs", SKColors.Brown)])
            {
                bitmap.Erase(colour);
                using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
                Directory.CreateDirectory(Path.Combine(folder.Path, half, name));
                for (var i = 0; i < 140; i++) folder.Write($"{half}/{name}/{i}.jpg", data.ToArray());
            }
        }
        return folder;
    }
}

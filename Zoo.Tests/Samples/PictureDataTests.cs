namespace Zoo.Tests.Samples;

public sealed class PictureDataTests
{
    [Fact]
    public void A_folder_of_pictures_trains_and_what_cannot_be_read_is_named_and_left_out()
    {
        using var data = PictureFolder.Create();
        var broken = data.Write("train/cats/broken.png", "no picture"u8.ToArray());
        var result = SampleProgram.Run("--data", data.Path, "--skip-unreadable", "--epochs", "1", "--out", Path.Combine(data.Path, "out"));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([$"skipped: {broken}: not a PNG or JPEG file."], result.ErrorLines);
        Assert.True(File.Exists(Path.Combine(data.Path, "out", "latent.png")));
    }
}

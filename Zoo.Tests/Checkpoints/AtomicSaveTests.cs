using Xunit;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Checkpoints;

public sealed class AtomicSaveTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_failure_while_writing_leaves_the_old_file_and_nothing_else()
    {
        var path = folder.Write("model", [1, 2, 3]);
        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            stream.Flush();
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
            throw new IOException("disk full");
        }));
        Assert.Equal("disk full", thrown.Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_model_disposed_while_it_is_saved_leaves_the_old_file()
    {
        var path = folder.Write("model", [1, 2, 3]);
        var state = new ModelState(TinyModel.Interleaved, 1);
        state.Dispose();
        Assert.Throws<ObjectDisposedException>(() => state.Save(path));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_that_others_hold_open_is_replaced_and_they_keep_the_old_one()
    {
        var path = folder.Write("model", [1, 2, 3]);
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        AtomicFile.Write(path, stream => stream.Write([4]));
        Assert.Equal(1, reader.ReadByte());
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        var (path, link) = (folder.Write("model", [1]), Path.Combine(folder.Path, "latest"));
        File.CreateSymbolicLink(link, path);
        AtomicFile.Write(link, stream => stream.Write([2]));
        Assert.Equal(path, File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName);
        Assert.Equal([2], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_folder_that_is_missing_or_in_the_way_is_an_error_and_nothing_stays()
    {
        using var state = new ModelState(TinyModel.Interleaved, 1);
        Assert.Throws<DirectoryNotFoundException>(() => state.Save(Path.Combine(folder.Path, "none", "model")));
        var inTheWay = Directory.CreateDirectory(Path.Combine(folder.Path, "folder")).FullName;
        var thrown = Assert.ThrowsAny<Exception>(() => state.Save(inTheWay));
        Assert.True(thrown is IOException or UnauthorizedAccessException, thrown.ToString());
        Assert.Equal([inTheWay], Directory.GetFileSystemEntries(folder.Path));
        Assert.ThrowsAny<ArgumentException>(() => state.Save(""));
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using Xunit;
using Zoo.Models;
using Zoo.Runtime;
using Zoo.Tests.Allocation;
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
        Assert.Equal($"Cannot save '{path}': disk full", thrown.Message);
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

    /// <summary>What only its owner may read is no other's after a save, and not while it is written.</summary>
    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead)]
    public void Who_may_read_a_file_stays_as_it_was(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        var path = folder.Write("model", [1]);
        File.SetUnixFileMode(path, mode);
        AtomicFile.Write(path, stream =>
        {
            var temporary = Assert.Single(Directory.GetFileSystemEntries(folder.Path), entry => entry != path);
            Assert.Equal(mode | UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(temporary).UnixFileMode);
            stream.Write([2]);
        });
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal([2], File.ReadAllBytes(path));
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

    /// <summary>What others read from while it is written, or talk through, is no file to be replaced.</summary>
    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    public void What_is_no_regular_file_stays(string kind)
    {
        if (!OperatingSystem.IsLinux()) return;
        var (path, link) = (Path.Combine(folder.Path, "special"), Path.Combine(folder.Path, "link"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (kind == "socket") socket.Bind(new UnixDomainSocketEndPoint(path));
        else Process.Start("mkfifo", [path]).WaitForExit();
        File.CreateSymbolicLink(link, path);
        using var state = new ModelState(TinyModel.Interleaved, 1);
        foreach (var given in (string[])[path, link])
        {
            var refused = Assert.Throws<IOException>(() => state.Save(given));
            Assert.Equal($"Cannot save '{given}': a {kind} is there, and only a regular file is replaced.", refused.Message);
        }
        Assert.Equal([link, path], Directory.GetFileSystemEntries(folder.Path).Order());
        // Nothing regular came in its place: that would have bytes.
        Assert.Equal(0, new FileInfo(path).Length);
    }

    /// <summary>Of devices the kind alone is asked for: a save that took one for a file would be the end of it.</summary>
    [Fact]
    public void Devices_are_told_from_files()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var device in (string[])["/dev/null", "/dev/zero", "/dev/full", "/dev/random"])
            if (File.Exists(device)) Assert.Equal("a character device", SpecialFile.KindOf(device));
        if (Directory.Exists("/sys/class/block"))
            foreach (var device in Directory.GetFileSystemEntries("/sys/class/block").Select(name => $"/dev/{Path.GetFileName(name)}"))
                if (File.Exists(device)) Assert.Equal("a block device", SpecialFile.KindOf(device));
        var link = Path.Combine(folder.Path, "link");
        File.CreateSymbolicLink(link, "/dev/null");
        Assert.Equal("a character device", SpecialFile.KindOf(link));
        foreach (var other in (string[])[folder.Write("model", [1]), folder.Path, Path.Combine(folder.Path, "none")])
            Assert.Null(SpecialFile.KindOf(other));
    }

    [Fact]
    public void What_a_killed_process_left_is_gone_after_the_next_save()
    {
        // Under the name of another target too: who saves each epoch under a new name comes back to none.
        string[] left = [folder.Write(".zoo-abcdefgh.ijk.tmp", new byte[1000]), folder.Write(".zoo-12345678.abc.tmp", [])];
        string[] others = [folder.Write(".zoo-mine", [1]), folder.Write("zoo-2.tmp", [2]), folder.Write(".other.tmp", [3])];
        var path = Path.Combine(folder.Path, "epoch-7");
        AtomicFile.Write(path, stream => stream.Write([4]));
        Assert.All(left, file => Assert.False(File.Exists(file)));
        Assert.Equal([.. others.Append(path).Order()], Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void What_another_is_writing_stays()
    {
        var (first, second) = (Path.Combine(folder.Path, "first"), Path.Combine(folder.Path, "second"));
        AtomicFile.Write(first, stream =>
        {
            stream.Write([1]);
            AtomicFile.Write(second, other => other.Write([2]));
            AtomicFile.Write(first, other => other.Write([3]));
            Assert.Equal([3], File.ReadAllBytes(first));
        });
        Assert.Equal([1], File.ReadAllBytes(first));
        Assert.Equal([first, second], Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void A_file_taken_away_while_it_is_written_is_written_again()
    {
        var path = Path.Combine(folder.Path, "model");
        var times = 0;
        AtomicFile.Write(path, stream =>
        {
            stream.Write([(byte)++times]);
            if (times < 3) File.Delete(Assert.Single(Directory.GetFileSystemEntries(folder.Path, ".zoo-*")));
        });
        Assert.Equal(3, times);
        Assert.Equal([3], File.ReadAllBytes(path));
        var thrown = Assert.Throws<FileNotFoundException>(() => AtomicFile.Write(path,
            _ => File.Delete(Assert.Single(Directory.GetFileSystemEntries(folder.Path, ".zoo-*")))));
        Assert.Equal(path, thrown.FileName);
        Assert.Equal([3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Many_savers_to_one_path_leave_one_whole_file()
    {
        var path = Path.Combine(folder.Path, "model");
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, saver =>
        {
            for (var i = 0; i < 100; i++) AtomicFile.Write(path, stream => stream.Write([.. Enumerable.Repeat((byte)saver, 1000)]));
        });
        var content = File.ReadAllBytes(path);
        Assert.Equal(1000, content.Length);
        Assert.All(content, b => Assert.Equal(content[0], b));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Errors_name_the_path_that_was_given_and_no_other_file()
    {
        using var state = new ModelState(TinyModel.Interleaved, 1);
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder"));
        folder.Write("file", [1]);
        foreach (var name in (string[])["none/model", "folder", "file/model", new string('x', 300), $"{new string('y', 300)}/model"])
        {
            var path = $"{folder.Path}/{name}";
            var thrown = Assert.ThrowsAny<Exception>(() => state.Save(path));
            Assert.True(thrown is IOException or UnauthorizedAccessException, thrown.ToString());
            Assert.StartsWith($"Cannot save '{path}': ", thrown.Message);
            Assert.DoesNotContain(".zoo-", thrown.Message);
        }
        // As it was given, not as it was resolved.
        Assert.StartsWith("Cannot save 'no-such-folder/model': ",
            Assert.Throws<DirectoryNotFoundException>(() => state.Save("no-such-folder/model")).Message);
    }

    /// <summary>A process that saves without end is killed in the middle of it.</summary>
    [Theory]
    [InlineData("vae")]
    [InlineData("rbm")]
    [InlineData("aae")]
    public void A_process_killed_while_saving_leaves_nothing_for_ever(string variant)
    {
        var path = Path.Combine(folder.Path, "model");
        for (var run = 0; run < 20 && Leftovers().Length == 0; run++)
            CountingProgram.KillWhileSaving(variant, path, () => Leftovers().Length > 0);
        Assert.NotEmpty(Leftovers());
        // What was saved before is whole.
        if (File.Exists(path))
        {
            using IGenerativeModel loaded = variant switch
            {
                "rbm" => FashionRbm.Load(path), "aae" => FashionSemiSupervisedAae.Load(path), _ => FashionVae.Load(path),
            };
            Assert.Equal(0, loaded.Steps);
        }
        using var state = new ModelState(TinyModel.Interleaved, 1);
        state.Save(path);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));

        string[] Leftovers() => Directory.GetFiles(folder.Path, ".*", new EnumerationOptions { AttributesToSkip = 0 });
    }
}

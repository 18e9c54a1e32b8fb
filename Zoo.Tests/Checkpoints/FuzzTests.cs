using System.Buffers.Binary;
using Xunit;
using Zoo.Runtime;
using Zoo.Tests.Data;
using Zoo.Tests.State;

namespace Zoo.Tests.Checkpoints;

/// <summary>
/// Whatever is in a file, loading it succeeds or is a <see cref="CheckpointException"/> that changed nothing; it never hangs or asks for
/// much memory.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ModelState model = TinyModel.Trained(TinyModel.Interleaved, 2);
    readonly byte[] good;
    readonly int header;
    int refused;

    public FuzzTests()
    {
        using var saved = TinyModel.Trained(TinyModel.Interleaved, 1);
        saved.Save(Path.Combine(folder.Path, "good"));
        good = File.ReadAllBytes(Path.Combine(folder.Path, "good"));
        header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(good);
    }

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < good.Length; length += length < 16 || length > header - 16 ? 1 : 23) Load(good[..length]);
        Assert.InRange(refused, 150, int.MaxValue);
        var before = refused;
        Load(good);
        Assert.Equal(before, refused);
    }

    [Fact]
    public void Single_changed_bytes_never_do_worse_than_a_refusal()
    {
        byte[] replacements = [0, 0x20, (byte)'"', (byte)'9', (byte)'{', 0x80, 0xFF];
        for (var at = 0; at < header; at += at < 400 ? 1 : 3)
        {
            var file = (byte[])good.Clone();
            var replacement = replacements[at % replacements.Length];
            file[at] = file[at] == replacement ? (byte)(replacement ^ 1) : replacement;
            Load(file);
        }

        Assert.InRange(refused, header / 5, header);
    }

    [Fact]
    public void Random_damage_never_does_worse_than_a_refusal()
    {
        var random = new Random(17);
        for (var run = 0; run < 600; run++)
        {
            var file = good.ToList();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                var at = random.Next(random.Next(4) == 0 ? file.Count : header);
                switch (random.Next(4))
                {
                    case 0: file[at] ^= (byte)(1 << random.Next(8)); break;
                    case 1: file.Insert(at, (byte)random.Next(256)); break;
                    case 2: file.RemoveRange(at, Math.Min(random.Next(1, 40), file.Count - at)); break;
                    default: file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 200), file.Count - at))); break;
                }
            }

            Load([.. file]);
        }

        Assert.InRange(refused, 400, 600);
    }

    void Load(byte[] file)
    {
        var before = TinyModel.Bits(model);
        var path = folder.Write("fuzzed", file);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            model.Load(path);
        }
        catch (CheckpointException)
        {
            refused++;
            Assert.Equal(before, TinyModel.Bits(model));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 4_000_000);
    }
}

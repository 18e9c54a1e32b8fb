using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>
/// One zeroed allocation of floats outside the managed heap, aligned to 64 bytes (a cache line, and a 512-bit vector). A safe handle: when
/// nobody disposes it, finalisation frees it, after everything that still refers to it.
/// </summary>
public sealed unsafe partial class Arena : SafeHandle
{
    /// <summary>Bytes that <see cref="Base"/> is aligned to.</summary>
    public const int Alignment = 64;

    // Where a page is this large (x86-64; most Arm systems), its rows share an entry of the TLB that would else be one for each.
    const int HugePage = 1 << 21;

    // MADV_HUGEPAGE.
    const int AdviseHugePages = 14;

    readonly long bytes;

    /// <summary>Allocates and clears.</summary>
    /// <param name="length">Floats, from 0 to <see cref="int.MaxValue"/>, because offsets into an arena are 32-bit literals.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or larger than that.</exception>
    /// <exception cref="OutOfMemoryException">The machine has not that much memory.</exception>
    public Arena(long length) : base(0, ownsHandle: true)
    {
        if (length is < 0 or > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length,
                $"An arena holds 0 to {int.MaxValue} floats, because its offsets are 32-bit; {length} were asked for.");
        }

        Length = (int)length;
        // Whole cache lines, at least one: the last vector of a row may be read past the end of the data, never past the arena.
        bytes = Math.Max(1, (length * sizeof(float) + Alignment - 1) / Alignment) * Alignment;
        var page = bytes < HugePage ? Alignment : HugePage;
        bytes = (bytes + page - 1) / page * page;
        try
        {
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)page));
        }
        catch (OutOfMemoryException e)
        {
            throw new OutOfMemoryException($"An arena of {length} floats ({bytes} bytes) could not be allocated.", e);
        }

        if (page == HugePage && OperatingSystem.IsLinux()) AskForHugePages();
        NativeMemory.Clear((void*)handle, (nuint)bytes);
        // The collector sees a small object; without this it would let many dropped models pile up before it looks.
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>Floats asked for.</summary>
    public int Length { get; }

    /// <summary>Address of the first float. It is good as long as this object is reachable and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    public Floats Base
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Floats((float*)handle);
        }
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>All floats.</summary>
    internal Span<float> AsSpan() => Base.AsSpan(Length);

    /// <summary>Before the first touch. It is a wish: a system that grants none gives the pages that it has.</summary>
    void AskForHugePages()
    {
        try
        {
            _ = Advise(handle, (nuint)bytes, AdviseHugePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure(bytes);
        return true;
    }
}

using System.Runtime.InteropServices;

namespace Zoo.Runtime;

/// <summary>Unmanaged floats, aligned to 64 bytes, freed by Dispose or by the finalizer.</summary>
sealed unsafe class ScratchBuffer : SafeHandle
{
    public ScratchBuffer(int length) : base(0, ownsHandle: true)
    {
        Length = length;
        if (length > 0) SetHandle((nint)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64));
    }

    public int Length { get; }

    public Floats Floats => new((float*)handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}

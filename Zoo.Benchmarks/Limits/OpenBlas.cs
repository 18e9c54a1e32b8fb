using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Zoo.Benchmarks.Limits;

/// <summary>OpenBLAS's sgemm, where the library is installed.</summary>
sealed unsafe class OpenBlas
{
    const int RowMajor = 101, Plain = 111, Transposed = 112;

    readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;
    readonly delegate* unmanaged<int, void> setThreads;

    OpenBlas(nint library)
    {
        sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        var core = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_corename");
        Core = Marshal.PtrToStringUTF8((nint)core()) ?? "unknown";
    }

    /// <summary>The processor whose kernels it chose.</summary>
    public string Core { get; }

    /// <summary>The environment variable by which OpenBLAS is told whose kernels to run.</summary>
    public const string CoreVariable = "OPENBLAS_CORETYPE";

    /// <summary>
    /// What a careful user gives <see cref="CoreVariable"/>: null where it is set already, or not needed. OpenBLAS takes an Intel processor
    /// that is younger than itself for a Prescott, whose kernels are an eighth as fast.
    /// </summary>
    public static string? ChosenCore
    {
        get
        {
            const int genuine = 0x756E6547;
            if (Environment.GetEnvironmentVariable(CoreVariable) is not null || !X86Base.IsSupported) return null;
            if (X86Base.CpuId(0, 0).Ebx != genuine) return null;
            return Vector512.IsHardwareAccelerated ? "SkylakeX" : Vector256.IsHardwareAccelerated ? "Haswell" : null;
        }
    }

    /// <summary>The library, or null where there is none.</summary>
    public static OpenBlas? Load()
    {
        // The library reads the process's environment, of which .NET's own is a copy.
        if (ChosenCore is { } core) SetEnvironment(CoreVariable, core, 1);
        return NativeLibrary.TryLoad("libopenblas.so.0", out var library) ? new OpenBlas(library) : null;
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    static extern int SetEnvironment(string name, string value, int overwrite);

    public void Threads(int count) => setThreads(count);

    /// <summary>
    /// C = A·B, row-major, with A stored k × m where <paramref name="transposeA"/> and B stored n × k where <paramref name="transposeB"/>.
    /// </summary>
    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float* a, float* b, float* c) => sgemm(
        RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, m, n, k, 1, a, transposeA ? m : k, b,
        transposeB ? k : n, 0, c, n);
}

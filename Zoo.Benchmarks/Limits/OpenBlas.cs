using System.Runtime.InteropServices;

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

    /// <summary>The library, or null where there is none.</summary>
    public static OpenBlas? Load() => NativeLibrary.TryLoad("libopenblas.so.0", out var library) ? new OpenBlas(library) : null;

    public void Threads(int count) => setThreads(count);

    /// <summary>
    /// C = A·B, row-major, with A stored k × m where <paramref name="transposeA"/> and B stored n × k where <paramref name="transposeB"/>.
    /// </summary>
    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float* a, float* b, float* c) => sgemm(
        RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, m, n, k, 1, a, transposeA ? m : k, b,
        transposeB ? k : n, 0, c, n);
}

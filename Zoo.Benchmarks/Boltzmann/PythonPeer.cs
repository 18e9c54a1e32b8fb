using System.Diagnostics;
using System.Globalization;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Boltzmann;

/// <summary>
/// numpy_peer.py in a Python process: it is sent a case and an amount of work, and says how many seconds that took. Its own clock counts,
/// not the way there and back.
/// </summary>
sealed class PythonPeer : IDisposable
{
    readonly Process process;

    PythonPeer(Process process, string versions) => (this.process, Versions) = (process, versions);

    /// <summary>Of NumPy and scikit-learn.</summary>
    public string Versions { get; }

    /// <summary>Starts it, or gives null with the reason.</summary>
    /// <param name="threads">Threads of NumPy's BLAS.</param>
    /// <param name="why">Why there is none.</param>
    public static PythonPeer? Start(int threads, out string why)
    {
        var python = Environment.GetEnvironmentVariable("ZOO_PYTHON") ?? "/usr/bin/python3";
        why = $"{python} with NumPy and scikit-learn is missing (Debian: python3-numpy, python3-sklearn, libopenblas0-pthread; "
            + "ZOO_PYTHON names another interpreter), so its figures are too";
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "numpy_peer.py"));
        foreach (var variable in (ReadOnlySpan<string>)["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        if (OpenBlas.ChosenCore is { } core) start.Environment[OpenBlas.CoreVariable] = core;
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            why += $": {e.Message}";
            return null;
        }
        if (process is null) return null;
        if (process.StandardOutput.ReadLine() is { } versions) return new(process, versions);
        why += $": {process.StandardError.ReadToEnd().TrimEnd().Split('\n')[^1]}";
        process.Dispose();
        return null;
    }

    /// <summary>Seconds that it took.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public double Run(string name, int amount)
    {
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {amount}"));
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine() is { } answer
            ? double.Parse(answer, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"numpy_peer.py ended at {name}: {process.StandardError.ReadToEnd().TrimEnd()}");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}

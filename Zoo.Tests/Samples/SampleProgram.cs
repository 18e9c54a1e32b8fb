using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Zoo.Tests.Samples;

/// <summary>The command line as a child process, with its output redirected as in a build log.</summary>
internal sealed partial class SampleProgram : IDisposable
{
    const int Interrupt = 2;
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder error = new();
    readonly Thread[] readers;

    SampleProgram(string[] arguments, (string Name, string Value)[] environment)
    {
        // …/Zoo.Tests/bin/<configuration>/net10.0/ → …/Zoo.Samples/bin/<configuration>/net10.0/
        var folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var (framework, configuration) = (Path.GetFileName(folder), Path.GetFileName(Path.GetDirectoryName(folder))!);
        var program = Path.GetFullPath(Path.Combine(folder, "..", "..", "..", "..", "Zoo.Samples", "bin", configuration, framework,
            "Zoo.Samples.dll"));
        // A background job of a shell ignores Ctrl-C, and so do its children and theirs, unless they are told not to.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A process of a second has nothing to gain from counting its calls.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.Start();
        readers = [Reader(process.StandardOutput, output), Reader(process.StandardError, error)];
    }

    /// <summary>A thread of its own: those of the pool may all wait in other tests while what a program prints is waited for.</summary>
    static Thread Reader(StreamReader from, StringBuilder text)
    {
        var reader = new Thread(() =>
        {
            while (from.ReadLine() is { } line)
                lock (text) text.Append(line).Append('\n');
        }) { IsBackground = true };
        reader.Start();
        return reader;
    }

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static SampleProgram Start(params string[] arguments) => new(arguments, []);

    public static Result Run(params string[] arguments) => Run([], arguments);

    public static Result Run((string Name, string Value)[] environment, params string[] arguments)
    {
        using var program = new SampleProgram(arguments, environment);
        return program.WaitForExit();
    }

    /// <summary>Waits until a line of the output satisfies <paramref name="condition"/>.</summary>
    public void WaitFor(Func<string, bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); ; Thread.Sleep(10))
        {
            var isOver = process.HasExited;
            if (isOver) ReadToEnd();
            if (Read(output).Split('\n').Any(condition)) return;
            if (isOver || Stopwatch.GetElapsedTime(started) > Limit)
                throw new InvalidOperationException($"The program never printed what was waited for.\n{Read(output)}\n{Read(error)}");
        }
    }

    /// <summary>What a terminal sends for Ctrl-C.</summary>
    public void PressControlC()
    {
        if (Kill(process.Id, Interrupt) != 0) throw new InvalidOperationException($"kill: error {Marshal.GetLastPInvokeError()}.");
    }

    public Result WaitForExit()
    {
        if (!process.WaitForExit(Limit)) throw new TimeoutException($"The program did not end.\n{Read(output)}\n{Read(error)}");
        ReadToEnd();
        return new Result(process.ExitCode, Read(output), Read(error));
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    void ReadToEnd()
    {
        foreach (var reader in readers) reader.Join(Limit);
    }

    static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int id, int signal);
}

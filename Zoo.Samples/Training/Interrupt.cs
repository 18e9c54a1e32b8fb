using System.Runtime.InteropServices;
using Zoo.Samples.CommandLine;

namespace Zoo.Samples.Training;

/// <summary>
/// Ctrl-C, or a request to terminate, as a token: the first lets the current step finish; a second one ends the process at once.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly PosixSignalRegistration interrupt;
    readonly PosixSignalRegistration terminate;

    public Interrupt()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, CommandLine.ExitCode.Interrupted));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, CommandLine.ExitCode.Terminated));
    }

    public CancellationToken Token => stop.Token;

    /// <summary>What the process returns once it has cleaned up.</summary>
    public int ExitCode { get; private set; }

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        stop.Dispose();
    }

    void Handle(PosixSignalContext context, int exitCode)
    {
        if (stop.IsCancellationRequested) return;
        context.Cancel = true;
        ExitCode = exitCode;
        stop.Cancel();
    }
}

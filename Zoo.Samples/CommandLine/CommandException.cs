namespace Zoo.Samples.CommandLine;

/// <summary>Something the person at the keyboard can put right: a message on standard error and an exit code, no stack trace.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Usage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

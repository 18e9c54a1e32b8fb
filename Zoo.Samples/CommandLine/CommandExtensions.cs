using System.CommandLine;

namespace Zoo.Samples.CommandLine;

/// <summary>Commands as expressions.</summary>
internal static class CommandExtensions
{
    public static Command With(this Command command, IEnumerable<Option> options)
    {
        foreach (var option in options) command.Options.Add(option);
        return command;
    }

    public static Command Does(this Command command, Func<ParseResult, int> action)
    {
        command.SetAction(action);
        return command;
    }
}

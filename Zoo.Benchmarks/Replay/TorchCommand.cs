using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Replay;

/// <summary>A command that compares with TorchSharp; <c>--write FOLDER</c> keeps what TorchSharp has.</summary>
static class TorchCommand
{
    /// <summary>The exit code: 0 where both sides agree, 1 where they do not, 2 where nothing was compared.</summary>
    /// <param name="name">The command's.</param>
    /// <param name="arguments">Behind its name.</param>
    /// <param name="compare">Whether both sides agree; is given the folder, or null.</param>
    public static int Run(string name, string[] arguments, Func<string?, bool> compare)
    {
        if (arguments is not ([] or ["--write", _]))
        {
            Console.Error.WriteLine($"usage: {name} [--write FOLDER]");
            return 2;
        }
        if (!TorchPeer.IsLoadable(out var why))
        {
            Console.Error.WriteLine(why);
            return 2;
        }
        return compare(arguments is [_, var folder] ? folder : null) ? 0 : 1;
    }
}

using System.Diagnostics;

namespace Zoo.Benchmarks;

/// <summary>
/// Times contenders in alternating blocks of one run, so that what else the machine does meets all of them alike.
/// </summary>
static class Contest
{
    /// <summary>The time per call of each contender, after one block each of warm-up.</summary>
    /// <param name="contenders">What is timed.</param>
    /// <param name="blocks">Blocks of each.</param>
    /// <param name="blockMilliseconds">Length of a block.</param>
    /// <param name="settleMilliseconds">
    /// How long a contender runs before its block counts. Libraries' threads spin on for milliseconds after their last call and hold a
    /// processor; a
    /// scheduler needs some more to spread the next contender's threads again. All get the same.
    /// </param>
    /// <param name="wait">
    /// Ends every block, within its time: waits for what contenders have only queued. It must cost next to nothing where nothing is.
    /// </param>
    public static Timing[] Run(
        IReadOnlyList<Action> contenders, int blocks = 15, double blockMilliseconds = 30, double settleMilliseconds = 0,
        Action? wait = null)
    {
        var calls = contenders.Select(contender => Calibrate(contender, blockMilliseconds, wait)).ToArray();
        var times = contenders.Select(_ => new double[blocks]).ToArray();
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                if (settleMilliseconds > 0)
                    Block(contenders[i], Math.Max(1, (int)(calls[i] * settleMilliseconds / blockMilliseconds)), wait);
                times[i][block] = Block(contenders[i], calls[i], wait);
            }
        }
        return [.. times.Select(Summary)];
    }

    /// <summary>The time per call of one contender.</summary>
    public static Timing Run(Action contender, int blocks = 15, double blockMilliseconds = 30) =>
        Run([contender], blocks, blockMilliseconds)[0];

    static int Calibrate(Action contender, double milliseconds, Action? wait)
    {
        // Long enough for the JIT's tiers to settle.
        Block(contender, 40, wait);
        var watch = Stopwatch.StartNew();
        var calls = 0;
        while (watch.Elapsed.TotalMilliseconds < milliseconds)
        {
            contender();
            calls++;
        }
        wait?.Invoke();
        return calls;
    }

    static double Block(Action contender, int calls, Action? wait)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) contender();
        wait?.Invoke();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }

    static Timing Summary(double[] values)
    {
        var sorted = values.Order().ToArray();
        return new(sorted[sorted.Length / 2], sorted[0]);
    }
}

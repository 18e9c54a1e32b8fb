namespace Zoo.Samples.Training;

/// <summary>What the same codes give at a few moments of a run, early ones closer together, because the most happens then.</summary>
internal sealed class Snapshots
{
    static readonly double[] Fractions = [0, 0.02, 0.08, 0.2, 0.5, 1];

    readonly long[] moments;
    readonly int values;
    readonly Action<float[]> draw;
    readonly List<(long Step, float[] Samples)> taken = [];

    /// <param name="steps">Of the whole run.</param>
    /// <param name="values">Numbers of one snapshot.</param>
    /// <param name="draw">Writes them, of the model as it is.</param>
    public Snapshots(long steps, int values, Action<float[]> draw)
    {
        (this.values, this.draw) = (values, draw);
        moments = [.. Fractions.Select(fraction => (long)Math.Round(fraction * steps))];
    }

    /// <summary>In their order; a run that was resumed has those since.</summary>
    public IReadOnlyList<(long Step, float[] Samples)> Taken => taken;

    /// <summary>Takes one where it is time.</summary>
    public void Watch(long step)
    {
        if (Array.IndexOf(moments, step) < 0 || (taken.Count > 0 && taken[^1].Step == step)) return;
        var samples = new float[values];
        draw(samples);
        taken.Add((step, samples));
    }
}

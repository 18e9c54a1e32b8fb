using Zoo.Runtime;

namespace Zoo.Samples.Data;

/// <summary>
/// Points drawn afresh for every step, by counter-based draws: point i of step s is the same whoever asks for it, and when.
/// </summary>
internal sealed class MixtureBatches(GaussianMixture mixture, int batchSize, ulong seed) : ITrainingBatches
{
    // Names of their own, so that no draw of the model with the same seed is the same.
    readonly ulong component = Philox.DrawKey(seed, "data:component");
    readonly ulong noise = Philox.DrawKey(seed, "data:noise");
    readonly float[] points = new float[batchSize * 2];
    long step;

    public void Seek(long step) => this.step = step;

    public StepData Next()
    {
        var modes = mixture.Modes;
        var deviation = (float)mixture.Deviation;
        for (var row = 0; row < batchSize; row++)
        {
            var mode = Philox.Class(component, step, 0, row, mixture.Count);
            points[2 * row] = modes[2 * mode] + deviation * Philox.Normal(noise, step, 0, row, 0);
            points[2 * row + 1] = modes[2 * mode + 1] + deviation * Philox.Normal(noise, step, 0, row, 1);
        }
        step++;
        return new(points);
    }

    public void Dispose() { }
}

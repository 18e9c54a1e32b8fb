using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// The largest |a − c| / max(1, |c|) over the losses a of the accelerator and c of the processor, at each of 100 steps from the same seed over the same
/// batches, new ones at every step: their updates deviate too, so this grows with what both have made of their parameters.
/// </summary>
static class LossDeviation
{
    public const int Steps = 100;

    public static double Of(VaeCase vae, Device accelerator, Device processor)
    {
        using var theirs = ZooStep.Create(vae, accelerator);
        using var ours = ZooStep.Create(vae, processor);
        var largest = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            theirs.Step();
            ours.Step();
            for (var i = 0; i < ours.Losses.Length; i++)
            {
                var deviation = Math.Abs((double)theirs.Losses[i] - ours.Losses[i]) / Math.Max(1, Math.Abs(ours.Losses[i]));
                // A NaN compares with nothing, and must be seen.
                if (!(deviation <= largest)) largest = deviation;
            }
            theirs.NextBatch();
            ours.NextBatch();
        }
        return largest;
    }
}

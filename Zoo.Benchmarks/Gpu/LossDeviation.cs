using Zoo.Benchmarks.Steps;

namespace Zoo.Benchmarks.Gpu;

/// <summary>
/// The largest |a − c| / |c| over the losses a of the accelerator and c of the processor, at each of <see cref="Steps"/> steps over the
/// same batches
/// of images, new ones at every step.
/// </summary>
/// <param name="FromSeed">
/// Both go their own ways from the same seed. Where an activation lies within rounding of a kink of relu, the two take different slopes
/// there and their
/// parameters part, so this also says how chaotic the training is.
/// </param>
/// <param name="FromSameParameters">The accelerator starts each step from the processor's parameters: what its arithmetic alone makes of a
/// step.</param>
readonly record struct LossDeviation(double FromSeed, double FromSameParameters)
{
    public const int Steps = 100;

    public static LossDeviation Of(VaeCase vae, Device accelerator, Device processor)
    {
        using var free = ZooStep.Create(vae, accelerator);
        using var guided = ZooStep.Create(vae, accelerator);
        using var reference = ZooStep.Create(vae, processor);
        var largest = default(LossDeviation);
        for (var step = 0; step < Steps; step++)
        {
            guided.TakeParameters(reference);
            foreach (var each in (ZooStep[])[free, guided, reference])
            {
                each.TakeImages(step);
                each.Step();
            }
            largest = new(Larger(largest.FromSeed, free, reference), Larger(largest.FromSameParameters, guided, reference));
        }
        return largest;
    }

    static double Larger(double largest, ZooStep step, ZooStep reference)
    {
        for (var i = 0; i < reference.Losses.Length; i++)
        {
            var deviation = Math.Abs((double)step.Losses[i] - reference.Losses[i]) / Math.Abs(reference.Losses[i]);
            // A NaN compares with nothing, and must be seen.
            if (!(deviation <= largest)) largest = deviation;
        }
        return largest;
    }
}

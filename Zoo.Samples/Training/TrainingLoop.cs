using System.Diagnostics;
using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Progress;

namespace Zoo.Samples.Training;

/// <summary>Steps until an epoch is reached. Where it begins follows from the model's own count of steps, so a loaded model goes on where it stopped.</summary>
internal sealed class TrainingLoop(FashionVae model, BatchSource batches, ReadOnlyMemory<float> test)
{
    /// <returns>False where it was told to stop; the model is then between two steps.</returns>
    /// <exception cref="CommandException">A pixel is no probability, or the loss is no longer a number.</exception>
    public bool Run(int epochs, IProgressDisplay display, Action<EpochReport> ended, CancellationToken stop)
    {
        batches.Seek(model.Steps / batches.BatchesPerEpoch, (int)(model.Steps % batches.BatchesPerEpoch));
        while (batches.Epoch < epochs)
        {
            var epoch = batches.Epoch;
            var (steps, reconstruction, divergence) = (0, 0.0, 0.0);
            var started = Stopwatch.GetTimestamp();
            do
            {
                if (stop.IsCancellationRequested) return false;
                var position = batches.Position;
                var batch = batches.Next();
                // What training does not look at itself; a scan takes about a thousandth of a step.
                if (model.ChecksData && DataRange.Unit.Refusal(batch, batches.ExampleSize) is { } refusal)
                    throw new CommandException($"--data: in batch {position + 1} of epoch {epoch + 1}: {refusal} With --no-data-check nobody looks.");
                var losses = model.Step(batch);
                steps++;
                reconstruction += losses.Reconstruction;
                divergence += losses.Divergence;
                display.Stepped((int)epoch, position + 1, losses);
            }
            while (batches.Epoch == epoch);

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            (reconstruction, divergence) = (reconstruction / steps, divergence / steps);
            if (!double.IsFinite(reconstruction - divergence))
                throw new CommandException($"training diverged in epoch {epoch + 1}: the ELBO is {reconstruction - divergence}. A smaller --learning-rate may help.", ExitCode.Failure);
            var train = new FashionVae.Losses((float)reconstruction, (float)divergence, (float)(reconstruction - divergence));
            var report = new EpochReport((int)epoch + 1, train, model.Evaluate(test.Span), steps * (double)batches.BatchSize / seconds);
            ended(report);
            display.EpochEnded(report);
        }
        return true;
    }
}

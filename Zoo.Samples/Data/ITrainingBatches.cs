namespace Zoo.Samples.Data;

/// <summary>Batches without end. Each is a function of the seed and of the step alone, so that a run can go on anywhere.</summary>
internal interface ITrainingBatches : IDisposable
{
    /// <summary>Goes to the batch of one step: <see cref="Next"/> returns that one.</summary>
    void Seek(long step);

    /// <summary>The next batch, one example after the other; valid until the next call. Allocates nothing.</summary>
    ReadOnlySpan<float> Next();
}

/// <summary>Images, in a new order in every epoch.</summary>
internal sealed class ImageBatches(ImageSet images, int batchSize, ulong seed) : ITrainingBatches
{
    readonly BatchSource source = new(images, batchSize, seed);

    public int BatchesPerEpoch => source.BatchesPerEpoch;

    public void Seek(long step) => source.Seek(step / source.BatchesPerEpoch, (int)(step % source.BatchesPerEpoch));

    public ReadOnlySpan<float> Next() => source.Next();

    public void Dispose() => source.Dispose();
}

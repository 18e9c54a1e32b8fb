namespace Zoo.Samples.Data;

/// <summary>Batches without end. Each is a function of the seed and of the step alone, so that a run can go on anywhere.</summary>
internal interface ITrainingBatches : IDisposable
{
    /// <summary>Goes to the batch of one step: <see cref="Next"/> returns that one.</summary>
    void Seek(long step);

    /// <summary>The next batch; valid until the next call. Allocates nothing.</summary>
    StepData Next();
}

/// <summary>What a step is given.</summary>
/// <param name="examples">One after the other.</param>
/// <param name="labels">One for each, or none.</param>
/// <param name="condition">One for each, or none.</param>
internal readonly ref struct StepData(
    ReadOnlySpan<float> examples, ReadOnlySpan<int> labels = default, ReadOnlySpan<float> condition = default)
{
    public ReadOnlySpan<float> Examples { get; } = examples;

    public ReadOnlySpan<int> Labels { get; } = labels;

    public ReadOnlySpan<float> Condition { get; } = condition;
}

/// <summary>What a model takes of images and their labels; valid until the next call.</summary>
internal delegate StepData TakeImages(ReadOnlySpan<float> images, ReadOnlySpan<int> labels);

/// <summary>Images, in a new order in every epoch.</summary>
/// <param name="images">The set.</param>
/// <param name="batchSize">Images in a batch.</param>
/// <param name="seed">With the epoch, decides the order.</param>
/// <param name="take">What the model takes of them; null for the images alone.</param>
/// <param name="augmentation">What is done to each; null for nothing.</param>
internal class ImageBatches(
    ImageSet images, int batchSize, ulong seed, TakeImages? take = null, Augmentation? augmentation = null) : ITrainingBatches
{
    readonly BatchSource source = new(images, batchSize, seed, augmentation: augmentation);

    public int BatchesPerEpoch => source.BatchesPerEpoch;

    public virtual void Seek(long step) => source.Seek(step / source.BatchesPerEpoch, (int)(step % source.BatchesPerEpoch));

    public virtual StepData Next()
    {
        var batch = source.Next();
        return take is null ? new(batch) : take(batch, source.Labels);
    }

    public virtual void Dispose() => source.Dispose();
}

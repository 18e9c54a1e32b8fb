namespace Zoo.Samples.Data;

/// <summary>Examples that are floats already, in a new order in every epoch.</summary>
/// <param name="examples">[count × size].</param>
/// <param name="size">Numbers of an example.</param>
/// <param name="batchSize">Examples in a batch.</param>
/// <param name="seed">With the epoch, decides the order.</param>
internal sealed class FloatBatches(float[] examples, int size, int batchSize, ulong seed) : ITrainingBatches
{
    readonly BatchSource source = new(examples, size, batchSize, seed);

    public int BatchesPerEpoch => source.BatchesPerEpoch;

    public void Seek(long step) => source.Seek(step / source.BatchesPerEpoch, (int)(step % source.BatchesPerEpoch));

    public StepData Next() => new(source.Next());

    public void Dispose() => source.Dispose();
}

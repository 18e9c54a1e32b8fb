namespace Zoo.Samples.Data;

/// <summary>Four one-hot rows by turns, the same in every step: a quarter of the batch each.</summary>
internal sealed class FourPointsBatches : ITrainingBatches
{
    public const int Count = 4;

    readonly float[] rows;

    public FourPointsBatches(int batchSize) => rows = Rows(batchSize);

    /// <summary>So many rows by turns.</summary>
    public static float[] Rows(int count)
    {
        var rows = new float[count * Count];
        for (var row = 0; row < count; row++) rows[row * Count + row % Count] = 1;
        return rows;
    }

    public void Seek(long step) { }

    public StepData Next() => new(rows);

    public void Dispose() { }
}

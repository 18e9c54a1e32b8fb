namespace Zoo.Benchmarks.Replay;

/// <summary>What a step of a replayed model is given.</summary>
/// <param name="X">Examples, one after the other.</param>
/// <param name="Labels">One for each, or none.</param>
/// <param name="Condition">Conditions, one after the other, or none.</param>
sealed record ReplayBatch(float[] X, int[] Labels, float[] Condition)
{
    /// <summary>A step of a model on it.</summary>
    public void Step(IGenerativeModel model, Span<float> losses) => model.Step(X, Labels, Condition, losses);
}

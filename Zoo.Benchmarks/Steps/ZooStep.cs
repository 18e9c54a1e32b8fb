namespace Zoo.Benchmarks.Steps;

/// <summary>A generated class as cases hold it.</summary>
/// <param name="Model">The instance.</param>
/// <param name="Train">Its update without losses, which the interface does not have.</param>
sealed record ZooModel(IGenerativeModel Model, Action<ReadOnlySpan<float>, ReadOnlySpan<int>> Train)
{
    public static ZooModel Of<T>(T model, Func<T, Action<ReadOnlySpan<float>>> train)
        where T : IGenerativeModel
    {
        var trained = train(model);
        return new(model, (batch, _) => trained(batch));
    }

    /// <summary>A model that takes labels.</summary>
    public static ZooModel OfLabelled<T>(T model, Func<T, Action<ReadOnlySpan<float>, ReadOnlySpan<int>>> train)
        where T : IGenerativeModel => new(model, train(model));
}

/// <summary>Our side of a case: the class that the generator made for it, fed one batch until it is given the next.</summary>
sealed class ZooStep : IDisposable
{
    readonly IGenerativeModel model;
    readonly Action<ReadOnlySpan<float>, ReadOnlySpan<int>> train;
    readonly int exampleSize, calls;
    readonly float[] batch;
    readonly int[] labels;
    readonly float[] losses;

    ZooStep(ZooModel own, StepCase of)
    {
        (model, train, exampleSize, calls) = (own.Model, own.Train, of.ExampleSize, of.Calls);
        batch = new float[of.Batch * of.ExampleSize];
        losses = new float[model.LossNames.Length];
        var random = new Random(1);
        for (var i = 0; i < batch.Length; i++) batch[i] = random.NextSingle();
        labels = [.. Enumerable.Range(0, of.Classes > 0 ? of.Batch : 0).Select(i => i % of.Classes)];
    }

    /// <summary>What the last <see cref="Step"/> read back.</summary>
    public ReadOnlySpan<float> Losses => losses;

    /// <summary>Has from now on the images of the batch with this ordinal, instead of noise.</summary>
    public void TakeImages(int ordinal) => EmbeddedImages.Copy(ordinal * model.BatchSize, exampleSize, batch);

    /// <summary>Has from now on the parameters of another instance; moments and counters stay its own.</summary>
    public void TakeParameters(ZooStep other)
    {
        foreach (var parameter in model.Parameters)
        {
            var values = new float[parameter.Length];
            other.model.Parameters[parameter.Name].CopyTo(values);
            parameter.CopyFrom(values);
        }
    }

    /// <summary>The unit's updates alone, no loss computed: what the peer does.</summary>
    public void Train()
    {
        for (var i = 0; i < calls; i++) train(batch, labels);
    }

    /// <summary>The unit's updates with their losses read back.</summary>
    public void Step()
    {
        for (var i = 0; i < calls; i++) model.Step(batch, labels, default, losses);
    }

    public static ZooStep Create(StepCase of, Device device) => new(of.Own(device), of);

    public void Dispose() => model.Dispose();
}

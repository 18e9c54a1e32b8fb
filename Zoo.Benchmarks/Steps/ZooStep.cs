using Zoo.Benchmarks.Models;
using Zoo.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary>Our side of a case: the class that the generator made for it, fed one batch until it is given the next.</summary>
sealed class ZooStep : IDisposable
{
    readonly IGenerativeModel model;
    readonly Action<float[]> train;
    readonly int exampleSize;
    readonly float[] batch;
    readonly float[] losses;

    ZooStep(IGenerativeModel model, Action<float[]> train, VaeCase vae)
    {
        (this.model, this.train, exampleSize) = (model, train, vae.Input);
        batch = new float[vae.Batch * vae.Input];
        losses = new float[model.LossNames.Length];
        var random = new Random(1);
        for (var i = 0; i < batch.Length; i++) batch[i] = random.NextSingle();
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

    /// <summary>The update alone, no loss computed: what the peer does.</summary>
    public void Train() => train(batch);

    /// <summary>The update with its losses read back.</summary>
    public void Step() => model.Step(batch, default, default, losses);

    public static ZooStep Create(VaeCase vae, Device device)
    {
        switch (vae.Name)
        {
            case "vae-784-400-20-b128":
                var fashion = new FashionVae(1, device);
                return new(fashion, x => fashion.Train(x), vae);
            case "vae-784-400-20-b32":
                var small = new SmallBatchVae(1, device);
                return new(small, x => small.Train(x), vae);
            case "vae-64-128-2-b100":
                var digits = new DigitsVae(1, device);
                return new(digits, x => digits.Train(x), vae);
            default:
                throw new ArgumentOutOfRangeException(nameof(vae), vae.Name, "No class is declared for this case.");
        }
    }

    public void Dispose() => model.Dispose();
}

using Zoo.Benchmarks.Models;
using Zoo.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary>Our side of a case: the class that the generator made for it, fed one batch again and again.</summary>
sealed class ZooStep(IGenerativeModel model, Action<float[]> train, VaeCase vae) : IDisposable
{
    readonly float[] batch = Batch(vae);
    readonly float[] losses = new float[model.LossNames.Length];

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

    static float[] Batch(VaeCase vae)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, vae.Batch * vae.Input).Select(_ => random.NextSingle())];
    }
}

using System.Diagnostics;
using System.Globalization;
using Zoo.Models;

namespace Zoo.Benchmarks.Training;

/// <summary>
/// <c>fashion</c>: a VAE on all 60,000 images of Fashion-MNIST with several seeds; −ELBO of the 10,000 test images (grey pixels as
/// Bernoulli targets, nats an image, one draw of z each) after every epoch, and the worst seed at the end.
/// </summary>
static class FashionReport
{
    static readonly Dictionary<string, Func<ulong, TrainedVae>> Models = new()
    {
        [nameof(FashionVae)] = seed => TrainedVae.Of(new FashionVae(seed), vae => vae.Train, (vae, x) => vae.Evaluate(x).Elbo),
        [nameof(FashionConvolutionalVae)] = seed =>
            TrainedVae.Of(new FashionConvolutionalVae(seed), vae => vae.Train, (vae, x) => vae.Evaluate(x).Elbo),
    };

    public static int Run(string[] arguments)
    {
        string Option(string name, string otherwise) =>
            Array.IndexOf(arguments, name) is >= 0 and var i && i + 1 < arguments.Length ? arguments[i + 1] : otherwise;
        var epochs = int.Parse(Option("--epochs", "10"), CultureInfo.InvariantCulture);
        var seeds = int.Parse(Option("--seeds", "3"), CultureInfo.InvariantCulture);
        var folder = Option("--data", "/usr/share/datasets/fashion-mnist");
        var name = Option("--model", nameof(FashionVae));
        if (!Models.TryGetValue(name, out var create))
        {
            Console.Error.WriteLine($"There is no model {name} here, but {string.Join(", ", Models.Keys)}.");
            return 2;
        }
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder {folder}. Install the Debian package dataset-fashion-mnist, or give a folder "
                + "with the four IDX files by --data.");
            return 2;
        }
        var train = ImageSet.LoadFolder(folder, training: true);
        var test = ImageSet.LoadFolder(folder, training: false);
        var x = new float[test.Count * test.ExampleSize];
        test.CopyExamples(0, test.Count, x);
        var worst = 0.0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var vae = create((ulong)seed);
            using var model = vae.Model;
            using var source = new BatchSource(train, model.BatchSize, (ulong)seed);
            var watch = Stopwatch.StartNew();
            var values = new List<double>();
            for (var epoch = 0; epoch < epochs; epoch++)
            {
                for (var i = 0; i < source.BatchesPerEpoch; i++) vae.Train(source.Next());
                values.Add(-vae.Elbo(x));
            }
            worst = Math.Max(worst, values[^1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}: test −ELBO {string.Join(" ", values.Select(v => v.ToString("F2", CultureInfo.InvariantCulture)))}  "
                    + $"({watch.Elapsed.TotalSeconds:F1} s)"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worst of {seeds} seeds after {epochs} epochs: {worst:F2} nats"));
        return 0;
    }

    /// <summary>A VAE as this report holds it.</summary>
    sealed record TrainedVae(IGenerativeModel Model, Action<ReadOnlySpan<float>> Train, Func<float[], float> Elbo)
    {
        public static TrainedVae Of<T>(T vae, Func<T, Action<ReadOnlySpan<float>>> train, Func<T, float[], float> elbo)
            where T : IGenerativeModel => new(vae, train(vae), x => elbo(vae, x));
    }
}

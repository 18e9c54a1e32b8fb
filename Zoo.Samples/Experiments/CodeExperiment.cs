using System.Diagnostics;
using System.Globalization;
using Zoo.Models;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Progress;
using Zoo.Samples.Training;

namespace Zoo.Samples.Experiments;

/// <summary>
/// Which garment a test image is, by its nearest training image: of pixels, of random projections, and of a BiGAN's codes before and after
/// training, which has seen no label. What was finished or stopped is kept in the folder and not done again.
/// </summary>
/// <param name="settings">Data, epochs and device of the trainings; the seed is replaced.</param>
/// <param name="seeds">Trainings and projections, from the seeds 1 on.</param>
/// <param name="folder">For results and stopped runs.</param>
/// <param name="threads">To compare images with.</param>
internal sealed class CodeExperiment(TrainingSettings settings, int seeds, string folder, int threads)
{
    const string Pixels = "pixels", Projection = "random projection";

    static readonly Recipe Recipe = RecipeBook.Named(FashionBiGan.Card.Name);

    static readonly string Trained = Recipe.Name, Untrained = Recipe.Name + ", untrained";

    // Numbers of a code, as its encoder's last layer has them.
    static readonly int CodeSize = FashionBiGan.Card.Layers.Last(layer => layer.Name.StartsWith("encoder.", StringComparison.Ordinal))
        .Output[0];

    readonly ResultLines<CodeResult> results = new(Path.Combine(folder, "results.jsonl"), CodeResultJson.Lines.CodeResult);
    readonly DataSource data = Opened(settings);
    (float[] Training, float[] Test)? loaded;
    long done;

    /// <summary>Epochs of each training.</summary>
    int Epochs => settings.Epochs!.Value;

    public string DataName => string.Create(CultureInfo.InvariantCulture,
        $"{data.Name}: {data.Training.Count:N0} training images, {data.Test.Count:N0} test images");

    /// <summary>Steps of all trainings.</summary>
    public long Length => (long)seeds * Epochs * (data.Training.Count / BatchSize());

    public int Rows => 1 + 3 * seeds;

    /// <summary>A result for each row and seed; fewer where it was told to stop.</summary>
    /// <exception cref="CommandException">A training diverged.</exception>
    public IReadOnlyList<CodeResult> Run(IProgressDisplay display, CancellationToken stop)
    {
        var finished = new List<CodeResult>();
        foreach (var (codes, seed, epochs) in Trials())
        {
            if (stop.IsCancellationRequested || Trial(codes, seed, epochs, display, stop) is not { } result) break;
            finished.Add(result);
        }
        return finished;
    }

    IEnumerable<(string Codes, ulong Seed, int Epochs)> Trials()
    {
        yield return (Pixels, 0, 0);
        foreach (var (codes, epochs) in new[] { (Projection, 0), (Untrained, 0), (Trained, Epochs) })
            for (var seed = 1; seed <= seeds; seed++) yield return (codes, (ulong)seed, epochs);
    }

    CodeResult? Trial(string codes, ulong seed, int epochs, IProgressDisplay display, CancellationToken stop)
    {
        var isModel = codes == Trained || codes == Untrained;
        var size = codes == Pixels ? data.Training.ExampleSize : CodeSize;
        var wanted = new CodeResult(codes, size, seed, epochs, DataName, isModel ? Settings() : "", 0, 0);
        var steps = epochs * (long)(data.Training.Count / BatchSize());
        var (note, begun) = (" (known)", done);
        var result = results.Find(known => known.Key == wanted.Key);
        if (result is null)
        {
            if (Measure(wanted, display, stop) is not { } measured) return null;
            (result, note) = measured;
            results.Add(result);
        }
        done = begun + steps;
        display.At(done, () => $"{codes}, seed {seed}");
        display.Line(Row(result) + note);
        return result;
    }

    (CodeResult Result, string Note)? Measure(CodeResult wanted, IProgressDisplay display, CancellationToken stop)
    {
        if (wanted.Codes == Pixels) return (Told(wanted, Images()), "");
        if (wanted.Codes == Projection)
        {
            float[] Projected(float[] rows) => RandomProjection.Of(rows, data.Training.ExampleSize, CodeSize, wanted.Seed);
            return (Told(wanted, (Projected(Images().Training), Projected(Images().Test))), "");
        }
        if (wanted.Epochs == 0)
        {
            using var fresh = new FashionBiGan(wanted.Seed, settings.Device);
            return (Told(wanted, Codes(fresh)), "");
        }
        var stopped = Path.Combine(folder, $"{Trained}-seed{wanted.Seed}-of{wanted.Epochs}.safetensors");
        var resume = File.Exists(stopped) ? stopped : null;
        using var run = Recipe.Open(settings with { Seed = wanted.Seed, Resume = resume });
        var started = Stopwatch.GetTimestamp();
        if (!new TrainingLoop(run).Run(new Steps(display, done, wanted.Seed), _ => { }, stop))
        {
            run.Model.Save(stopped);
            return null;
        }
        var trained = wanted with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
        var result = Told(trained, Codes((FashionBiGan)run.Model));
        File.Delete(stopped);
        return (result, resume is null ? "" : " (after a stop)");
    }

    CodeResult Told(CodeResult of, (float[] Training, float[] Test) codes) => of with
    {
        Accuracy = NearestNeighbour.Accuracy(
            codes.Training, Labels(data.Training), codes.Test, Labels(data.Test), of.Size, threads),
    };

    (float[] Training, float[] Test) Codes(FashionBiGan model)
    {
        float[] Of(float[] images)
        {
            var codes = new float[images.Length / data.Training.ExampleSize * CodeSize];
            model.Encode(images, codes);
            return codes;
        }
        return (Of(Images().Training), Of(Images().Test));
    }

    (float[] Training, float[] Test) Images()
    {
        return loaded ??= (All(data.Training), All(data.Test));

        static float[] All(ImageSet set)
        {
            var values = new float[set.Count * set.ExampleSize];
            set.CopyExamples(0, set.Count, values);
            return values;
        }
    }

    static int[] Labels(ImageSet set) => [.. set.Labels.ToArray().Select(label => (int)label)];

    /// <summary>The images, once it is known that the model can be trained on them.</summary>
    static DataSource Opened(TrainingSettings settings)
    {
        var data = DataSource.Open(settings.Data, settings.SkipsUnreadable);
        data.RequireFor(BatchSize());
        return data;
    }

    static int BatchSize()
    {
        using var fresh = new FashionBiGan(0, Device.Cpu);
        return fresh.BatchSize;
    }

    // What a result depends on beside the trial itself.
    static string Settings()
    {
        using var fresh = new FashionBiGan(0, Device.Cpu);
        return ModelSettings.Of(fresh, FashionBiGan.Card);
    }

    public static string Heading { get; } = "codes                    numbers  seed  epochs  1-NN accuracy  seconds";

    static string Row(CodeResult result) => string.Create(CultureInfo.InvariantCulture,
        $"{result.Codes,-24} {result.Size,7} {result.Seed,5} {result.Epochs,7} {100 * result.Accuracy,12:F2} % {result.Seconds,8:F1}");

    /// <summary>The steps of one training on the way to those of all; its own table is not shown.</summary>
    sealed class Steps(IProgressDisplay display, long before, ulong seed) : IProgressDisplay
    {
        public void Show(IEnumerable<string> heading, long length, Action work) => work();

        public void At(long position, Func<string> status) => display.At(before + position, () => $"seed {seed}, {status()}");

        public void Line(string text) { }
    }
}

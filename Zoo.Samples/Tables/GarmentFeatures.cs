using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Tables;

/// <summary>
/// A classifier of images of 28 × 28 whose last hidden layer says what an image looks like: two convolutions of stride 2 and 64 features.
/// Its distances are of this classifier and no other; they are not those that Inception's features give.
/// </summary>
[Model(Input = [1, 28, 28], Classes = 10, Batch = 100)]
[Adam]
internal sealed partial class GarmentFeatures
{
    /// <summary>Numbers of an image.</summary>
    public const int Size = 64;

    [Network]
    static Tensor Features(Tensor x) => x.Conv2d(32, kernel: 4, stride: 2, padding: 1).Relu()
        .Conv2d(64, kernel: 4, stride: 2, padding: 1).Relu().Flatten().Dense(Size).Relu();

    [Network]
    static Categorical Classify(Tensor x) => new(Features(x).Dense(10));

    [Phase]
    static Tensor CrossEntropy(Tensor x, Tensor y) => -Classify(x).LogProbability(y);
}

/// <summary>What the classifier sees in images, and how far generated ones are from those of the test.</summary>
internal sealed class ImageFeatures : IDisposable
{
    const ulong Seed = 1;

    // Of all pairs, so the time grows with the square.
    const int MostCompared = 5000;
    const int Neighbours = 3;

    readonly GarmentFeatures classifier;
    readonly float[] test;

    ImageFeatures(GarmentFeatures classifier, DataSource data)
    {
        this.classifier = classifier;
        var images = TestPart.Of(data).Examples;
        test = Of(images);
        var scores = new float[data.Test.Count * 10];
        classifier.RunClassify(images, scores);
        Accuracy = scores.Chunk(10).Index().Count(row => row.Item.Index().MaxBy(score => score.Item).Index == data.Test.Label(row.Index))
            / (double)data.Test.Count;
    }

    /// <summary>Of the test images, the part whose class it tells.</summary>
    public double Accuracy { get; }

    /// <summary>Loads the classifier from where it is kept, or trains it.</summary>
    /// <returns>Null where it was told to stop.</returns>
    public static ImageFeatures? Of(DataSource data, string folder, long steps, TrialWork work)
    {
        var path = Path.Combine(folder, "classifier.safetensors");
        if (File.Exists(path)) return new(Checkpoints.Load<GarmentFeatures>("--out", path, work.Device), data);
        var classifier = work.Trained(
            (_, device) => new GarmentFeatures(Seed, device),
            fresh => new ImageBatches(data.Training, fresh.BatchSize, Seed, static (images, labels) => new(images, labels)), steps);
        if (classifier is null) return null;
        classifier.Save(path);
        return new(classifier, data);
    }

    /// <summary>Fréchet distance, precision and recall of images beside those of the test.</summary>
    /// <param name="images">[count × 784].</param>
    /// <param name="threads">To compute with.</param>
    public Dictionary<string, double> Compare(float[] images, int threads)
    {
        const int size = GarmentFeatures.Size;
        var features = Of(images);
        var distance = FrechetDistance.Between(test, features, size);
        var count = Math.Min(Math.Min(test.Length, features.Length) / size, MostCompared) * size;
        var both = FidelityAndDiversity.Measure(test.AsMemory(0, count), features.AsMemory(0, count), size, Neighbours, threads);
        return new() { ["frechet"] = distance, ["precision"] = 100 * both.Precision, ["recall"] = 100 * both.Recall };
    }

    float[] Of(float[] images)
    {
        var features = new float[images.Length / 784 * GarmentFeatures.Size];
        classifier.RunFeatures(images, features);
        return features;
    }

    public void Dispose() => classifier.Dispose();
}

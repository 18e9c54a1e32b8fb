namespace Zoo.Samples.Data;

/// <summary>
/// Images of which some are told their class: in every batch the first rows have labels, from the first images of each class in a new order
/// again and again, and the others, from all images, have none: −1.
/// </summary>
/// <param name="images">The set; only the labels of those few are read from it.</param>
/// <param name="batchSize">Images in a batch.</param>
/// <param name="seed">With the epoch, decides the order.</param>
/// <param name="labelled">How many are told their class, equally many of each.</param>
/// <param name="classes">How many classes there are.</param>
/// <param name="rows">Rows of a batch that have labels.</param>
/// <param name="augmentation">What is done to each image; null for nothing.</param>
internal sealed class PartlyLabelledBatches(
    ImageSet images, int batchSize, ulong seed, int labelled, int classes, int rows, Augmentation? augmentation = null)
    : ImageBatches(images, batchSize - rows, seed, augmentation: augmentation)
{
    readonly BatchSource known =
        new(FirstOfEach(images, labelled, classes), rows, seed + 1, augmentation: augmentation);
    readonly float[] examples = new float[batchSize * images.ExampleSize];
    readonly int[] labels = new int[batchSize];

    /// <summary>One image in so many is told its class, and one row of a batch.</summary>
    public static PartlyLabelledBatches OneIn(int share, ImageSet images, int batchSize, ulong seed, int classes) =>
        new(images, batchSize, seed, images.Count / share, classes, batchSize / share);

    /// <summary>The first so many images of a set, equally many of each class.</summary>
    public static ImageSet FirstOfEach(ImageSet images, int count, int classes)
    {
        int[] chosen = [.. Enumerable.Range(0, classes).SelectMany(label =>
            Enumerable.Range(0, images.Count).Where(i => images.Label(i) == label).Take(count / classes))];
        return new(images.Shape, chosen.SelectMany(i => images.Image(i).ToArray()).ToArray(),
            chosen.Select(i => (byte)images.Label(i)).ToArray());
    }

    public override void Seek(long step)
    {
        base.Seek(step);
        known.Seek(step / known.BatchesPerEpoch, (int)(step % known.BatchesPerEpoch));
    }

    public override StepData Next()
    {
        known.Next().CopyTo(examples);
        known.Labels.CopyTo(labels);
        base.Next().Examples.CopyTo(examples.AsSpan(known.BatchSize * known.ExampleSize));
        labels.AsSpan(known.BatchSize).Fill(-1);
        return new(examples, labels);
    }

    public override void Dispose()
    {
        known.Dispose();
        base.Dispose();
    }
}

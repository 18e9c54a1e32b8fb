using System.Runtime.ExceptionServices;

namespace Zoo;

/// <summary>
/// Batches of examples without end, epoch after epoch, each epoch in its own order. One thread prepares the next batch while the caller
/// works on the last one; after construction nothing is allocated.
/// </summary>
/// <remarks>
/// <para>
/// The order of an epoch is a pure function of (seed, epoch): a Fisher–Yates shuffle of 0 … count − 1 (Durstenfeld 1964: for i = count − 1
/// … 1 swap i with j, j uniform in [0, i]) by a SplitMix64 stream of that epoch. So <see cref="Seek"/> to any place replays what a run that
/// came there the long way saw.
/// </para>
/// <para>
/// An <see cref="Augmentation"/> changes each example afresh in every epoch, by draws that are a function of (seed, epoch, example).
/// </para>
/// <para>
/// An epoch has ⌊count / batch⌋ batches. Examples that do not fill a last batch are left out of that epoch; with shuffling they are others
/// in every epoch.
/// </para>
/// <para>
/// Images come as floats from 0 to 1, channels first, as a Bernoulli likelihood takes them. All other values are handed through as they
/// are, NaN and infinities too: a Bernoulli likelihood takes 0 to 1, a Gaussian one and a discriminator any finite number. Neither
/// <c>Step</c> nor this
/// class looks; <see cref="DataRange"/> does.
/// </para>
/// <para>For one consumer: calls must not overlap.</para>
/// </remarks>
public sealed class BatchSource : IDisposable
{
    readonly IExamples examples;
    readonly ulong seed;
    readonly bool shuffle;
    readonly Augmenter? augmenter;
    readonly int[] order;
    readonly Thread thread;

    // Of the two buffers the caller has one and the thread the other. Each semaphore is the right to touch what it names, so no lock is
    // needed.
    readonly SemaphoreSlim filled = new(0);
    readonly SemaphoreSlim free = new(1);
    readonly float[][] values = new float[2][];
    readonly int[][] labels = new int[2][];
    int held = 1;

    // What the thread fills next; the caller may write these only while it holds filled.
    long fillEpoch;
    int fillPosition;
    long orderEpoch = -1;
    Exception? failure;
    volatile bool stopping;

    bool disposed;
    bool started;

    /// <summary>Batches of images, as floats in [0, 1].</summary>
    /// <param name="images">The images; read on another thread while this source lives.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all; false gives the order of the set in every epoch.</param>
    /// <param name="augmentation">What to do to each image; null hands them through.</param>
    /// <exception cref="ArgumentException">
    /// No images, a batch size below 1 or above their number, or an augmentation that does not fit their shape.
    /// </exception>
    public BatchSource(ImageSet images, int batchSize, ulong seed, bool shuffle = true, Augmentation? augmentation = null)
        : this((IExamples)images, batchSize, seed, shuffle, augmentation) { }

    /// <summary>Batches of rows of floats.</summary>
    /// <param name="rows">[count × <paramref name="exampleSize"/>], in the range that the model takes; not copied, so it must not change
    /// while this source lives.</param>
    /// <param name="exampleSize">Floats of one example.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all.</param>
    /// <param name="labels">[count], or empty where examples have none: <see cref="Labels"/> is then −1 everywhere.</param>
    /// <param name="augmentation">What to do to each row; null hands them through. Cropping and flipping need its shape.</param>
    /// <exception cref="ArgumentException">
    /// No rows, a length that is no multiple of the example size, another number of labels, or a batch size or augmentation that does not
    /// fit.
    /// </exception>
    public BatchSource(
        ReadOnlyMemory<float> rows, int exampleSize, int batchSize, ulong seed, bool shuffle = true, ReadOnlyMemory<int> labels = default,
        Augmentation? augmentation = null)
        : this(new FloatExamples(rows, exampleSize, labels), batchSize, seed, shuffle, augmentation) { }

    /// <summary>Batches of any examples.</summary>
    /// <param name="examples">The examples; read on another thread while this source lives.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all.</param>
    /// <param name="augmentation">What to do to each example; null hands them through.</param>
    /// <exception cref="ArgumentException">
    /// No examples, a batch size below 1 or above their number, or an augmentation that does not fit them.
    /// </exception>
    public BatchSource(IExamples examples, int batchSize, ulong seed, bool shuffle = true, Augmentation? augmentation = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0)
            throw new ArgumentException("There are no examples to make batches of: the data is empty.", nameof(examples));
        if (batchSize < 1 || batchSize > examples.Count)
            throw new ArgumentException($"Expected a batch size from 1 to {examples.Count}, the number of examples, got {batchSize}.",
                nameof(batchSize));
        (this.examples, this.seed, this.shuffle) = (examples, seed, shuffle);
        augmenter = augmentation is null ? null : new Augmenter(augmentation, examples, seed);
        BatchSize = batchSize;
        BatchesPerEpoch = examples.Count / batchSize;
        order = new int[examples.Count];
        for (var i = 0; i < 2; i++)
        {
            values[i] = GC.AllocateArray<float>(checked(batchSize * examples.ExampleSize), pinned: true);
            labels[i] = new int[batchSize];
        }
        thread = new Thread(Fill) { IsBackground = true, Name = "Zoo batch source" };
        thread.Start();
    }

    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Floats of one example.</summary>
    public int ExampleSize => examples.ExampleSize;

    /// <summary>Batches in an epoch: ⌊number of examples / batch size⌋.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Epoch, from 0 on, of the batch that <see cref="Next"/> will return.</summary>
    public long Epoch { get; private set; }

    /// <summary>Ordinal within its epoch, from 0 on, of the batch that <see cref="Next"/> will return.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// [batch]: the classes of the batch that <see cref="Next"/> last returned, −1 where examples have none; empty before the first.
    /// </summary>
    public ReadOnlySpan<int> Labels => started ? labels[held] : [];

    /// <summary>The next batch, [batch × example size]; valid until the next call. Allocates nothing.</summary>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public ReadOnlySpan<float> Next()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        TakeFilled();
        held = 1 - held;
        started = true;
        (Epoch, Position) = (fillEpoch, fillPosition) = Following(fillEpoch, fillPosition);
        free.Release();
        return values[held];
    }

    /// <summary>
    /// Goes to batch <paramref name="batch"/> of <paramref name="epoch"/>: <see cref="Next"/> returns that one. A run of s steps goes on at
    /// epoch s / <see cref="BatchesPerEpoch"/>, batch s mod <see cref="BatchesPerEpoch"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative epoch, or a batch that no epoch has.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public void Seek(long epoch, int batch)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (epoch < 0) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "Expected an epoch of at least 0.");
        if (batch < 0 || batch >= BatchesPerEpoch)
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"Expected a batch from 0 to {BatchesPerEpoch - 1}.");
        TakeFilled();
        (Epoch, Position) = (fillEpoch, fillPosition) = (epoch, batch);
        free.Release();
    }

    /// <summary>Stops the thread and waits for it. Spans handed out stay readable.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        stopping = true;
        free.Release();
        thread.Join();
        free.Dispose();
        filled.Dispose();
    }

    void TakeFilled()
    {
        filled.Wait();
        if (failure is null) return;
        // Stays taken by later calls as well: the thread is gone.
        filled.Release();
        ExceptionDispatchInfo.Throw(failure);
    }

    void Fill()
    {
        while (true)
        {
            free.Wait();
            if (stopping) return;
            // Only the caller moves held, before it gives the right to fill.
            var target = 1 - held;
            try
            {
                FillBatch(values[target], labels[target]);
            }
            catch (Exception error)
            {
                failure = error;
                filled.Release();
                return;
            }
            filled.Release();
        }
    }

    void FillBatch(float[] rows, int[] classes)
    {
        if (orderEpoch != fillEpoch) Order(fillEpoch);
        var size = examples.ExampleSize;
        for (var row = 0; row < BatchSize; row++)
        {
            var example = order[fillPosition * BatchSize + row];
            var destination = rows.AsSpan(row * size, size);
            examples.CopyExample(example, destination);
            augmenter?.Apply(destination, fillEpoch, example);
            classes[row] = examples.Label(example);
        }
    }

    void Order(long epoch)
    {
        // From the identity each time: what an earlier epoch left must not matter.
        for (var i = 0; i < order.Length; i++) order[i] = i;
        orderEpoch = epoch;
        if (!shuffle) return;
        var random = SplitMix64.ForEpoch(seed, epoch);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    (long Epoch, int Position) Following(long epoch, int position) =>
        position + 1 < BatchesPerEpoch ? (epoch, position + 1) : (epoch + 1, 0);
}

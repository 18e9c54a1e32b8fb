using System.Runtime.ExceptionServices;

namespace Zoo;

/// <summary>
/// Batches of examples without end, epoch after epoch, each epoch in its own order. One thread prepares the next batch while the caller works on
/// the last one; after construction nothing is allocated.
/// </summary>
/// <remarks>
/// <para>
/// The order of an epoch is a pure function of (seed, epoch): a Fisher–Yates shuffle of 0 … count − 1 (Durstenfeld 1964: for i = count − 1 … 1 swap i with j,
/// j uniform in [0, i]) by a SplitMix64 stream of that epoch. So <see cref="Seek"/> to any place replays what a run that came there the long way saw.
/// </para>
/// <para>
/// An epoch has ⌊count / batch⌋ batches. Examples that do not fill a last batch are left out of that epoch; with shuffling they are others in every epoch.
/// Values are handed through as they are, NaN and infinities too.
/// </para>
/// <para>For one consumer: calls must not overlap.</para>
/// </remarks>
public sealed class BatchSource : IDisposable
{
    private readonly IExamples _examples;
    private readonly ulong _seed;
    private readonly bool _shuffle;
    private readonly int[] _order;
    private readonly Thread _thread;

    // Of the two buffers the caller has one and the thread the other. Each semaphore is the right to touch what it names, so no lock is needed.
    private readonly SemaphoreSlim _filled = new(0);
    private readonly SemaphoreSlim _free = new(1);
    private readonly float[][] _values = new float[2][];
    private readonly int[][] _labels = new int[2][];
    private int _held = 1;

    // What the thread fills next; the caller may write these only while it holds _filled.
    private long _fillEpoch;
    private int _fillPosition;
    private long _orderEpoch = -1;
    private Exception? _failure;
    private volatile bool _stopping;

    private bool _disposed;
    private bool _started;

    /// <summary>Batches of images, as floats in [0, 1].</summary>
    /// <param name="images">The images; read on another thread while this source lives.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all; false gives the order of the set in every epoch.</param>
    /// <exception cref="ArgumentException">A batch size below 1, or above the number of images.</exception>
    public BatchSource(ImageSet images, int batchSize, ulong seed, bool shuffle = true) : this((IExamples)images, batchSize, seed, shuffle) { }

    /// <summary>Batches of rows of floats.</summary>
    /// <param name="rows">[count × <paramref name="exampleSize"/>]; not copied, so it must not change while this source lives.</param>
    /// <param name="exampleSize">Floats of one example.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all.</param>
    /// <param name="labels">[count], or empty where examples have none: <see cref="Labels"/> is then −1 everywhere.</param>
    /// <exception cref="ArgumentException">A length that is no multiple of the example size, another number of labels, or a batch size that does not fit.</exception>
    public BatchSource(ReadOnlyMemory<float> rows, int exampleSize, int batchSize, ulong seed, bool shuffle = true, ReadOnlyMemory<int> labels = default)
        : this(new FloatExamples(rows, exampleSize, labels), batchSize, seed, shuffle) { }

    /// <summary>Batches of any examples.</summary>
    /// <param name="examples">The examples; read on another thread while this source lives.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">With the epoch, decides the order.</param>
    /// <param name="shuffle">Whether to change the order at all.</param>
    /// <exception cref="ArgumentException">A batch size below 1, or above the number of examples.</exception>
    public BatchSource(IExamples examples, int batchSize, ulong seed, bool shuffle = true)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (batchSize < 1 || batchSize > examples.Count)
            throw new ArgumentException($"Expected a batch size from 1 to {examples.Count}, the number of examples, got {batchSize}.", nameof(batchSize));
        (_examples, _seed, _shuffle) = (examples, seed, shuffle);
        BatchSize = batchSize;
        BatchesPerEpoch = examples.Count / batchSize;
        _order = new int[examples.Count];
        for (var i = 0; i < 2; i++)
        {
            _values[i] = GC.AllocateArray<float>(checked(batchSize * examples.ExampleSize), pinned: true);
            _labels[i] = new int[batchSize];
        }
        _thread = new Thread(Fill) { IsBackground = true, Name = "Zoo batch source" };
        _thread.Start();
    }

    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Floats of one example.</summary>
    public int ExampleSize => _examples.ExampleSize;

    /// <summary>Batches in an epoch: ⌊number of examples / batch size⌋.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Epoch, from 0 on, of the batch that <see cref="Next"/> will return.</summary>
    public long Epoch { get; private set; }

    /// <summary>Ordinal within its epoch, from 0 on, of the batch that <see cref="Next"/> will return.</summary>
    public int Position { get; private set; }

    /// <summary>[batch]: the classes of the batch that <see cref="Next"/> last returned, −1 where examples have none; empty before the first.</summary>
    public ReadOnlySpan<int> Labels => _started ? _labels[_held] : [];

    /// <summary>The next batch, [batch × example size]; valid until the next call. Allocates nothing.</summary>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public ReadOnlySpan<float> Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        TakeFilled();
        _held = 1 - _held;
        _started = true;
        (Epoch, Position) = (_fillEpoch, _fillPosition) = Following(_fillEpoch, _fillPosition);
        _free.Release();
        return _values[_held];
    }

    /// <summary>Goes to batch <paramref name="batch"/> of <paramref name="epoch"/>: <see cref="Next"/> returns that one. A run of s steps goes on at epoch s / <see cref="BatchesPerEpoch"/>, batch s mod <see cref="BatchesPerEpoch"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative epoch, or a batch that no epoch has.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public void Seek(long epoch, int batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (epoch < 0) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "Expected an epoch of at least 0.");
        if (batch < 0 || batch >= BatchesPerEpoch)
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"Expected a batch from 0 to {BatchesPerEpoch - 1}.");
        TakeFilled();
        (Epoch, Position) = (_fillEpoch, _fillPosition) = (epoch, batch);
        _free.Release();
    }

    /// <summary>Stops the thread and waits for it. Spans handed out stay readable.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stopping = true;
        _free.Release();
        _thread.Join();
        _free.Dispose();
        _filled.Dispose();
    }

    private void TakeFilled()
    {
        _filled.Wait();
        if (_failure is null) return;
        // Stays taken by later calls as well: the thread is gone.
        _filled.Release();
        ExceptionDispatchInfo.Throw(_failure);
    }

    private void Fill()
    {
        while (true)
        {
            _free.Wait();
            if (_stopping) return;
            // Only the caller moves _held, before it gives the right to fill.
            var target = 1 - _held;
            try
            {
                FillBatch(_values[target], _labels[target]);
            }
            catch (Exception failure)
            {
                _failure = failure;
                _filled.Release();
                return;
            }
            _filled.Release();
        }
    }

    private void FillBatch(float[] values, int[] labels)
    {
        if (_orderEpoch != _fillEpoch) Order(_fillEpoch);
        var size = _examples.ExampleSize;
        for (var row = 0; row < BatchSize; row++)
        {
            var example = _order[_fillPosition * BatchSize + row];
            _examples.CopyExample(example, values.AsSpan(row * size, size));
            labels[row] = _examples.Label(example);
        }
    }

    private void Order(long epoch)
    {
        // From the identity each time: what an earlier epoch left must not matter.
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
        _orderEpoch = epoch;
        if (!_shuffle) return;
        var random = SplitMix64.ForEpoch(_seed, epoch);
        for (var i = _order.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    private (long Epoch, int Position) Following(long epoch, int position) => position + 1 < BatchesPerEpoch ? (epoch, position + 1) : (epoch + 1, 0);
}

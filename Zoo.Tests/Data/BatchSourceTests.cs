using Xunit;

namespace Zoo.Tests.Data;

public sealed class BatchSourceTests
{
    // Example i is (i, −i) with label 3i: a batch tells which examples are in it.
    static BatchSource Source(int count, int batch, ulong seed = 5, bool shuffle = true) =>
        new(Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i }).ToArray(), 2, batch, seed, shuffle,
            Enumerable.Range(0, count).Select(i => 3 * i).ToArray());

    static int[] Draw(BatchSource source)
    {
        var values = source.Next();
        var indices = new int[source.BatchSize];
        for (var row = 0; row < indices.Length; row++)
        {
            indices[row] = (int)values[2 * row];
            Assert.Equal(-indices[row], values[2 * row + 1]);
            Assert.Equal(3 * indices[row], source.Labels[row]);
        }
        return indices;
    }

    static int[] Draw(BatchSource source, int batches) => [.. Enumerable.Range(0, batches).SelectMany(_ => Draw(source))];

    [Fact]
    public void Every_example_comes_once_an_epoch_in_another_order_each_time()
    {
        using var source = Source(count: 60, batch: 5);
        var epochs = Enumerable.Range(0, 4).Select(_ => Draw(source, 12)).ToArray();
        foreach (var epoch in epochs) Assert.Equal(Enumerable.Range(0, 60), epoch.Order());
        Assert.Equal(4, epochs.Select(e => string.Join(' ', e)).Distinct().Count());
    }

    [Fact]
    public void The_order_is_a_function_of_the_seed()
    {
        using BatchSource one = Source(50, 7, seed: 1), again = Source(50, 7, seed: 1), two = Source(50, 7, seed: 2);
        var order = Draw(one, 21);
        Assert.Equal(order, Draw(again, 21));
        Assert.NotEqual(order, Draw(two, 21));
    }

    [Fact]
    public void The_order_is_the_documented_one()
    {
        // Computed from the description alone, in another language: it may never change, or old runs cannot be resumed.
        using var source = Source(count: 10, batch: 10, seed: 42);
        Assert.Equal([8, 1, 9, 2, 6, 0, 4, 5, 3, 7], Draw(source));
        Assert.Equal([1, 9, 7, 6, 8, 4, 3, 5, 0, 2], Draw(source));
    }

    [Fact]
    public void Without_shuffling_the_order_is_that_of_the_set()
    {
        using var source = Source(count: 11, batch: 4, shuffle: false);
        for (var epoch = 0; epoch < 3; epoch++) Assert.Equal(Enumerable.Range(0, 8), Draw(source, 2));
    }

    [Fact]
    public void The_examples_of_an_incomplete_batch_are_left_out_and_differ_from_epoch_to_epoch()
    {
        using var source = Source(count: 23, batch: 5);
        Assert.Equal(4, source.BatchesPerEpoch);
        var left = Enumerable.Range(0, 12).Select(_ => string.Join(' ', Enumerable.Range(0, 23).Except(Draw(source, 4)))).ToArray();
        Assert.All(left, l => Assert.Equal(3, l.Split(' ').Length));
        Assert.True(left.Distinct().Count() > 8);
    }

    [Fact]
    public void The_shuffle_is_uniform()
    {
        // 6,000 epochs of 4 examples: 24 orders, 250 each expected, standard deviation 15.5.
        using var source = Source(count: 4, batch: 4);
        var counts = Enumerable.Range(0, 6000).GroupBy(_ => string.Join(' ', Draw(source))).Select(g => g.Count()).ToArray();
        Assert.Equal(24, counts.Length);
        var chiSquared = counts.Sum(c => (c - 250.0) * (c - 250.0) / 250);
        Assert.InRange(chiSquared, 5, 55);
    }

    [Fact]
    public void Epoch_and_position_are_those_of_the_next_batch()
    {
        using var source = Source(count: 7, batch: 3);
        (long, int)[] places = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)];
        Assert.True(source.Labels.IsEmpty);
        foreach (var place in places)
        {
            Assert.Equal(place, (source.Epoch, source.Position));
            source.Next();
        }
    }

    [Fact]
    public void Seeking_replays_what_a_run_from_the_start_saw()
    {
        using BatchSource straight = Source(37, 4), seeking = Source(37, 4);
        var all = Enumerable.Range(0, 45).Select(_ => Draw(straight)).ToArray();
        foreach (var step in (int[])[0, 44, 9, 8, 17, 17, 1, 36])
        {
            seeking.Seek(step / 9, step % 9);
            Assert.Equal((step / 9, step % 9), (seeking.Epoch, seeking.Position));
            for (var i = step; i < Math.Min(step + 3, 45); i++) Assert.Equal(all[i], Draw(seeking));
        }
    }

    [Fact]
    public void A_batch_stays_whole_until_the_next_call()
    {
        using var source = Source(count: 4096, batch: 1024);
        for (var i = 0; i < 40; i++)
        {
            var batch = source.Next();
            var copy = batch.ToArray();
            Thread.Sleep(1);
            Assert.True(batch.SequenceEqual(copy));
        }
    }

    [Fact]
    public void Images_come_scaled_with_their_labels()
    {
        var pixels = Enumerable.Range(0, 6 * 4).Select(p => (byte)(10 * p)).ToArray();
        var images = new ImageSet(2, 2, pixels, new byte[] { 9, 8, 7, 6, 5, 4 });
        using var source = new BatchSource(images, 3, seed: 1, shuffle: false);
        source.Next();
        var batch = source.Next();
        Assert.Equal(pixels[12..].Select(p => p / 255f), batch.ToArray());
        Assert.Equal([6, 5, 4], source.Labels.ToArray());
    }

    [Fact]
    public void Values_are_handed_through_as_they_are()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f];
        using var source = new BatchSource(odd, 2, 2, seed: 0, shuffle: false);
        Assert.Equal(odd.Select(BitConverter.SingleToUInt32Bits), source.Next().ToArray().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal([-1, -1], source.Labels.ToArray());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Contains("multiple of 3 floats", Assert.Throws<ArgumentException>(() => new BatchSource(new float[7], 3, 1, 0)).Message);
        Assert.Contains("got 7", Assert.Throws<ArgumentException>(() => new BatchSource(new float[7], 3, 1, 0)).Message);
        Assert.Contains("Expected 2 labels",
            Assert.Throws<ArgumentException>(() => new BatchSource(new float[6], 3, 1, 0, labels: new int[3])).Message);
        Assert.Contains("from 1 to 2", Assert.Throws<ArgumentException>(() => new BatchSource(new float[6], 3, 3, 0)).Message);
        Assert.Throws<ArgumentException>(() => new BatchSource(new float[6], 3, 0, 0));
        Assert.Throws<ArgumentException>(() => new BatchSource(new float[6], 0, 1, 0));
        using var source = Source(9, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Seek(-1, 0));
        Assert.Contains("from 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => source.Seek(0, 3)).Message);
    }

    [Fact]
    public void Disposing_stops_the_thread_and_later_calls_say_so()
    {
        var examples = new Observed();
        var source = new BatchSource(examples, 1, seed: 0);
        source.Next();
        source.Next();
        source.Dispose();
        source.Dispose();
        Assert.False(examples.Reader!.IsAlive);
        Assert.Throws<ObjectDisposedException>(() => source.Next());
        Assert.Throws<ObjectDisposedException>(() => source.Seek(0, 0));
    }

    [Fact]
    public void What_goes_wrong_on_the_other_thread_comes_out_of_Next()
    {
        using var source = new BatchSource(new Observed { Fails = true }, 1, seed: 0);
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => source.Next()).Message);
        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => source.Next()).Message);
    }

    sealed class Observed : IExamples
    {
        public bool Fails { get; init; }
        public Thread? Reader { get; private set; }
        public int Count => 3;
        public int ExampleSize => 1;
        public int Label(int index) => -1;

        public void CopyExample(int index, Span<float> destination)
        {
            Reader = Thread.CurrentThread;
            if (Fails) throw new InvalidOperationException("broken");
        }
    }
}

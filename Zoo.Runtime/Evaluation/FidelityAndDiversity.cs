using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// What part of generated examples looks like data, and what part of the data is generated: improved precision and recall (Kynkäänniemi et
/// al. 2019), density and coverage (Naeem et al. 2020), from rows of features. A set's manifold is taken as the
/// balls around its rows, each reaching, edge included, to the row's k-th nearest neighbour in the set.
/// </summary>
/// <param name="Precision">The part of generated rows within at least one ball of the data, 0 to 1.</param>
/// <param name="Recall">The part of rows of data within at least one ball of generated rows, 0 to 1.</param>
/// <param name="Density">Σ over generated rows of the balls of the data that hold them, by k·their number: 1 for a second sample of the
/// data's own law, on average, and above it where generated rows crowd where the data does. Of an outlier among the data, whose ball is
/// large, it is less afraid than <paramref name="Precision"/>.</param>
/// <param name="Coverage">The part of rows of data whose ball holds at least one generated row, 0 to 1. Of an outlier among generated rows
/// it is less afraid than <paramref name="Recall"/>.</param>
/// <remarks>
/// All four depend on the extractor of the features, on k and on both counts, and can be compared only where these are the same: of a
/// second sample of the data's law, as large as the first, coverage is 1 − 2⁻ᵏ or little more (Naeem et al. 2020, lemma 2).
/// </remarks>
public readonly record struct FidelityAndDiversity(double Precision, double Recall, double Density, double Coverage)
{
    // Rows that are compared with each other before others are read: with their features they stay in a core's cache.
    const int Block = 32;

    /// <summary>Compares two sets of rows, by all distances among and between them; no more than a row's k nearest are kept.</summary>
    /// <param name="data">[count × <paramref name="size"/>], finite.</param>
    /// <param name="generated">[count × <paramref name="size"/>], finite; the counts may differ.</param>
    /// <param name="size">Features of a row, at least 1.</param>
    /// <param name="neighbours">k: at least 1 and less than either count. Kynkäänniemi et al. have 3 and Naeem et al. 5.</param>
    /// <param name="threads">Threads to compute with, at least 1; results do not depend on it.</param>
    /// <exception cref="ArgumentException">No row, a part of one, a value that is not finite, or too many neighbours.</exception>
    public static FidelityAndDiversity Measure(
        ReadOnlyMemory<float> data, ReadOnlyMemory<float> generated, int size, int neighbours, int threads = 1)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 feature of a row.");
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var (real, fake) = (Rows(data.Span, size, nameof(data)), Rows(generated.Span, size, nameof(generated)));
        if (neighbours < 1 || neighbours >= Math.Min(real, fake))
            throw new ArgumentOutOfRangeException(nameof(neighbours), neighbours,
                $"Expected 1 to {Math.Min(real, fake) - 1} neighbours, as the smaller set has {Math.Min(real, fake)} rows.");

        var ofData = Radii(data, size, neighbours, threads, nameof(data));
        var ofGenerated = Radii(generated, size, neighbours, threads, nameof(generated));
        // By row of data: whether a generated ball holds it, whether its own holds a generated row. By generated row: how many hold it.
        var (isRecalled, isCovered, holders) = (new bool[real], new bool[real], new int[fake]);
        Blocks(real, threads, (from, to) => Compare(data.Span, generated.Span, size, ofData, ofGenerated, from, to, Found));
        void Found(int row, int other, bool isHeld, bool holds)
        {
            isRecalled[row] |= isHeld;
            if (!holds) return;
            isCovered[row] = true;
            Interlocked.Increment(ref holders[other]);
        }

        return new(
            (double)holders.Count(count => count > 0) / fake, (double)isRecalled.Count(recalled => recalled) / real,
            holders.Sum(count => (double)count) / neighbours / fake, (double)isCovered.Count(covered => covered) / real);
    }

    /// <summary>
    /// Told of each pair that is near enough: a row of data, a generated one, whether its ball holds the first, and the other way.
    /// </summary>
    delegate void Pair(int row, int other, bool isHeld, bool holds);

    static void Compare(
        ReadOnlySpan<float> data, ReadOnlySpan<float> generated, int size, float[] ofData, float[] ofGenerated, int from, int to, Pair tell)
    {
        for (var start = 0; start < ofGenerated.Length; start += Block)
        {
            for (var row = from; row < to; row++)
            {
                for (var other = start; other < Math.Min(start + Block, ofGenerated.Length); other++)
                {
                    // The edge of a ball belongs to it, so nothing is settled before the sum is beyond it.
                    var limit = MathF.BitIncrement(Math.Max(ofData[row], ofGenerated[other]));
                    var squared = EuclideanDistance.Squared(
                        data.Slice(row * size, size), generated.Slice(other * size, size), limit);
                    var (isHeld, holds) = (squared <= ofGenerated[other], squared <= ofData[row]);
                    if (isHeld || holds) tell(row, other, isHeld, holds);
                }
            }
        }
    }

    /// <summary>Squared distance of each row from its k-th nearest neighbour in its own set.</summary>
    static float[] Radii(ReadOnlyMemory<float> rows, int size, int neighbours, int threads, string name)
    {
        var count = rows.Length / size;
        var radii = new float[count];
        Blocks(count, threads, (from, to) =>
        {
            // Of each row the k least so far, in order.
            var nearest = new float[(to - from) * neighbours];
            Array.Fill(nearest, float.PositiveInfinity);
            for (var start = 0; start < count; start += Block)
            {
                for (var row = from; row < to; row++)
                {
                    var least = nearest.AsSpan((row - from) * neighbours, neighbours);
                    var own = rows.Span.Slice(row * size, size);
                    for (var other = start; other < Math.Min(start + Block, count); other++)
                    {
                        if (other == row) continue;
                        var squared = EuclideanDistance.Squared(own, rows.Span.Slice(other * size, size), least[^1]);
                        if (squared >= least[^1]) continue;
                        var at = neighbours - 1;
                        for (; at > 0 && least[at - 1] > squared; at--) least[at] = least[at - 1];
                        least[at] = squared;
                    }
                }
            }
            for (var row = from; row < to; row++) radii[row] = nearest[(row - from + 1) * neighbours - 1];
        });
        if (Array.FindIndex(radii, float.IsInfinity) is >= 0 and var far)
            throw new ArgumentException(
                $"Expected rows whose squared distances are finite, but those of row {far} are not: scale them.", name);
        return radii;
    }

    static void Blocks(int count, int threads, Action<int, int> work) =>
        Parallel.For(0, (count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = threads },
            block => work(block * Block, Math.Min((block + 1) * Block, count)));

    static int Rows(ReadOnlySpan<float> rows, int size, string name)
    {
        if (rows.IsEmpty || rows.Length % size != 0)
            throw new ArgumentException($"Expected one or more rows of {size} features, got {rows.Length} values.", name);
        DataRange.Finite.Require(rows, size, name);
        return rows.Length / size;
    }
}

using Zoo.Runtime;

namespace Zoo;

/// <summary>
/// Labels of rows by their nearest neighbour (Cover and Hart 1967): what codes are worth whose encoder has seen no label (Donahue et al.
/// 2017, BiGAN, section 4.2).
/// </summary>
public static class NearestNeighbour
{
    /// <summary>For each query the label of the example whose Euclidean distance from it is least; of several the first.</summary>
    /// <param name="examples">[count × <paramref name="size"/>], at least one row of finite numbers.</param>
    /// <param name="labels">One for each example.</param>
    /// <param name="queries">[count × <paramref name="size"/>], finite numbers.</param>
    /// <param name="size">Numbers of a row, at least 1.</param>
    /// <param name="predicted">Receives a label for each query.</param>
    /// <param name="threads">Threads to compute with, at least 1; results do not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// No example, part of a row, a value that is not finite, or another number of labels than of rows.
    /// </exception>
    public static void Classify(
        ReadOnlyMemory<float> examples, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> queries, int size, Memory<int> predicted,
        int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (examples.IsEmpty) throw new ArgumentException("Expected at least one example, got none.", nameof(examples));
        CheckRows(examples.Span, labels.Length, size, nameof(examples));
        CheckRows(queries.Span, predicted.Length, size, nameof(queries));
        if (threads == 1)
        {
            for (var query = 0; query < predicted.Length; query++) Classify(query);
            return;
        }
        Parallel.For(0, predicted.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, Classify);

        void Classify(int query) =>
            predicted.Span[query] = labels.Span[Nearest(examples.Span, queries.Span.Slice(query * size, size))];
    }

    /// <summary>The part of queries whose nearest example has their own label, 0 to 1.</summary>
    /// <param name="examples">[count × <paramref name="size"/>], at least one row of finite numbers.</param>
    /// <param name="labels">One for each example.</param>
    /// <param name="queries">[count × <paramref name="size"/>], at least one row of finite numbers.</param>
    /// <param name="queryLabels">One for each query.</param>
    /// <param name="size">Numbers of a row, at least 1.</param>
    /// <param name="threads">Threads to compute with, at least 1; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// No row, part of a row, a value that is not finite, or another number of labels than of rows.
    /// </exception>
    public static double Accuracy(
        ReadOnlyMemory<float> examples, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> queries, ReadOnlySpan<int> queryLabels, int size,
        int threads = 1)
    {
        if (queryLabels.IsEmpty) throw new ArgumentException("Expected at least one query, got none.", nameof(queryLabels));
        var predicted = new int[queryLabels.Length];
        Classify(examples, labels, queries, size, predicted, threads);
        var right = 0;
        for (var i = 0; i < predicted.Length; i++)
            if (predicted[i] == queryLabels[i]) right++;
        return (double)right / predicted.Length;
    }

    /// <summary>Refuses rows that are not one for each label, or not finite.</summary>
    internal static void CheckRows(ReadOnlySpan<float> rows, int labels, int size, string name)
    {
        if (rows.Length != (long)labels * size)
            throw new ArgumentException(
                $"Expected {(long)labels * size} values ({labels} rows of {size}, one for each label), but got {rows.Length}.", name);
        DataRange.Finite.Require(rows, size, name);
    }

    static int Nearest(ReadOnlySpan<float> examples, ReadOnlySpan<float> query)
    {
        var (nearest, least) = (0, float.PositiveInfinity);
        for (var (start, row) = (0, 0); start < examples.Length; start += query.Length, row++)
        {
            var distance = EuclideanDistance.Squared(examples.Slice(start, query.Length), query, least);
            if (distance < least) (nearest, least) = (row, distance);
        }
        return nearest;
    }
}

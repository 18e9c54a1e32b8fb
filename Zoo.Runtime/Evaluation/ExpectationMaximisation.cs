namespace Zoo.Runtime;

/// <summary>Expectation–maximisation of a mixture of Gaussians on some rows, in double precision.</summary>
sealed class ExpectationMaximisation
{
    const int Block = 256;

    // Below it a component has no rows: its mean would be of nothing but rounding.
    const double LeastShare = 1e-12;

    readonly double[] rows;
    // Mean variance of a coordinate, and what of it every diagonal has more.
    readonly double spread, ridge;
    readonly int size;
    readonly MixtureSettings settings;

    /// <exception cref="ArgumentException">The rows are not such that something can be fitted to them.</exception>
    public ExpectationMaximisation(ReadOnlySpan<float> rows, int size, MixtureSettings settings)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), size, "Expected at least 1 coordinate of a row.");
        if (rows.IsEmpty || rows.Length % size != 0)
            throw new ArgumentException($"Expected one or more rows of {size} numbers, got {rows.Length} values.", nameof(rows));
        DataRange.Finite.Require(rows, size, nameof(rows));
        (this.rows, this.size, this.settings, Count) = (new double[rows.Length], size, settings, rows.Length / size);
        for (var i = 0; i < rows.Length; i++) this.rows[i] = rows[i];
        var (means, variance) = (new double[size], 0.0);
        for (var i = 0; i < rows.Length; i++) means[i % size] += this.rows[i] / Count;
        for (var i = 0; i < rows.Length; i++) variance += (this.rows[i] - means[i % size]) * (this.rows[i] - means[i % size]);
        if (variance == 0) throw new ArgumentException("Expected rows that differ, but all are the same.", nameof(rows));
        spread = variance / rows.Length;
        ridge = settings.Regularisation * spread;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>From a mixture to one that a step hardly improves.</summary>
    public MixtureOfGaussians Run(MixtureOfGaussians mixture)
    {
        var (responsibilities, logs) = (new double[checked(mixture.Components * Count)], new double[Count]);
        var (previous, hasConverged, iterations) = (double.NegativeInfinity, false, 0);
        while (iterations < settings.Iterations && !hasConverged)
        {
            var current = Expect(mixture, responsibilities, logs);
            mixture = Maximise(mixture, responsibilities, default);
            iterations++;
            hasConverged = Math.Abs(current - previous) < settings.Tolerance;
            previous = current;
        }
        var fit = new MixtureFit(Expect(mixture, responsibilities, logs), iterations, hasConverged);
        return Parameters(mixture, fit);
    }

    /// <summary>k-means++ and the covariance within the groups of what is nearest to each.</summary>
    public MixtureOfGaussians Begin(int components, ulong seed, int restart)
    {
        var key = Philox.DrawKey(seed, "mixture:start");
        var (distances, nearest) = (new double[Count], new int[Count]);
        Array.Fill(distances, double.PositiveInfinity);
        var chosen = Philox.Class(Philox.DrawKey(seed, "mixture:first"), restart, 0, 0, Count);
        for (var k = 0; k < components; k++)
        {
            if (k > 0) chosen = Draw(distances, Philox.Uniform(key, restart, 0, k, 0));
            var centre = rows.AsSpan(chosen * size, size);
            for (var row = 0; row < Count; row++)
            {
                var squared = 0.0;
                for (var i = 0; i < size; i++) squared += (rows[row * size + i] - centre[i]) * (rows[row * size + i] - centre[i]);
                if (squared < distances[row]) (distances[row], nearest[row]) = (squared, k);
            }
        }

        var (weights, means) = (new double[components], new double[components * size]);
        var within = new double[size * size];
        foreach (var k in nearest) weights[k] += 1.0 / Count;
        for (var i = 0; i < rows.Length; i++)
        {
            var k = nearest[i / size];
            means[k * size + i % size] += rows[i] / (weights[k] * Count);
        }
        var difference = new double[size];
        for (var row = 0; row < Count; row++)
        {
            for (var i = 0; i < size; i++) difference[i] = rows[row * size + i] - means[nearest[row] * size + i];
            for (var i = 0; i < size; i++) DoubleRows.Add(within.AsSpan(i * size, size), difference[i] / Count, difference);
        }
        for (var i = 0; i < size; i++) within[i * size + i] += ridge;
        // Of as many components as there are different rows nothing is within.
        if (!CholeskyFactor.TryFactor((double[])within.Clone(), size))
            for (var i = 0; i < size; i++) within[i * size + i] += spread / components;
        return MixtureOfGaussians.Estimated(
            weights, means, [.. Enumerable.Repeat(within, components).SelectMany(matrix => matrix)], size, default);
    }

    /// <summary>A row by chance, in proportion to the distances; where all are 0 the first.</summary>
    static int Draw(double[] distances, double uniform)
    {
        var (rest, last) = (uniform * distances.Sum(), 0);
        for (var row = 0; row < distances.Length; row++)
        {
            if (distances[row] == 0) continue;
            last = row;
            rest -= distances[row];
            if (rest < 0) return row;
        }
        return last;
    }

    /// <summary>Writes each component's part of each row, [components × rows]; returns the mean log-likelihood.</summary>
    double Expect(MixtureOfGaussians mixture, double[] responsibilities, double[] logs)
    {
        Parallel.For(0, (Count + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, block =>
        {
            double[] difference = new double[size], joint = new double[mixture.Components];
            for (var row = block * Block; row < Math.Min((block + 1) * Block, Count); row++)
            {
                mixture.LogJoint(rows.AsSpan(row * size, size), difference, joint);
                logs[row] = PartitionFunction.LogSumExp(joint);
                for (var k = 0; k < joint.Length; k++) responsibilities[k * Count + row] = Math.Exp(joint[k] - logs[row]);
            }
        });
        return logs.Sum() / Count;
    }

    /// <summary>Weights, means and covariances of the rows, each row in the parts that the components have of it.</summary>
    MixtureOfGaussians Maximise(MixtureOfGaussians mixture, double[] responsibilities, MixtureFit fit)
    {
        var components = mixture.Components;
        var (weights, means) = (new double[components], new double[components * size]);
        var covariances = new double[components * size * size];
        Parallel.For(0, components, new ParallelOptions { MaxDegreeOfParallelism = settings.Threads }, (int k) =>
        {
            var parts = responsibilities.AsSpan(k * Count, Count);
            var mean = means.AsSpan(k * size, size);
            var covariance = covariances.AsSpan(k * size * size, size * size);
            var share = 0.0;
            foreach (var part in parts) share += part;
            if (share < LeastShare * Count)
            {
                mixture.Mean(k).CopyTo(mean);
                mixture.Covariance(k).CopyTo(covariance);
                return;
            }
            weights[k] = share / Count;
            for (var row = 0; row < Count; row++)
                DoubleRows.Add(mean, parts[row] / share, rows.AsSpan(row * size, size));
            var difference = new double[size];
            for (var row = 0; row < Count; row++)
            {
                if (parts[row] == 0) continue;
                for (var i = 0; i < size; i++) difference[i] = rows[row * size + i] - mean[i];
                for (var i = 0; i < size; i++)
                    DoubleRows.Add(covariance[(i * size + i)..((i + 1) * size)], parts[row] / share * difference[i], difference.AsSpan(i));
            }
            for (var i = 0; i < size; i++)
            {
                covariance[i * size + i] += ridge;
                for (var j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i];
            }
        });
        return MixtureOfGaussians.Estimated(weights, means, covariances, size, fit);
    }

    static MixtureOfGaussians Parameters(MixtureOfGaussians mixture, MixtureFit fit)
    {
        var components = Enumerable.Range(0, mixture.Components);
        return MixtureOfGaussians.Estimated([.. mixture.Weights], [.. components.SelectMany(k => mixture.Mean(k).ToArray())],
            [.. components.SelectMany(k => mixture.Covariance(k).ToArray())], mixture.Size, fit);
    }
}

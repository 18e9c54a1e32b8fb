namespace Zoo.Runtime;

/// <summary>log p(v) = −F(v) − log Z of a restricted Boltzmann machine.</summary>
public static class BoltzmannLikelihood
{
    /// <summary>With log Z by enumeration.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="freeEnergy">Program that computes F.</param>
    /// <param name="result">Where F lies.</param>
    /// <param name="size">Visible units.</param>
    /// <param name="variance">As of <see cref="BoltzmannWeights"/>.</param>
    /// <param name="v">Examples.</param>
    /// <param name="perRow">Receives log p(v) of each, or is empty.</param>
    public static double Exact(
        ModelEngine engine, int freeEnergy, int result, int size, float variance, ReadOnlySpan<float> v, Span<double> perRow)
    {
        Check(v, size, perRow);
        return With(engine, freeEnergy, result, size, v, PartitionFunction.Log(engine, variance, null), perRow);
    }

    /// <summary>With a log Z of the caller's.</summary>
    /// <inheritdoc cref="Exact"/>
    /// <param name="logPartition">log Z.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    public static double With(
        ModelEngine engine, int freeEnergy, int result, int size, ReadOnlySpan<float> v, double logPartition, Span<double> perRow)
#pragma warning restore CS1573
    {
        var (rows, energies) = (Check(v, size, perRow), new float[engine.ChunkRows]);
        var total = 0.0;
        for (var row = 0; row < rows; row += energies.Length)
        {
            var count = Math.Min(energies.Length, rows - row);
            engine.Run(freeEnergy, new ProgramRun(count, engine.State.Seed, 0, 0, row, rows),
                new Inputs(v.Slice(row * size, count * size), size));
            engine.Results(result, energies.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                var logLikelihood = -energies[i] - logPartition;
                if (!perRow.IsEmpty) perRow[row + i] = logLikelihood;
                total += logLikelihood;
            }
        }
        return total / rows;
    }

    static int Check(ReadOnlySpan<float> v, int size, Span<double> perRow)
    {
        var rows = Arguments.SomeRows(v, size, nameof(v));
        if (!perRow.IsEmpty && perRow.Length != rows)
            throw new ArgumentException($"Expected room for {rows} rows, but got {perRow.Length}.", nameof(perRow));
        return rows;
    }
}

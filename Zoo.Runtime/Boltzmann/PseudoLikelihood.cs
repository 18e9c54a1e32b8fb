namespace Zoo.Runtime;

/// <summary>
/// log pseudo-likelihood of binary examples (Besag 1975): of a bit, log p(v_i|the other bits) = log σ(F(v with bit i turned) − F(v)).
/// </summary>
public static class PseudoLikelihood
{
    const string BitDraw = "pseudo_likelihood.bit";

    /// <summary>The number of bits times that of one bit of each example, drawn evenly.</summary>
    /// <param name="engine">The model.</param>
    /// <param name="begin">Program that takes the examples and leaves what flips begin with.</param>
    /// <param name="flip">Program that takes the examples and a bit of each.</param>
    /// <param name="result">Where the bits' logarithms lie.</param>
    /// <param name="size">Bits of an example.</param>
    /// <param name="seed">Seed of the choice of bits.</param>
    /// <param name="v">The examples.</param>
    public static double OfOneBit(ModelEngine engine, int begin, int flip, int result, int size, ulong seed, ReadOnlySpan<float> v)
    {
        var (rows, key) = (Arguments.SomeRows(v, size, nameof(v)), Philox.DrawKey(seed, BitDraw));
        var (bits, logarithms) = (new float[engine.ChunkRows], new float[engine.ChunkRows]);
        var total = 0.0;
        for (var row = 0; row < rows; row += engine.ChunkRows)
        {
            var count = Math.Min(engine.ChunkRows, rows - row);
            for (var i = 0; i < count; i++) bits[i] = Philox.Class(key, 0, 0, row + i, size);
            total += OfBits(engine, begin, flip, result, v.Slice(row * size, count * size), size, bits, logarithms, isFirst: true);
        }
        return size * (total / rows);
    }

    /// <summary>The sum over all bits.</summary>
    /// <inheritdoc cref="OfOneBit"/>
    /// <param name="progress">Is told the part that is done.</param>
#pragma warning disable CS1573 // the other parameters are inherited
    public static double OfAllBits(
        ModelEngine engine, int begin, int flip, int result, int size, ReadOnlySpan<float> v, IProgress<double>? progress)
#pragma warning restore CS1573
    {
        var rows = Arguments.SomeRows(v, size, nameof(v));
        var (bits, logarithms) = (new float[engine.ChunkRows], new float[engine.ChunkRows]);
        var total = 0.0;
        for (var row = 0; row < rows; row += engine.ChunkRows)
        {
            var count = Math.Min(engine.ChunkRows, rows - row);
            for (var bit = 0; bit < size; bit++)
            {
                bits.AsSpan(0, count).Fill(bit);
                total += OfBits(engine, begin, flip, result, v.Slice(row * size, count * size), size, bits, logarithms, bit == 0);
            }
            engine.State.Tell(progress, (double)(row + count) / rows);
        }
        return total / rows;
    }

    static double OfBits(
        ModelEngine engine, int begin, int flip, int result, ReadOnlySpan<float> v, int size, float[] bits, float[] logarithms,
        bool isFirst)
    {
        var count = v.Length / size;
        var run = new ProgramRun(count, engine.State.Seed, 0, 0, 0);
        if (isFirst) engine.Run(begin, run, new Inputs(v, size));
        engine.Run(flip, run, new Inputs(v, size, bits.AsSpan(0, count), 1));
        engine.Results(result, logarithms.AsSpan(0, count));
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += logarithms[i];
        return sum;
    }
}

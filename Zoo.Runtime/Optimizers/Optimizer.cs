namespace Zoo.Runtime;

/// <summary>
/// Updates of flat stretches of parameters, with PyTorch's semantics. All workers of a team call them together; each takes a contiguous
/// share of whole cache lines, and there is no barrier inside. Elements do not meet, so the bits do not depend on the number of workers.
/// </summary>
public static class Optimizer
{
    /// <summary>Elements summed by one block of <see cref="SquaredNorm"/>.</summary>
    public const int NormBlock = 4096;

    const int Line = 16;

    /// <summary>One step of Adam (Kingma and Ba 2015, algorithm 1).</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="parameters">Read and written; 64-byte aligned, as are the others.</param>
    /// <param name="gradients">Read.</param>
    /// <param name="firstMoments">m, read and written.</param>
    /// <param name="secondMoments">v, read and written.</param>
    /// <param name="length">Elements.</param>
    /// <param name="settings">Of this step.</param>
    public static void Adam(
        Worker worker, Floats parameters, Floats gradients, Floats firstMoments, Floats secondMoments, int length, in AdamSettings settings)
    {
        var rule = new AdamRule(parameters, gradients, firstMoments, secondMoments, settings);
        Apply(worker, length, rule);
    }

    /// <summary>One step of stochastic gradient descent.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="parameters">Read and written; 64-byte aligned, as are the others.</param>
    /// <param name="gradients">Read.</param>
    /// <param name="momenta">The momentum buffer, read and written; not touched where the momentum is 0.</param>
    /// <param name="length">Elements.</param>
    /// <param name="settings">Of this step.</param>
    public static void Sgd(Worker worker, Floats parameters, Floats gradients, Floats momenta, int length, in SgdSettings settings)
    {
        if (settings.Momentum == 0) Apply(worker, length, new PlainSgdRule(parameters, gradients, settings));
        else Apply(worker, length, new MomentumSgdRule(parameters, gradients, momenta, settings));
    }

    /// <summary>One step of RMSprop.</summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="parameters">Read and written; 64-byte aligned, as are the others.</param>
    /// <param name="gradients">Read.</param>
    /// <param name="squares">v, the mean of squared gradients, read and written.</param>
    /// <param name="length">Elements.</param>
    /// <param name="settings">Of this step.</param>
    public static void RmsProp(
        Worker worker, Floats parameters, Floats gradients, Floats squares, int length, in RmsPropSettings settings) =>
        Apply(worker, length, new RmsPropRule(parameters, gradients, squares, settings));

    /// <summary>
    /// 1 − α·λ: what decoupled weight decay leaves of a parameter (Loshchilov and Hutter 2019, algorithm 2, line 12, with α as their
    /// schedule's multiplier, as PyTorch's AdamW has it).
    /// </summary>
    /// <param name="learningRate">α of this step.</param>
    /// <param name="weightDecay">λ.</param>
    public static float Retention(float learningRate, float weightDecay) => (float)(1 - (double)learningRate * weightDecay);

    /// <summary>
    /// Brings every parameter to at most a size: w ← min(max(w, −bound), bound). In the shares of the updates, so that it may follow one
    /// with no barrier.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="parameters">Read and written; 64-byte aligned.</param>
    /// <param name="length">Elements.</param>
    /// <param name="bound">Largest size, above 0.</param>
    public static void Clamp(Worker worker, Floats parameters, int length, float bound) =>
        Apply(worker, length, new ClampRule(parameters, bound));

    /// <summary>
    /// Brings averages of parameters up to date, in the shares of the updates, so that it may follow one with no barrier.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="averages">Read and written; 64-byte aligned, as are the parameters.</param>
    /// <param name="parameters">Read.</param>
    /// <param name="length">Elements.</param>
    /// <param name="settings">Of this update.</param>
    public static void Average(Worker worker, Floats averages, Floats parameters, int length, in AverageSettings settings) =>
        Apply(worker, length, new AverageRule(averages, parameters, settings));

    /// <summary>Number of partial sums that <see cref="SquaredNorm"/> writes.</summary>
    /// <param name="length">Elements of the gradient.</param>
    public static int NormBlocks(int length) => (length + NormBlock - 1) / NormBlock;

    /// <summary>
    /// Sums of squares of each block of <see cref="NormBlock"/> gradients: 16 chains per block and a tree over them, at every vector width.
    /// The sums are complete for all workers after the next barrier.
    /// </summary>
    /// <param name="worker">The calling worker.</param>
    /// <param name="gradients">Read.</param>
    /// <param name="length">Elements.</param>
    /// <param name="partials"><see cref="NormBlocks"/> elements, written.</param>
    public static void SquaredNorm(Worker worker, Floats gradients, int length, Floats partials)
    {
        var (from, to) = worker.Share(NormBlocks(length));
        for (var block = from; block < to; block++)
        {
            var start = block * NormBlock;
            partials[block] = SquareSum.Of(gradients.At(start), Math.Min(NormBlock, length - start));
        }
    }

    /// <summary>
    /// The factor min(1, maxNorm / (norm + 1e-6)) that brings a gradient to at most a norm, as PyTorch's clip_grad_norm_.
    /// </summary>
    /// <param name="partials">What <see cref="SquaredNorm"/> wrote.</param>
    /// <param name="blocks"><see cref="NormBlocks"/>.</param>
    /// <param name="maxNorm">Largest Euclidean norm, above 0.</param>
    public static float ClipScale(Floats partials, int blocks, float maxNorm)
    {
        var sum = 0.0;
        for (var block = 0; block < blocks; block++) sum += partials[block];
        return (float)Math.Min(1, maxNorm / (Math.Sqrt(sum) + 1e-6));
    }

    static void Apply<TRule>(Worker worker, int length, in TRule rule) where TRule : struct, IUpdateRule
    {
        var (from, to) = worker.Share((length + Line - 1) / Line);
        var (start, end) = (from * Line, Math.Min(to * Line, length));
        switch (worker.Width)
        {
            case VectorWidth.Bits512: UpdateLoop<TRule, Lanes16>.Run(rule, start, end); break;
            case VectorWidth.Bits256: UpdateLoop<TRule, Lanes8>.Run(rule, start, end); break;
            case VectorWidth.Bits128: UpdateLoop<TRule, Lanes4>.Run(rule, start, end); break;
            default: UpdateLoop<TRule, Lanes1>.Run(rule, start, end); break;
        }
    }
}

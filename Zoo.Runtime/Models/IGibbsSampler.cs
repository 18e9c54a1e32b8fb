namespace Zoo;

/// <summary>A model whose samples are states of Markov chains: the longer a chain, the nearer its law to the model's.</summary>
public interface IGibbsSampler : IGenerativeModel
{
    /// <summary>States of chains that begin with noise, as many as there is room for.</summary>
    /// <param name="seed">Seed of the draws. The first n of more samples are the same as n samples.</param>
    /// <param name="gibbsSteps">Sweeps before the result, at least 1.</param>
    /// <param name="samples">Receives samples of the shape of an example, as many as fit.</param>
    /// <param name="progress">Is told how much is done, from 0 to 1; it may not call this model.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="samples"/> is no multiple of an example's.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gibbsSteps"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    void Sample(ulong seed, int gibbsSteps, Span<float> samples, IProgress<double>? progress = null);
}

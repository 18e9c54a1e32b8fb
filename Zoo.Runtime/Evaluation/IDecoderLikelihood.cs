namespace Zoo;

/// <summary>
/// log p(x|z) of a decoder and its gradient by z: what <see cref="AnnealedLikelihood"/> asks of a model. The prior is N(0, I).
/// </summary>
/// <remarks>
/// A class with <c>[Model]</c> gives both: a network that returns a value and its <c>Tensor.Gradient</c> has a member that runs it. With
/// the decoder of the trained class written in it again, its parameters have the names that they have there:
/// <code>
/// [Model(Input = [784], Batch = 128)]
/// public partial class FashionLikelihood
/// {
///     [Network]
///     static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(400).Relu().Dense(784));
///
///     [Network]
///     static (Tensor Value, Tensor Slope) Likelihood(Tensor z, Tensor x)
///     {
///         var value = Decoder(z).LogProbability(x);
///         return (value, Tensor.Gradient(value, z));
///     }
///
///     // What a [Model] must have, and what gives z its shape; it is never trained.
///     [Phase]
///     static Tensor Unused(Tensor x, Noise n) => -Likelihood(n.Normal(20), x).Value;
/// }
/// </code>
/// It implements this interface with <c>RunLikelihood(z, x, logLikelihoods, gradients)</c>, and takes the trained values by their names:
/// <code>
/// foreach (var parameter in likelihood.Parameters)
/// {
///     var values = new float[parameter.Length];
///     vae.Parameters[parameter.Name].CopyTo(values);
///     parameter.CopyFrom(values);
/// }
/// </code>
/// </remarks>
public interface IDecoderLikelihood
{
    /// <summary>Numbers of a code, at least 1.</summary>
    int CodeSize { get; }

    /// <summary>Numbers of an example, at least 1.</summary>
    int ExampleSize { get; }

    /// <summary>Writes log p(x|z) and its gradient for rows of codes and examples, row by row.</summary>
    /// <param name="z">[rows × <see cref="CodeSize"/>].</param>
    /// <param name="x">[rows × <see cref="ExampleSize"/>].</param>
    /// <param name="logLikelihoods">Receives log p(x|z), nats, one for each row.</param>
    /// <param name="gradients">Receives ∂ log p(x|z) / ∂z, [rows × <see cref="CodeSize"/>].</param>
    void LogLikelihoodWithGradient(ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients);
}

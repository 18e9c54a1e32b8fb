namespace Zoo.Samples.Tables;

/// <summary>log p(x|z) and its gradient by z of <see cref="Models.FashionVae"/>'s decoder, for annealed importance sampling.</summary>
[Model(Input = [784], Batch = 128)]
internal sealed partial class FashionVaeLikelihood : IDecoderLikelihood
{
    public int CodeSize => 20;

    public int ExampleSize => 784;

    [Network]
    static Bernoulli Decoder(Tensor z) => new(z.Dense(400).Relu().Dense(784));

    [Network]
    static (Tensor Value, Tensor Slope) Likelihood(Tensor z, Tensor x)
    {
        var value = Decoder(z).LogProbability(x);
        return (value, Tensor.Gradient(value, z));
    }

    // What a [Model] must have, and what gives z its shape; it is never trained.
    [Phase]
    static Tensor Unused(Tensor x, Noise n) => -Likelihood(n.Normal(20), x).Value;

    public void LogLikelihoodWithGradient(
        ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients) =>
        RunLikelihood(z, x, logLikelihoods, gradients);
}

/// <summary>The same of <see cref="Models.FashionAvb"/>, whose encoder has no density.</summary>
[Model(Input = [784], Batch = 128)]
internal sealed partial class FashionAvbLikelihood : IDecoderLikelihood
{
    public int CodeSize => 8;

    public int ExampleSize => 784;

    [Network]
    static Bernoulli Decoder(Tensor z) => new(z.Dense(400).Elu().Dense(784));

    [Network]
    static (Tensor Value, Tensor Slope) Likelihood(Tensor z, Tensor x)
    {
        var value = Decoder(z).LogProbability(x);
        return (value, Tensor.Gradient(value, z));
    }

    [Phase]
    static Tensor Unused(Tensor x, Noise n) => -Likelihood(n.Normal(8), x).Value;

    public void LogLikelihoodWithGradient(
        ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients) =>
        RunLikelihood(z, x, logLikelihoods, gradients);
}

/// <summary><see cref="Models.FashionVae"/> trained on the importance-weighted bound of five samples (Burda et al. 2016).</summary>
[Vae(Input = [784], Batch = 128, Samples = 5)]
[Adam(LearningRate = 1e-3f)]
internal sealed partial class FashionWeightedVae
{
    static Gaussian Encoder(Tensor x)
    {
        var h = x.Dense(400).Relu();
        return new(h.Dense(20), h.Dense(20));
    }

    static Bernoulli Decoder(Tensor z) => new(z.Dense(400).Relu().Dense(784));
}

/// <summary>Takes over the values of another model's parameters.</summary>
internal static class SharedValues
{
    /// <summary>Every parameter of the first gets the values of the second's of that name.</summary>
    public static T With<T>(this T model, IGenerativeModel of) where T : IGenerativeModel
    {
        foreach (var parameter in model.Parameters)
        {
            var values = new float[parameter.Length];
            of.Parameters[parameter.Name].CopyTo(values);
            parameter.CopyFrom(values);
        }
        return model;
    }
}

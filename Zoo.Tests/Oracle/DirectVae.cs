using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Tests.Oracle;

/// <summary>
/// The bound of a VAE written out in plain code, one example and one sample at a time: only the networks run on the interpreter. What the
/// variant writes in IR is compared with it.
/// </summary>
sealed class DirectVae(ModelTrace trace, Dictionary<string, double[]> parameters)
{
    readonly int samples = trace.Options.Int("Samples", 1);
    readonly Shape latent = GraphBuilder.Common("Gaussian", trace.Network("Encoder")!.Outputs["mean"],
        trace.Network("Encoder")!.Outputs["log_variance"]).Shape;

    /// <summary>Per example, in nats.</summary>
    public sealed record Losses(double[] Reconstruction, double[] Divergence, double[] Elbo, double Objective);

    /// <param name="x">Examples.</param>
    /// <param name="epsilon">Draws, for each example K codes.</param>
    /// <param name="step">Steps completed.</param>
    public Losses Evaluate(double[][] x, double[][] epsilon, int step)
    {
        var bounds = x.Select((example, i) => Example(example, epsilon[i])).ToArray();
        double Mean(Func<Bound, double> f) => bounds.Average(f);
        var warmUp = trace.Options.Int("WarmUpSteps", 0);
        var beta = trace.Options.Float("Beta", 1) * (warmUp > 0 ? Math.Min(1, (step + 1.0) / warmUp) : 1);
        double objective;
        if (samples == 1)
        {
            double freeBits = trace.Options.Float("FreeBits", 0);
            var paid = Enumerable.Range(0, latent.Count)
                .Sum(j => Mean(b => b.Divergences[j]) is var nats && freeBits > 0 ? Math.Max(freeBits, nats) : nats);
            var (capacity, growing) = (trace.Options.Float("Capacity", 0), trace.Options.Int("CapacitySteps", 0));
            if (capacity > 0) paid = Math.Abs(paid - capacity * (growing > 0 ? Math.Min(1, (step + 1.0) / growing) : 1));
            objective = beta * paid - Mean(b => b.Likelihoods[0]);
        }
        else
        {
            objective = -Mean(b => LogMeanExp(b.Likelihoods.Zip(b.Ratios, (l, r) => l - beta * r)));
        }
        var reconstruction = bounds.Select(b => b.Likelihoods.Average()).ToArray();
        var elbo = bounds.Select(b => samples == 1
            ? b.Likelihoods[0] - b.Divergences.Sum()
            : LogMeanExp(b.Likelihoods.Zip(b.Ratios, (l, r) => l - r))).ToArray();
        return new(reconstruction, [.. reconstruction.Zip(elbo, (r, e) => r - e)], elbo, objective);
    }

    /// <summary>log p(x|z) + log p(z) − log q(z|x) of each sample of one example.</summary>
    /// <param name="x">The example.</param>
    /// <param name="epsilon">Its draws.</param>
    /// <param name="isClosedForm">Whether KL(q ‖ p) stands for log q − log p, which is not the bound's.</param>
    public double[] LogWeights(double[] x, double[] epsilon, bool isClosedForm)
    {
        var bound = Example(x, epsilon);
        return [.. bound.Likelihoods.Select((l, k) => l - (isClosedForm ? bound.Divergences.Sum() : bound.Ratios[k]))];
    }

    /// <param name="Likelihoods">log p(x|z) of each sample.</param>
    /// <param name="Ratios">log q(z|x) − log p(z) of each sample.</param>
    /// <param name="Divergences">KL of each latent dimension.</param>
    sealed record Bound(double[] Likelihoods, double[] Ratios, double[] Divergences);

    Bound Example(double[] x, double[] epsilon)
    {
        var (mean, logVariance) = Gaussian("Encoder", "x", x);
        var (priorMean, priorLogVariance) = trace.Network("Prior") is null
            ? (new double[latent.Count], new double[latent.Count])
            : Gaussian("Prior", "", []);
        var (likelihoods, ratios) = (new double[samples], new double[samples]);
        for (var k = 0; k < samples; k++)
        {
            var noise = epsilon[(k * latent.Count)..((k + 1) * latent.Count)];
            double[] z = [.. mean.Select((m, j) => m + Math.Exp(logVariance[j] / 2) * noise[j])];
            likelihoods[k] = LogLikelihood(x, z);
            ratios[k] = LogDensity(z, mean, logVariance) - LogDensity(z, priorMean, priorLogVariance);
        }
        return new(likelihoods, ratios,
        [
            .. mean.Select((m, j) => 0.5
                * (priorLogVariance[j] - logVariance[j]
                    + (Math.Exp(logVariance[j]) + (m - priorMean[j]) * (m - priorMean[j])) / Math.Exp(priorLogVariance[j]) - 1)),
        ]);
    }

    double LogLikelihood(double[] x, double[] z)
    {
        if (trace.Network("Decoder")!.Kind == OutputKind.Gaussian)
        {
            var (mean, logVariance) = Gaussian("Decoder", "z", z, x.Length);
            return LogDensity(x, mean, logVariance);
        }
        var logits = Call("Decoder", "z", z)["logits"];
        return x.Select((p, i) => p * SpecialFunctions.Softplus(-logits[i]) + (1 - p) * SpecialFunctions.Softplus(logits[i])).Sum() * -1;
    }

    static double LogDensity(double[] x, double[] mean, double[] logVariance) =>
        x.Select((v, i) => -0.5 * ((v - mean[i]) * (v - mean[i]) / Math.Exp(logVariance[i]) + logVariance[i] + Math.Log(2 * Math.PI)))
            .Sum();

    static double LogMeanExp(IEnumerable<double> values)
    {
        var list = values.ToList();
        return list.Max() + Math.Log(list.Average(v => Math.Exp(v - list.Max())));
    }

    Dictionary<string, double[]> Call(string network, string parameter, double[] value) =>
        Interpreter.Evaluate(trace.Network(network)!.Outputs, 1, new() { Inputs = { [parameter] = value }, Parameters = parameters });

    (double[] Mean, double[] LogVariance) Gaussian(string network, string parameter, double[] value, int? count = null)
    {
        var roots = trace.Network(network)!.Outputs;
        var values = Call(network, parameter, value);
        var shape = count is null ? latent : Shape.Broadcast(roots["mean"].Shape, roots["log_variance"].Shape)!.Value;
        return (Spread(roots["mean"].Shape, values["mean"], shape), Spread(roots["log_variance"].Shape, values["log_variance"], shape));
    }

    static double[] Spread(Shape from, double[] values, Shape to) =>
        Movement.Broadcast(new([1, .. from.Padded(to.Rank).Dimensions], values), new([1, .. to.Dimensions], []));
}

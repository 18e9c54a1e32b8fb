using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// The programs of a variational auto-encoder. Minimised is −E log p(x|z) + β·KL(q(z|x) ‖ p(z)), mean over the batch (Kingma and Welling 2014, eq. 10;
/// β: Higgins et al. 2017, eq. 4); with K &gt; 1 samples −L_K (Burda et al. 2016, eq. 8).
/// </summary>
public static class VaePrograms
{
    /// <summary>Names of the losses, in the order of the public record.</summary>
    public static readonly string[] Losses = ["Reconstruction", "Divergence", "Elbo"];

    public static (IReadOnlyList<ProgramGraph> Programs, IReadOnlyList<string> Hyperparameters) Build(GraphBuilder g, NetworkLibrary networks, AttributeValues options, Shape latent)
    {
        var (batch, samples) = (options.Int("Batch", 1), options.Int("Samples", 1));
        var (warmUp, freeBits) = (options.Int("WarmUpSteps", 0) > 0, options.Float("FreeBits", 0) > 0);
        var x = g.Input("x", new(1, options.Shape("Input") ?? Shape.Scalar));

        Node PerExample(Node node) => g.Broadcast(node, new(Math.Max(node.Type.Rows, 1), node.Shape));
        GaussianValue Prior() => networks.Has("Prior") ? networks.Gaussian("Prior") : GaussianValue.Standard(g, latent);

        GaussianValue Posterior()
        {
            var q = networks.Gaussian("Encoder", x);
            return new(PerExample(q.Mean), PerExample(q.LogVariance));
        }

        Node Beta()
        {
            var beta = g.Hyperparameter("beta");
            // min(1, t/N) with t counted from 1: the first step is 1/N of the way.
            return warmUp
                ? g.Mul(beta, g.Binary(Op.Min, g.Constant(1), g.Div(g.Add(g.StepCount(), g.Constant(1)), g.Hyperparameter("warm_up_steps"))))
                : beta;
        }

        (Node Reconstruction, Node Divergence, Node Elbo, Func<Node> Objective) Bound(string draw)
        {
            var q = Posterior();
            var prior = Prior();
            if (samples == 1)
            {
                var z = q.Reparameterise(g, g.Draw(draw, DrawKind.Normal, new(1, latent)));
                var reconstruction = PerExample(networks.LogLikelihood("Decoder", x, z));
                var perElement = q.DivergencePerElement(g, prior);
                var divergence = PerExample(g.Sum(perElement));
                return (reconstruction, divergence, g.Sub(reconstruction, divergence), () =>
                {
                    // Free bits (Kingma et al. 2016, eq. 15): a latent dimension pays for no less than λ nats, averaged over the batch.
                    var paid = freeBits
                        ? g.Sum(g.Binary(Op.Max, g.MeanRows(perElement), g.Hyperparameter("free_bits")))
                        : g.MeanRows(divergence);
                    return g.Sub(g.Mul(Beta(), paid), g.MeanRows(reconstruction));
                });
            }
            else
            {
                // An example has K rows: codes [n, K, latent] are K·n rows of the decoder.
                Node Repeat(Node node) =>
                    g.Reshape(g.Broadcast(g.Reshape(node, node.Shape.Padded(node.Shape.Rank + 1)), new(1, new(new[] { samples }.Concat(node.Shape.Dimensions)))), samples, node.Shape);
                Node Split(Node node) => g.Reshape(g.Broadcast(node, new(samples, node.Shape)), 1, new(samples));
                var repeated = new GaussianValue(Repeat(q.Mean), Repeat(q.LogVariance));
                var epsilon = g.Reshape(g.Draw(draw, DrawKind.Normal, new(1, new(new[] { samples }.Concat(latent.Dimensions)))), samples, latent);
                var z = repeated.Reparameterise(g, epsilon);
                var likelihood = Split(networks.LogLikelihood("Decoder", Repeat(x), z));
                var ratio = Split(g.Sub(repeated.LogProbability(g, z), prior.LogProbability(g, z)));
                var logSamples = g.Constant((float)Math.Log(samples));
                var reconstruction = g.Mean(likelihood);
                var elbo = g.Sub(g.LogSumExp(g.Sub(likelihood, ratio)), logSamples);
                return (reconstruction, g.Sub(reconstruction, elbo), elbo,
                    () => g.Neg(g.MeanRows(g.Sub(g.LogSumExp(g.Sub(likelihood, g.Mul(Beta(), ratio))), logSamples))));
            }
        }

        var training = Bound("epsilon");
        var objective = ("objective", training.Objective());
        var evaluation = Bound("evaluate.epsilon");
        var posterior = Posterior();
        var type = GraphBuilder.Common("Gaussian", posterior.Mean, posterior.LogVariance);
        var (mean, logVariance) = (g.Broadcast(posterior.Mean, type), g.Broadcast(posterior.LogVariance, type));
        var priorSample = Prior().Reparameterise(g, g.Draw("sample.z", DrawKind.Normal, new(1, latent)));

        // Importance weights with q as the proposal; q's moments are given, so that many samples encode once.
        var proposal = new GaussianValue(g.Input("mean", type), g.Input("log_variance", type));
        var proposed = proposal.Reparameterise(g, g.Draw("likelihood.z", DrawKind.Normal, new(1, latent)));
        var logWeight = g.Add(g.Sub(PerExample(networks.LogLikelihood("Decoder", x, proposed)), proposal.LogProbability(g, proposed)), PerExample(Prior().LogProbability(g, proposed)));

        Node Output(Node node) => PerExample(node);
        ProgramGraph Program(string name, string summary, int rows, string[] inputs, params (string, Node)[] roots) => new(name, summary, rows, inputs, new(roots));
        var programs = new List<ProgramGraph>
        {
            Program("Gradients", "losses and gradients of one batch", batch, ["x"],
                objective, ("loss.Reconstruction", g.MeanRows(training.Reconstruction)), ("loss.Divergence", g.MeanRows(training.Divergence)), ("loss.Elbo", g.MeanRows(training.Elbo))),
            Program("TrainingGradients", "gradients of one batch, without the losses", batch, ["x"], objective),
            Program("Evaluate", "losses of each row", 0, ["x"], ("row.Reconstruction", evaluation.Reconstruction), ("row.Divergence", evaluation.Divergence), ("row.Elbo", evaluation.Elbo)),
            Program("Encode", "mean and log-variance of q(z|x)", 0, ["x"], ("output.mean", Output(mean)), ("output.log_variance", Output(logVariance))),
            Program("Decode", "mean of p(x|z)", 0, ["z"], ("output.mean", Output(networks.LikelihoodMean("Decoder", g.Input("z", new(1, latent)))))),
            Program("Reconstruct", "mean of p(x|z) at the mean of q(z|x)", 0, ["x"], ("output.mean", Output(networks.LikelihoodMean("Decoder", mean)))),
            Program("Sample", "mean of p(x|z) for z drawn from the prior", 0, [], ("output.mean", Output(networks.LikelihoodMean("Decoder", priorSample)))),
            Program("LogWeight", "log p(x|z) + log p(z) − log q(z|x) for one z drawn from q", 0, ["x", "mean", "log_variance"], ("row.LogWeight", logWeight)),
        };
        string[] hyperparameters = ["beta", .. warmUp ? ["warm_up_steps"] : Array.Empty<string>(), .. freeBits ? ["free_bits"] : Array.Empty<string>()];
        return (programs, hyperparameters);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// What variational auto-encoders have in common, given a condition y or without. Minimised is −E log p(x|z) + β·KL(q(z|x) ‖ p(z)), mean
/// over the batch (Kingma and Welling 2014, eq. 10; with y everywhere: Sohn et al. 2015, eq. 4; β: Higgins et al. 2017, eq. 4; free bits:
/// Kingma et al. 2016, eq. 15); with a capacity −E log p(x|z) + β·|KL − C_t| (Burgess et al. 2018); with K &gt; 1 samples −L_K (Burda et
/// al. 2016, eq. 8).
/// </summary>
public abstract class VariationalAutoencoder : Variant
{
    static readonly OptionSpec Beta = new("Beta", 1, ValueRange.NotNegative);
    static readonly OptionSpec WarmUpSteps = new("WarmUpSteps", 0, ValueRange.Count);
    static readonly OptionSpec FreeBits = new("FreeBits", 0, ValueRange.NotNegative);
    static readonly OptionSpec Capacity = new("Capacity", 0, ValueRange.NotNegative);
    static readonly OptionSpec CapacitySteps = new("CapacitySteps", 0, ValueRange.Count);
    static readonly OptionSpec Samples = new("Samples", 1, ValueRange.PositiveCount);

    /// <summary>Options of the bound that is minimised.</summary>
    protected static IReadOnlyList<OptionSpec> OfBound { get; } = [Beta, WarmUpSteps, FreeBits, Capacity, CapacitySteps, Samples];

    public override Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        parameter == "z" ? Latent(traced["Encoder"]) : options.Shape("Input") ?? Shape.Scalar;

    static Shape Latent(NetworkTrace encoder) =>
        GraphBuilder.Common("Gaussian", encoder.Outputs["mean"], encoder.Outputs["log_variance"]).Shape;

    public override IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks)
    {
        VariantError Error(string option, string message) => new(VariantErrorKind.InvalidOption, option, message);
        var (hasFreeBits, hasCapacity) = (options.Float("FreeBits", 0) > 0, options.Float("Capacity", 0) > 0);
        foreach (var option in new[] { "FreeBits", "Capacity" })
            if (options.Int("Samples", 1) > 1 && options.Float(option, 0) > 0)
                yield return Error(option, $"{option} needs the closed-form divergence, which Samples above 1 does not use; leave one of "
                    + "them out");
        if (hasFreeBits && hasCapacity)
            yield return Error("Capacity", "Capacity asks for a divergence and FreeBits for none below a bound: leave one of them out");
        if (options.Int("CapacitySteps", 0) > 0 && !hasCapacity)
            yield return Error("CapacitySteps", "CapacitySteps is how long Capacity grows, but there is no Capacity");
    }

    public override IEnumerable<VariantError> Check(ModelTrace trace)
    {
        foreach (var error in CheckLikelihood(trace, "Decoder")) yield return error;
        if (trace.Network("Prior") is { } prior && trace.Network("Encoder") is { } encoder
            && Shape.Broadcast(Latent(prior), Latent(encoder)) != Latent(encoder))
        {
            yield return new(
                VariantErrorKind.WrongOutputShape, "Prior",
                $"Prior must return a Gaussian over codes of shape {Latent(encoder)} (Encoder), but it has shape {Latent(prior)}");
        }
    }

    /// <summary>What networks are given as y; null where there is none.</summary>
    protected virtual Condition? ConditionOf(AttributeValues options) => null;

    public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) => [new("Step", [.. trace.Networks.Select(n => n.Name)])];

    public override void Build(ModelBuilder m)
    {
        var (g, x, condition) = (m.Graph, m.Examples, ConditionOf(m.Options));
        var latent = Latent(m.Networks["Encoder"]);
        var (size, code, samples) = (m.ExampleShape.Count, latent.Count, m.Options.Int("Samples", 1));
        var (warmsUp, hasFreeBits) = (m.Options.Int("WarmUpSteps", 0) > 0, m.Options.Float("FreeBits", 0) > 0);
        // In this order in memory.
        var beta = m.Hyperparameter("Step", Beta);
        var warmUpSteps = warmsUp ? m.Hyperparameter("Step", WarmUpSteps) : null;
        var freeBits = hasFreeBits ? m.Hyperparameter("Step", FreeBits) : null;
        var capacity = m.Options.Float("Capacity", 0) > 0 ? m.Hyperparameter("Step", Capacity) : null;
        var capacitySteps = m.Options.Int("CapacitySteps", 0) > 0 ? m.Hyperparameter("Step", CapacitySteps) : null;

        // y of training, and of members, which take it under another name; none without a condition.
        Node[] y = condition is null ? [] : [condition.OfStep(m)], given = condition is null ? [] : [condition.OfMember(m)];

        GaussianValue Prior(DrawScope draws, Node[] y) =>
            m.Networks.Has("Prior") ? m.Networks.Gaussian("Prior", draws, y) : GaussianValue.Standard(g, latent);

        GaussianValue Posterior(DrawScope draws, Node[] y)
        {
            var q = m.Networks.Gaussian("Encoder", draws, [x, .. y]);
            return new(m.PerExample(q.Mean), m.PerExample(q.LogVariance));
        }

        // min(1, t/N) with t counted from 1: the first step is 1/N of the way.
        Node Growing(Node whole, Node? steps) => steps is null
            ? whole
            : g.Mul(whole, g.Binary(Op.Min, g.Constant(1), g.Div(g.Add(g.StepCount(), g.Constant(1)), steps)));

        Node Weight() => Growing(beta, warmUpSteps);

        // What is paid for a divergence, before its weight. A latent dimension pays for no less than λ nats, averaged over the batch; with
        // a capacity the whole pays for being away from it.
        Node Paid(Node perElement, Node divergence) =>
            freeBits is not null ? g.Sum(g.Binary(Op.Max, g.MeanRows(perElement), freeBits))
            : capacity is not null ? g.Unary(Op.Abs, g.Sub(g.MeanRows(divergence), Growing(capacity, capacitySteps)))
            : g.MeanRows(divergence);

        PhaseLosses Bound(DrawScope draws)
        {
            var (q, prior) = (Posterior(draws, y), Prior(draws, y));
            if (samples > 1) return WeightedBound(draws, q, prior);
            var z = q.Reparameterise(g, draws.Normal(g, "epsilon", latent));
            var reconstruction = m.PerExample(m.Networks.LogLikelihood("Decoder", draws, x, [z, .. y]));
            var perElement = q.DivergencePerElement(g, prior);
            var divergence = m.PerExample(g.Sum(perElement));
            return new(g.Sub(g.Mul(Weight(), Paid(perElement, divergence)), g.MeanRows(reconstruction)), reconstruction, divergence,
                g.Sub(reconstruction, divergence));
        }

        PhaseLosses WeightedBound(DrawScope draws, GaussianValue q, GaussianValue prior)
        {
            // An example has K rows: codes [n, K, latent] are K·n rows of the decoder.
            Node Repeat(Node node)
            {
                // What all examples share stays as it is, and of a one-hot row it is the label that is repeated.
                if (node.Type.IsShared) return node;
                if (node.Op == Op.OneHot) return g.OneHot(Repeat(node.Inputs[0]), node.Shape.Count);
                var rows = g.Reshape(node, node.Shape.Padded(node.Shape.Rank + 1));
                return g.Reshape(g.Broadcast(rows, new(1, new(new[] { samples }.Concat(node.Shape.Dimensions)))), samples, node.Shape);
            }
            Node Split(Node node) => g.Reshape(g.Broadcast(node, new(samples, node.Shape)), 1, new(samples));
            GaussianValue RepeatAll(GaussianValue law) => new(Repeat(law.Mean), Repeat(law.LogVariance));
            var repeated = RepeatAll(q);
            var epsilon = g.Reshape(draws.Normal(g, "epsilon", new(new[] { samples }.Concat(latent.Dimensions))), samples, latent);
            var z = repeated.Reparameterise(g, epsilon);
            var likelihood = Split(m.Networks.LogLikelihood("Decoder", draws, Repeat(x), [z, .. y.Select(Repeat)]));
            var ratio = Split(g.Sub(repeated.LogProbability(g, z), RepeatAll(prior).LogProbability(g, z)));
            var logSamples = g.Constant((float)Math.Log(samples));
            var reconstruction = g.Mean(likelihood);
            var elbo = g.Sub(g.LogSumExp(g.Sub(likelihood, ratio)), logSamples);
            var objective = g.Neg(g.MeanRows(g.Sub(g.LogSumExp(g.Sub(likelihood, g.Mul(Weight(), ratio))), logSamples)));
            return new(objective, reconstruction, g.Sub(reconstruction, elbo), elbo) { Formula = "−L_K with weights of β" };
        }

        // How the laws are written.
        var (known, of) = condition is null ? ("", "") : (", y", "|y");
        var (q, p, prior) = ($"q(z|x{known})", $"p(x|z{known})", m.Networks.Has("Prior") ? $"p(z{of})" : "p(z)");
        var source = condition is null ? "Kingma and Welling 2014, eq. 3" : "Sohn et al. 2015, eq. 4";
        SurfaceParameter[] conditions = condition is null ? [] : [condition.Parameter];

        m.LossesSummary = "Means over the rows, in nats.";
        m.HasUnitExamples = m.Networks["Decoder"].Kind == OutputKind.Bernoulli;
        m.Phase(
            "Step",
            [
                new("Reconstruction", $"E log {p} under {q}: higher is better.", $"E log {p}"),
                new("Divergence",
                    $"KL({q} ‖ {prior})" + (samples > 1 ? ", as what the bound leaves: Reconstruction − Elbo." : "; not negative."),
                    samples > 1 ? "Reconstruction − Elbo" : $"KL({q} ‖ {prior})"),
                new("Elbo", $"The evidence lower bound, Reconstruction − Divergence ({source})"
                    + (samples > 1 ? ", with several samples L_K (Burda et al. 2016, eq. 8)" : "") + "; β does not enter it.",
                    samples > 1 ? $"L_K of {samples} samples" : "Reconstruction − Divergence"),
            ],
            Bound);
        m.Evaluate();

        var posterior = Posterior(new("encode."), given);
        var type = GraphBuilder.Common("Gaussian", posterior.Mean, posterior.LogVariance);
        var (mean, logVariance) = (g.Broadcast(posterior.Mean, type), g.Broadcast(posterior.LogVariance, type));
        string[] inputs = ["x", .. conditions.Select(c => c.Name)];
        m.Program(
            "Encode", $"mean and log-variance of {q}", inputs, (ResultKind.Output, "mean", mean),
            (ResultKind.Output, "log_variance", logVariance));
        var (perExample, perCode) = ($"Receives {code} values per example.", $"Receives {size} values per code.");
        var encode = new InferenceCall("Encode");
        SurfaceParameter[] examples = [ModelBuilder.Rows("x", size), .. conditions];
        var meanResult = ModelBuilder.Result("mean", code, perExample, "mean");
        m.Member("Encode", $"Mean of {q} for each example.", encode, [.. examples, meanResult]);
        m.Member(
            "Encode", $"Mean and log-variance of {q} for each example.", encode,
            [.. examples, meanResult, ModelBuilder.Result("logVariance", code, perExample, "log_variance")]);

        Node Decoded(string scope, Node z) => m.Networks.LikelihoodMean("Decoder", new(scope), [z, .. given]);
        m.Infer(
            "Decode", $"Mean of {p} for each code: probabilities for a Bernoulli likelihood.", $"mean of {p}",
            Decoded("decode.", g.Input("z", new(1, latent))), ModelBuilder.Result("mean", size, perCode),
            [ModelBuilder.Rows("z", code, "Codes"), .. conditions]);
        m.Infer(
            "Reconstruct", $"Mean of {p} at the mean of {q}.", $"mean of {p} at the mean of {q}",
            Decoded("reconstruct.", mean),
            ModelBuilder.Result("mean", size, "Receives as many values as <paramref name=\"x\"/> has."), examples);
        var sampling = new DrawScope("sample.");
        var many = condition is null
            ? $"Receives samples of {size} values, as many as fit."
            : $"Receives a sample of {size} values for each row of <paramref name=\"{condition.Name}\"/>.";
        m.Sample(
            "Means of the likelihood for codes drawn from the prior; a function of the seed"
                + (condition is null ? "" : ", the " + condition.Name) + " and the parameters alone.",
            $"mean of {p} for z drawn from the prior",
            m.Networks.LikelihoodMean("Decoder", sampling,
                [Prior(sampling, given).Reparameterise(g, sampling.Normal(g, "z", latent)), .. given]),
            ModelBuilder.Result("x", size, many), conditions);

        // Importance weights with q as the proposal; q's moments are given, so that many samples encode once.
        var weighing = new DrawScope("likelihood.");
        var proposal = new GaussianValue(g.Input("mean", type), g.Input("log_variance", type));
        var proposed = proposal.Reparameterise(g, weighing.Normal(g, "z", latent));
        var likelihoodOf = m.PerExample(m.Networks.LogLikelihood("Decoder", weighing, x, [proposed, .. given]));
        var ratio = g.Sub(likelihoodOf, proposal.LogProbability(g, proposed));
        var logWeight = g.Add(ratio, m.PerExample(Prior(weighing, given).LogProbability(g, proposed)));
        m.Program(
            "LogWeight", $"log {p} + log {prior} − log {q} for one z drawn from q", [.. inputs, "mean", "log_variance"],
            (ResultKind.RowLoss, "LogWeight", logWeight));
        m.Member(
            "LogLikelihood", $"log p(x{of}) by importance sampling with q as the proposal (Burda et al. 2016, eq. 8), nats.",
            new ImportanceSamplingCall("Encode", "LogWeight", code),
            [
                ModelBuilder.Rows("x", size, "One or more examples"), .. conditions,
                new("samples", "Samples per example; the estimate is a lower bound in expectation that rises with them.",
                    ParameterKind.Count, 0),
                new("perRow", "Receives one value per example, or is empty.", ParameterKind.PerRow, 0),
            ]);
    }
}

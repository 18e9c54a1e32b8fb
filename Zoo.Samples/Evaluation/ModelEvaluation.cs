using System.Globalization;
using System.Text.Json;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;
using Zoo.Samples.Progress;

namespace Zoo.Samples.Evaluation;

/// <summary>What a model says of test examples itself, by what it can do: losses, accuracy, likelihood, aggregate posterior.</summary>
/// <param name="declared">Its class.</param>
/// <param name="model">The model.</param>
/// <param name="test">The examples.</param>
internal sealed class ModelEvaluation(DeclaredModel declared, IGenerativeModel model, TestPart test)
{
    /// <summary>The loss that is a bound of log p(x).</summary>
    public const string Bound = "Elbo";

    const int Chains = 100;

    public ulong Seed { get; init; }

    /// <summary>For log p(x) by importance sampling; 0: none.</summary>
    public int ImportanceSamples { get; init; }

    /// <summary>For the divergence of the aggregate posterior; 0: none.</summary>
    public int AggregateSamples { get; init; }

    /// <summary>For log Z by annealed importance sampling; 0: no log p(x).</summary>
    public int Temperatures { get; init; }

    /// <summary>Decimals: nats of images are hundreds.</summary>
    public int Digits => test.View.Shape is not null && model.LossNames.Contains(Bound) ? 2 : 4;

    /// <summary>Letters of the longest name, or a few more.</summary>
    public int NameWidth => Math.Max("log-likelihood".Length, Losses(new float[model.LossNames.Length]).Max(loss => loss.Name.Length));

    /// <summary>Measures one after the other; what takes long shows how far it is.</summary>
    public IEnumerable<Measure> Run(IProgressDisplay display)
    {
        var losses = new float[model.LossNames.Length];
        ((IEvaluator)model).Evaluate(test.Examples, Labels(declared.Find(Capability.Evaluate)), test.Conditions, losses);
        foreach (var loss in Losses(losses)) yield return loss;
        if (declared.Find(Capability.Classify) is { } classify && test.Labels.Length > 0) yield return Accuracy(classify.Size);
        if (ImportanceSamples > 0) yield return ByImportanceSampling(display);
        if (Temperatures > 0 && model is IPartitionFunction machine)
            foreach (var measure in ByPartitionFunction(machine, display)) yield return measure;
        if (AggregateSamples > 1)
            foreach (var measure in Aggregate(declared.Find(Capability.EncodeMoments)!)) yield return measure;
    }

    int[] Labels(CapabilityCard? card) => card is { Classes: > 0 } ? test.Labels : [];

    /// <summary>A bound first, then in the model's order.</summary>
    IReadOnlyList<Measure> Losses(float[] values)
    {
        var losses = new List<Measure>();
        for (var i = 0; i < values.Length; i++)
        {
            var (loss, key) = (model.LossNames[i], JsonNamingPolicy.SnakeCaseLower.ConvertName(model.LossNames[i]));
            losses.Insert(loss == Bound ? 0 : losses.Count, new(loss == Bound ? "ELBO" : key.Replace('_', ' '), key, values[i]));
        }
        return losses;
    }

    /// <summary>How many of the labels are the likeliest ones.</summary>
    Measure Accuracy(int classes)
    {
        var probabilities = new float[test.Count * classes];
        ((IClassifier)model).Classify(Seed, test.Examples, probabilities);
        var right = probabilities.Chunk(classes).Zip(test.Labels).Count(row => row.First.Index().MaxBy(p => p.Item).Index == row.Second);
        return new("accuracy", "accuracy", (double)right / test.Count);
    }

    Measure ByImportanceSampling(IProgressDisplay display)
    {
        var value = 0.0;
        display.Show([], PartOfWork.Length, () => value = ((ILikelihood)model).LogLikelihood(
            test.Examples, Labels(declared.Find(Capability.LogLikelihood)), test.Conditions, ImportanceSamples,
            progress: new PartOfWork(display, "log-likelihood")));
        return new("log-likelihood", "log_likelihood", value);
    }

    IReadOnlyList<Measure> ByPartitionFunction(IPartitionFunction machine, IProgressDisplay display)
    {
        var (logPartition, note) = (0.0, "enumerated");
        display.Show([], PartOfWork.Length, () =>
        {
            var progress = new PartOfWork(display, "log Z");
            try
            {
                logPartition = machine.LogPartition(progress);
            }
            catch (InvalidOperationException)
            {
                // More states than can be enumerated.
                var estimate = machine.EstimateLogPartition(Seed, Chains, Temperatures, progress);
                logPartition = estimate.LogPartition;
                note = string.Create(CultureInfo.InvariantCulture,
                    $"± {estimate.Deviation:G2} by annealed importance sampling, {Chains} chains, {Temperatures:N0} temperatures, "
                        + $"effective sample size {estimate.EffectiveSampleSize:F1}");
            }
        });
        return
        [
            new("log Z", "log_partition", logPartition, Note: note),
            new("log-likelihood", "log_likelihood", machine.LogLikelihood(test.Examples, logPartition)),
        ];
    }

    IReadOnlyList<Measure> Aggregate(CapabilityCard encoder)
    {
        float[] means = new float[test.Count * encoder.Size], logVariances = new float[means.Length];
        ((IGaussianEncoder)model).Encode(test.Examples, Labels(encoder), test.Conditions, means, logVariances);
        var aggregate = AggregatePosterior.Of(means, logVariances, encoder.Size);
        var parts = aggregate.Divergence(seed: 1, AggregateSamples);
        return
        [
            new("active units", "active_units", aggregate.ActiveUnits(), encoder.Size),
            new("KL(q(z) ‖ p(z))", "aggregate_divergence", parts.Divergence),
            new("information", "information", parts.Information),
        ];
    }
}

using Zoo.Models;
using Zoo.Samples.Data;
using Zoo.Samples.Experiments;
using static System.FormattableString;

namespace Zoo.Samples.Tables;

/// <summary>log p(x) of binarised garments, in two ways that know nothing of each other.</summary>
internal sealed class LikelihoodTable : PublishedTable
{
    const int Parts = 10, BoltzmannChains = 100;

    public override string Name => "likelihoods";

    public override string Purpose => "log p(x) of binarised garments by importance sampling and by annealed importance sampling with "
        + "Hamiltonian Monte Carlo.";

    public override string Heading => "binarised garments";

    public override bool IsOfImages => true;

    public override int Seeds => 1;

    public override IReadOnlyList<TableColumn> Columns { get; } =
    [
        new("elbo", "ELBO"), new("importance", "importance sampling"), new("importance_error", "± over draws"),
        new("annealed", "annealed"), new("annealed_error", "± over chains"), new("acceptance", "accepted, %", "F0"),
    ];

    /// <summary>Of one scale.</summary>
    /// <param name="Epochs">Of every training.</param>
    /// <param name="Images">Test images whose likelihood is estimated.</param>
    /// <param name="Samples">Importance samples of an image.</param>
    /// <param name="Temperatures">Of annealed importance sampling.</param>
    /// <param name="MachineTemperatures">Of the machine's log Z.</param>
    sealed record Effort(int Epochs, int Images, int Samples, int Temperatures, int MachineTemperatures);

    static Effort Of(TableScale scale) => scale.Steps is not null ? new(0, 4, 20, 20, 20)
        : scale.IsFull ? new(100, 1000, 5000, 10_000, 10_000)
        : new(10, 50, 5000, 1000, 1000);

    static AnnealingSettings Annealing(Effort effort) => new() { Schedule = AnnealingSchedule.Sigmoid(effort.Temperatures) };

    public override string Protocol(TableScale scale)
    {
        var (effort, settings) = (Of(scale), Annealing(Of(scale)));
        var length = scale.Steps is { } steps ? Invariant($"{steps:N0} steps")
            : Invariant($"{effort.Epochs} epochs");
        return Invariant($"Nats an image. Pixels above one half are 1, the others 0, in training and test; {length}. ")
            + Invariant($"ELBO: all test images. The others: the first {effort.Images:N0} test images, by {effort.Samples:N0} ")
            + Invariant($"samples of the encoder each (Burda et al. 2016), and by {settings.Chains} chains from the prior ")
            + Invariant($"over {effort.Temperatures:N0} temperatures of {settings.LeapfrogSteps} leapfrog steps (Wu et al. ")
            + Invariant($"2017); of the machine, with log Z by {BoltzmannChains} chains of {effort.MachineTemperatures:N0} ")
            + "temperatures. The estimates are low on average, the machine's high.";
    }

    public override IReadOnlyList<Trial> Trials(TableScale scale)
    {
        var most = new[] { FashionVae.Card, FashionConvolutionalVae.Card, FashionAvb.Card, FashionRbm.Card }.Max(card => card.BatchSize);
        return Trials(scale, BinarisedImages.Of(DataSource.Open(scale.Data, skipUnreadable: false), most));
    }

    IReadOnlyList<Trial> Trials(TableScale scale, ExampleSet all) =>
    [
        .. Vae(scale, all, (seed, device) => new FashionVae(seed, device), "FashionVae", isAnnealed: true,
            (model, x) => model.Evaluate(x).Elbo, (model, x, samples, perRow) => model.LogLikelihood(x, samples, perRow)),
        .. Vae(scale, all, (seed, device) => new FashionWeightedVae(seed, device), "FashionVae, trained on L5", isAnnealed: true,
            (model, x) => model.Evaluate(x).Elbo, (model, x, samples, perRow) => model.LogLikelihood(x, samples, perRow)),
        .. Vae(scale, all, (seed, device) => new FashionConvolutionalVae(seed, device), "FashionConvolutionalVae", isAnnealed: false,
            (model, x) => model.Evaluate(x).Elbo, (model, x, samples, perRow) => model.LogLikelihood(x, samples, perRow)),
        .. Of(scale, all, FashionAvb.Card, "FashionAvb", (work, data, steps, effort) =>
        {
            using var model = Trained(work, (seed, device) => new FashionAvb(seed, device), data, steps);
            if (model is null) return null;
            using var likelihood = new FashionAvbLikelihood(0, work.Device).With(model);
            // Losses of whole batches alone: the contrast's moments are those of a batch.
            var whole = data.Test.Length / data.Size / model.BatchSize * model.BatchSize;
            var values = new Dictionary<string, double> { ["elbo"] = model.Evaluate(data.Test.AsSpan(0, whole * data.Size)).Elbo };
            return Annealed(values, likelihood, data, effort, work, steps);
        }),
        .. Of(scale, all, FashionRbm.Card, "FashionRbm", (work, data, steps, effort) =>
        {
            using var model = Trained(
                work, (seed, device) => new FashionRbm(seed, device), data, steps, fresh => fresh.SetVisibleBiases(data.Training));
            if (model is null) return null;
            var estimate = model.EstimateLogPartition(work.Seed, BoltzmannChains, effort.MachineTemperatures);
            return new()
            {
                ["annealed"] = model.LogLikelihood(Shown(data, effort), estimate.LogPartition), ["annealed_error"] = estimate.Deviation,
            };
        }),
    ];

    delegate double Bound<TModel>(TModel model, float[] x);

    delegate double Weighing<TModel>(TModel model, ReadOnlySpan<float> x, int samples, Span<double> perRow);

    IEnumerable<Trial> Vae<TModel>(
        TableScale scale, ExampleSet all, Func<ulong, Device, TModel> create, string row, bool isAnnealed, Bound<TModel> bound,
        Weighing<TModel> weighing)
        where TModel : class, IGenerativeModel<TModel> =>
        Of(scale, all, TModel.Card, row, (work, data, steps, effort) =>
        {
            using var model = Trained(work, create, data, steps);
            if (model is null) return null;
            var estimate = LikelihoodEstimate.Of(
                (x, samples, perRow) => weighing(model, x, samples, perRow), Shown(data, effort), data.Size, effort.Samples, Parts,
                work.Part("importance sampling", steps, isAnnealed ? 2 * steps : 3 * steps));
            var values = new Dictionary<string, double>
            {
                ["elbo"] = bound(model, data.Test), ["importance"] = estimate.Mean, ["importance_error"] = estimate.MonteCarloError,
            };
            if (!isAnnealed) return values;
            if (work.IsStopped) return null;
            using var likelihood = new FashionVaeLikelihood(0, work.Device).With(model);
            return Annealed(values, likelihood, data, effort, work, steps);
        });

    // Three parts of a bar: training, and one for each estimate.
    IEnumerable<Trial> Of(
        TableScale scale, ExampleSet all, ModelCard card, string row,
        Func<TrialWork, ExampleSet, long, Effort, Dictionary<string, double>?> run)
    {
        var effort = Of(scale);
        var steps = scale.Steps ?? (long)effort.Epochs * (all.Training.Length / all.Size / card.BatchSize);
        var settings = Invariant($"{card.Parameters} parameters, {all.Name}, {steps} steps, {effort}");
        return SeedsOf(scale).Select(seed => new Trial(row, seed, settings, 3 * steps, work => run(work, all, steps, effort)));
    }

    static TModel? Trained<TModel>(
        TrialWork work, Func<ulong, Device, TModel> create, ExampleSet data, long steps, Action<TModel>? begin = null)
        where TModel : class, IGenerativeModel<TModel> =>
        work.Trained(create, model => new FloatBatches(data.Training, data.Size, model.BatchSize, work.Seed), steps, begin);

    static float[] Shown(ExampleSet data, Effort effort) => data.Test[..Math.Min(data.Test.Length, effort.Images * data.Size)];

    static Dictionary<string, double> Annealed(
        Dictionary<string, double> values, IDecoderLikelihood likelihood, ExampleSet data, Effort effort, TrialWork work, long steps)
    {
        var annealed = AnnealedLikelihood.Of(
            likelihood, Shown(data, effort), work.Seed, Annealing(effort), progress: work.Part("annealing", 2 * steps, 3 * steps));
        values["annealed"] = annealed.Likelihood.Mean;
        values["annealed_error"] = annealed.Likelihood.MonteCarloError;
        values["acceptance"] = 100 * annealed.Acceptance;
        return values;
    }
}

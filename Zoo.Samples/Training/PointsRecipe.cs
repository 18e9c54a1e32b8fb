using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Training;

/// <summary>A model of points in the plane, on a mixture whose modes are known.</summary>
/// <param name="create">Makes the model.</param>
/// <param name="sample">Draws points of a model that does not say itself how; else left out.</param>
internal sealed class PointsRecipe<TModel>(Func<ulong, Device, TModel> create, Sampler<TModel>? sample = null)
    : Recipe<TModel>(create), IPointsRecipe where TModel : class, IGenerativeModel<TModel>
{
    /// <summary>What it is trained on without <c>--data</c>.</summary>
    public required GaussianMixture Mixture { get; init; }

    public required long Steps { get; init; }

    /// <summary>Whether learning rates fall in a straight line to 0 at the end of the run.</summary>
    public bool Decays { get; init; }

    /// <summary>Of every optimiser in a new run, in place of the declared one; null to leave that.</summary>
    public float? LearningRate { get; init; }

    public override string DefaultLength => string.Create(CultureInfo.InvariantCulture, $"{Steps:N0} steps on the {Mixture.Name}");

    public override bool CountsSteps => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        if (settings.Epochs is not null)
            throw new CommandException($"--epochs: {Name} is trained on points that are drawn afresh for every step; use --steps.");
        var mixture = settings.Data is { } name ? GaussianMixture.Named(name) : Mixture;
        var steps = settings.Steps ?? Steps;
        if (settings.Resume is null || Decays) settings = settings with { LearningRate = settings.LearningRate ?? LearningRate };
        var (model, rates) = Open(settings, ratesOfCheckpoint: !Decays);
        return Owning(model, points =>
            new Run(points, sample, mixture, new MixtureBatches(mixture, points.BatchSize, settings.Seed), Decays ? rates : null, steps));
    }

    public override ExampleView View => new("points", Mixture: Mixture);

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed)
    {
        var mixture = data is null ? Mixture : GaussianMixture.Named(data);
        var name = char.ToUpperInvariant(mixture.Title[0]) + mixture.Title[1..];
        return new(name, View with { Mixture = mixture }, TestPoints(mixture, seed), PointsRun.MeasuredPoints);
    }

    // Of a seed that no run has: what training draws are other points.
    static float[] TestPoints(GaussianMixture mixture, ulong seed)
    {
        using var batches = new MixtureBatches(mixture, PointsRun.MeasuredPoints, ulong.MaxValue - seed);
        return batches.Next().Examples.ToArray();
    }

    public PointsRun OpenPoints(TrainingSettings settings) => (PointsRun)Open(settings);

    sealed class Run(
        TModel model, Sampler<TModel>? sample, GaussianMixture mixture, MixtureBatches batches, LearningRates? decaying, long steps)
        : PointsRun(model, mixture, batches, decaying, steps)
    {
        protected override string Name => TModel.Card.Name;

        protected override void Sample(ulong seed, float[] points)
        {
            if (sample is not null) sample(model, seed, points);
            else ((ISampler)model).Sample(seed, [], [], points);
        }
    }
}

/// <summary>A recipe for points, whatever the class.</summary>
internal interface IPointsRecipe
{
    string Name { get; }

    ModelCard Card { get; }

    /// <summary>The length without an option.</summary>
    long Steps { get; }

    PointsRun OpenPoints(TrainingSettings settings);
}

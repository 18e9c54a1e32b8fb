using System.Globalization;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>A model of four points with codes in the plane.</summary>
internal sealed class FourPointsRecipe<TModel>(
    Func<ulong, Device, TModel> create, PosteriorSampler<TModel> encode, LikelihoodMean<TModel> decode)
    : Recipe<TModel>(create), IFourPointsRecipe where TModel : class, IGenerativeModel<TModel>
{
    public long Steps => 30_000;

    public override string DefaultLength => string.Create(CultureInfo.InvariantCulture, $"{Steps:N0} steps");

    public override bool CountsSteps => true;

    public override TrainingRun Open(TrainingSettings settings)
    {
        if (settings.Epochs is not null)
            throw new CommandException($"--epochs: {Name} is trained on the same four points in every step; use --steps.");
        if (settings.Data is not null) throw new CommandException($"--data: {Name} is trained on four points and nothing else.");
        var (model, rates) = Open(settings, ratesOfCheckpoint: false);
        return Owning(model, points => new Run(points, encode, decode, rates, settings.Steps ?? Steps));
    }

    public override ExampleView View => new("points");

    public override TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed) => data is null
        ? new("Four one-hot rows", View, FourPointsBatches.Rows(FourPointsBatches.Count), FourPointsBatches.Count)
        : throw new CommandException($"--data: {Name} is trained on four points and nothing else.");

    public FourPointsRun OpenFourPoints(TrainingSettings settings) => (FourPointsRun)Open(settings);

    sealed class Run(TModel model, PosteriorSampler<TModel> encode, LikelihoodMean<TModel> decode, LearningRates rates, long steps)
        : FourPointsRun(model, rates, steps)
    {
        protected override string Name => TModel.Card.Name;

        protected override void Encode(ulong seed, float[] examples, float[] codes) => encode(model, seed, examples, codes);

        protected override void Decode(ReadOnlySpan<float> codes, Span<float> means) => decode(model, codes, means);
    }
}

/// <summary>A recipe for four points, whatever the class.</summary>
internal interface IFourPointsRecipe
{
    string Name { get; }

    /// <summary>The length without an option.</summary>
    long Steps { get; }

    FourPointsRun OpenFourPoints(TrainingSettings settings);
}

/// <summary>Writes a draw from q(z|x) for each example: a function of the seed and the parameters.</summary>
internal delegate void PosteriorSampler<in TModel>(TModel model, ulong seed, ReadOnlySpan<float> examples, Span<float> codes);

/// <summary>Writes the mean of p(x|z) for each code.</summary>
internal delegate void LikelihoodMean<in TModel>(TModel model, ReadOnlySpan<float> codes, Span<float> means);

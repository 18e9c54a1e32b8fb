using System.Text;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Data;

namespace Zoo.Samples.Training;

/// <summary>What a command line says of a run.</summary>
/// <param name="Seed">Of first weights, noise and batches.</param>
/// <param name="Device">Where it runs.</param>
/// <param name="Data">What <c>--data</c> names; null for what the recipe has.</param>
/// <param name="Epochs">The length of a run over images; null for what the recipe has.</param>
/// <param name="Steps">The length of a run over points; null for what the recipe has.</param>
/// <param name="LearningRate">Of every optimiser; null for what the declaration or the checkpoint has.</param>
/// <param name="Resume">A checkpoint to go on from, or null.</param>
/// <param name="SkipsUnreadable">Whether pictures that cannot be read are left out.</param>
/// <param name="Augmentation">What is done to training images, or null.</param>
internal sealed record TrainingSettings(
    ulong Seed, Device Device, string? Data, int? Epochs, long? Steps, float? LearningRate, string? Resume, bool SkipsUnreadable = false,
    Augmentation? Augmentation = null);

/// <summary>What training a model takes that its declaration does not say: the data, how long, what to draw of it.</summary>
internal abstract class Recipe
{
    /// <summary>The class's own card; its name is the model's name here.</summary>
    public abstract ModelCard Card { get; }

    public string Name => Card.Name;

    /// <summary>The length without an option, for help.</summary>
    public abstract string DefaultLength { get; }

    /// <summary>Whether batches are images, which an augmentation may change.</summary>
    public virtual bool AugmentsImages => false;

    /// <summary>Whether the length is counted in steps, as for points, or in epochs, as for images.</summary>
    public virtual bool CountsSteps => false;

    /// <summary>The checkpoint's name: <c>RingGan</c> gives <c>ring-gan.safetensors</c>.</summary>
    public string CheckpointName => $"{KebabCase(Name)}.safetensors";

    /// <summary>Where a run leaves its files without <c>--out</c>; the default model's are in the folder itself.</summary>
    public string DefaultFolder => this == RecipeBook.Default ? OutputFolder.Default : Path.Combine(OutputFolder.Default, KebabCase(Name));

    /// <summary>Makes the model, or loads it, and opens its data.</summary>
    /// <exception cref="CommandException">Something that the settings name does not fit this model.</exception>
    public abstract TrainingRun Open(TrainingSettings settings);

    /// <summary>What an example is.</summary>
    public abstract ExampleView View { get; }

    /// <summary>What the model is measured on.</summary>
    /// <param name="data">What <c>--data</c> names; null for what the recipe has.</param>
    /// <param name="skipsUnreadable">Whether pictures that cannot be read are left out.</param>
    /// <param name="seed">Of data that is drawn: that of the run.</param>
    /// <exception cref="CommandException">What is named does not fit this model.</exception>
    public abstract TestPart OpenTest(string? data, bool skipsUnreadable, ulong seed);

    static string KebabCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name) text.Append(char.IsUpper(letter) && text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        return text.ToString();
    }
}

/// <summary>A recipe for one class.</summary>
internal abstract class Recipe<TModel>(Func<ulong, Device, TModel> create) : Recipe
    where TModel : class, IGenerativeModel<TModel>
{
    public override ModelCard Card => TModel.Card;

    /// <summary>Whether reconstructions need nothing beside the examples.</summary>
    protected static bool Reconstructs =>
        TModel.Card.Capabilities.Any(card => card is { Capability: Capability.Reconstruct, Classes: 0, Condition: 0 });

    /// <summary>The run, to which the model belongs from then on; the model is disposed where there is none.</summary>
    protected static TrainingRun Owning(TModel model, Func<TModel, TrainingRun> run)
    {
        try
        {
            return run(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The model of the settings, and its learning rates, whose first values are the declaration's or the option's.</summary>
    protected (TModel Model, LearningRates Rates) Open(TrainingSettings settings, bool ratesOfCheckpoint)
    {
        if (settings.Resume is not { } checkpoint)
        {
            var fresh = create(settings.Seed, settings.Device);
            return (fresh, Rates(fresh));
        }
        var model = Checkpoints.Load<TModel>("--resume", checkpoint, settings.Device);
        if (ratesOfCheckpoint) return (model, Rates(model));
        using var declared = create(settings.Seed, settings.Device);
        return (model, Rates(model, new LearningRates(declared).For(model)));

        LearningRates Rates(TModel of, LearningRates? rates = null)
        {
            rates ??= new LearningRates(of);
            if (settings.LearningRate is { } rate) rates.Set(rate);
            return rates;
        }
    }
}

/// <summary>Writes what a model makes of the codes of examples.</summary>
internal delegate void Reconstructor<in TModel>(TModel model, ReadOnlySpan<float> examples, Span<float> reconstructions);

/// <summary>Writes samples of a model: a function of the seed and the parameters, the first n of more being those of n.</summary>
internal delegate void Sampler<in TModel>(TModel model, ulong seed, Span<float> samples);

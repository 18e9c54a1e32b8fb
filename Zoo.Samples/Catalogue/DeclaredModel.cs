using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Zoo.Samples.CommandLine;
using Zoo.Samples.Training;

namespace Zoo.Samples.Catalogue;

/// <summary>
/// A class of Zoo.Models: its card, and how one is loaded. What it can do is in the card, which follows from its declaration.
/// </summary>
internal sealed class DeclaredModel
{
    readonly Func<string, Device?, IGenerativeModel> load;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The project keeps all of Zoo.Models when it is trimmed.")]
    public DeclaredModel(Type type)
    {
        Card = (ModelCard)type.GetProperty("Card", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        load = type.GetMethod("Load", [typeof(string), typeof(Device)])!.CreateDelegate<Func<string, Device?, IGenerativeModel>>();
    }

    public ModelCard Card { get; }

    public string Name => Card.Name;

    /// <summary>What it is, in less than a sentence: the summary of its documentation up to the details.</summary>
    public string Purpose => CardText.Head(Card.Summary);

    /// <summary>How it is trained, and on what.</summary>
    /// <exception cref="CommandException">Nobody has said that yet.</exception>
    public Recipe Recipe => RecipeBook.Find(Name)
        ?? throw new CommandException($"MODEL: {Name} is declared, but has no recipe: it cannot be trained here, nor has it data.");

    /// <summary>Where <c>train</c> leaves it without <c>--out</c>.</summary>
    public string DefaultCheckpoint => Path.Combine(Recipe.DefaultFolder, Recipe.CheckpointName);

    /// <summary>The capability, or null where it lacks that.</summary>
    public CapabilityCard? Find(Capability capability) => Card.Capabilities.FirstOrDefault(card => card.Capability == capability);

    public bool Can(Capability capability) => Find(capability) is not null;

    /// <summary>The first of these capabilities that it has.</summary>
    /// <param name="verb">What it is to do, for the message.</param>
    /// <param name="capabilities">By any of them it can.</param>
    /// <exception cref="CommandException">It has none: what it can do is said, and which models can do what was asked.</exception>
    public CapabilityCard Require(string verb, params Capability[] capabilities)
    {
        if (capabilities.Select(Find).FirstOrDefault(card => card is not null) is { } found) return found;
        var able = DeclaredModels.All.Where(model => capabilities.Any(model.Can)).Select(model => model.Name);
        throw new CommandException($"MODEL: {Name} cannot {verb}; it can {string.Join(", ", CardText.Abilities(Card))}. Models that can "
            + $"{verb}: {string.Join(", ", able)}.");
    }

    /// <summary>Loads one.</summary>
    /// <param name="checkpoint">The file; null for where training leaves it.</param>
    /// <param name="device">Where it runs.</param>
    /// <exception cref="CommandException">There is no such file; the command that makes one is said.</exception>
    public IGenerativeModel Load(string? checkpoint, Device device)
    {
        RequireCheckpoint(checkpoint);
        return load(checkpoint ?? DefaultCheckpoint, device);
    }

    /// <summary>Checks that there is a file, for work that comes before loading it.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public void RequireCheckpoint(string? checkpoint)
    {
        var path = checkpoint ?? DefaultCheckpoint;
        if (File.Exists(path)) return;
        var place = path == DefaultCheckpoint ? "there" : $"in '{DefaultCheckpoint}'";
        throw new CommandException(
            $"--checkpoint: expected a checkpoint, but there is no file '{path}'. 'train {Name}' leaves one {place}.");
    }
}

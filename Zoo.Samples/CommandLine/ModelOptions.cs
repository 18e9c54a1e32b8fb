using System.CommandLine;
using Zoo.Samples.Catalogue;
using Zoo.Samples.Data;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>What every command takes that works with a trained model: which one, its checkpoint, and where it runs.</summary>
internal sealed class ModelOptions
{
    readonly Option<string?> checkpointOption = new("--checkpoint")
    {
        Description = "The checkpoint that training left. Without it: where 'train' leaves it without --out.",
        HelpName = "FILE",
    };
    readonly Option<string?> dataOption = CommonOptions.TrainingData();
    readonly Option<bool> skipUnreadableOption = CommonOptions.SkipUnreadable();
    readonly Option<ulong> seedOption;
    readonly Option<string> deviceOption = CommonOptions.Device();
    readonly Option<int?> threadsOption;

    /// <param name="seed">What the seed decides.</param>
    public ModelOptions(string seed)
    {
        seedOption = CommonOptions.Seed(seed);
        threadsOption = CommonOptions.Threads(deviceOption);
    }

    public Argument<string> Argument { get; } = new("MODEL")
    {
        Description = $"Which model; 'list' has their names. Without it: {RecipeBook.Default.Name}.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => RecipeBook.Default.Name,
    };

    public IEnumerable<Option> All => [checkpointOption, dataOption, skipUnreadableOption, seedOption, deviceOption, threadsOption];

    /// <summary>The model, once it is known that it can do what is asked.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="verb">What is asked.</param>
    /// <param name="capabilities">By any of them it can.</param>
    /// <exception cref="CommandException">There is none of this name, or it cannot.</exception>
    public (DeclaredModel Model, CapabilityCard Card) Model(ParseResult arguments, string verb, params Capability[] capabilities)
    {
        var model = DeclaredModels.Named(arguments.GetRequiredValue(Argument));
        return (model, model.Require(verb, capabilities));
    }

    public ulong Seed(ParseResult arguments) => arguments.GetValue(seedOption);

    /// <summary>What the model is measured on.</summary>
    /// <exception cref="CommandException">The data does not fit the model.</exception>
    public TestPart Test(ParseResult arguments, DeclaredModel model) =>
        model.Recipe.OpenTest(arguments.GetValue(dataOption), arguments.GetValue(skipUnreadableOption), Seed(arguments));

    /// <summary>Where the model runs, once it is known that there is a checkpoint; before data is read and folders are made.</summary>
    /// <exception cref="CommandException">There is no such device, or no checkpoint.</exception>
    public ChosenDevice Device(ParseResult arguments, DeclaredModel model, bool announced = true)
    {
        var device = ChosenDevice.Open(arguments.GetRequiredValue(deviceOption), arguments.GetValue(threadsOption), announced);
        try
        {
            model.RequireCheckpoint(arguments.GetValue(checkpointOption));
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <exception cref="CommandException">There is no checkpoint.</exception>
    public IGenerativeModel Load(ParseResult arguments, DeclaredModel model, ChosenDevice device) =>
        model.Load(arguments.GetValue(checkpointOption), device.Device);
}

using System.Collections.Generic;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// A member of the zoo, in one file: what it asks of a declaration (options, networks), how it trains (phases), its programs in IR and its
/// public members. Knows nothing of Roslyn.
/// </summary>
public abstract class Variant
{
    /// <summary>Attribute without its suffix, e.g. <c>Vae</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Arguments of the attribute that are numbers, with their defaults and ranges. <c>Input</c> and <c>Batch</c> belong to all variants.
    /// </summary>
    public abstract IReadOnlyList<OptionSpec> Options { get; }

    /// <summary>Arguments of the attribute that are shapes and must be written, beside <c>Input</c>.</summary>
    public virtual IReadOnlyList<string> RequiredShapes => [];

    /// <summary>Networks in the order in which they are traced: a later one may take a shape from an earlier one.</summary>
    public virtual IReadOnlyList<NetworkSignature> Networks => [];

    /// <summary>Whether the class writes its own losses, as methods with <c>[Phase]</c>.</summary>
    public virtual bool HasOwnLosses => false;

    /// <summary>Shape of a network's parameter (x, z, …), given the networks traced so far.</summary>
    public abstract Shape ShapeOf(string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced);

    /// <summary>The same where one name has several shapes: in which network it is a parameter.</summary>
    public virtual Shape ShapeOf(
        string network, string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) =>
        ShapeOf(parameter, options, traced);

    /// <summary>
    /// What is wrong with options together, beyond their ranges, given the names of the networks that the class declares.
    /// </summary>
    public virtual IEnumerable<VariantError> CheckOptions(AttributeValues options, IReadOnlyCollection<string> networks) => [];

    /// <summary>
    /// Parameters that the variant has beside those of the class's networks, each with an owner that phases and optimisers name like a
    /// network.
    /// </summary>
    public virtual IReadOnlyList<ParameterTrace> Parameters(AttributeValues options) => [];

    /// <summary>The layers that <see cref="Parameters"/> belong to, for the model's card.</summary>
    public virtual IReadOnlyList<LayerTrace> Layers(AttributeValues options) => [];
    /// <summary>What is wrong with options beside the names of the networks' parameters, before any network is traced.</summary>
    public virtual IEnumerable<VariantError> CheckParameters(
        AttributeValues options, IReadOnlyDictionary<string, IReadOnlyList<string>> parameters) => [];

    /// <summary>What is wrong with the class as a whole, once every network is traced.</summary>
    public virtual IEnumerable<VariantError> Check(ModelTrace trace) => [];

    /// <summary>What training alternates between, in order.</summary>
    public abstract IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace);

    /// <summary>Writes losses, programs and members.</summary>
    public abstract void Build(ModelBuilder m);

    /// <summary>Every variant there is; a new one is added here.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        new Vae(), new ConditionalVae(), new Gan(), new WassersteinGan(), new EnergyBasedGan(), new BiGan(),
        new AdversarialAutoencoder(), new AdversarialVariationalBayes(), new RestrictedBoltzmannMachine(), new OwnModel(),
    ];

    /// <summary>Shape of the likelihood's mean that a network returns.</summary>
    protected static Shape MeanShape(NetworkTrace network) =>
        network.Outputs[network.Kind == OutputKind.Bernoulli ? "logits" : "mean"].Shape;

    /// <summary>An error where a network must give one number per example and does not.</summary>
    protected static IEnumerable<VariantError> CheckOneNumber(ModelTrace trace, string network, string what)
    {
        if (trace.Network(network) is { } traced && traced.Outputs["value"].Shape is var shape && shape.Count != 1)
            yield return new(VariantErrorKind.WrongOutputShape, network,
                $"{network} must return {what}, one number per example, but returns shape {shape}");
    }

    /// <summary>An error where a network must give a law of examples of <c>Input</c> and does not.</summary>
    protected static IEnumerable<VariantError> CheckLikelihood(ModelTrace trace, string network)
    {
        var input = trace.Options.Shape("Input") ?? Shape.Scalar;
        if (trace.Network(network) is { } traced && MeanShape(traced) is var shape && shape != input)
        {
            var what = traced.Kind == OutputKind.Bernoulli ? "logits have" : "mean has";
            yield return new(VariantErrorKind.WrongOutputShape, network,
                $"{network} must return a distribution over examples of shape {input} (Input), but its {what} shape {shape}");
        }
    }

    /// <summary>An error where a network must give examples of <c>Input</c> and does not.</summary>
    protected static IEnumerable<VariantError> CheckExamples(ModelTrace trace, string network)
    {
        var input = trace.Options.Shape("Input") ?? Shape.Scalar;
        if (trace.Network(network) is { } traced && traced.Outputs["value"].Shape is var shape && shape != input)
            yield return new(VariantErrorKind.WrongOutputShape, network,
                $"{network} must return examples of shape {input} (Input), but returns shape {shape}");
    }
}

/// <summary>A mistake in a declaration as a whole.</summary>
/// <param name="Kind">Which diagnostic.</param>
/// <param name="Target">Argument of the variant's attribute, or a method's name, that the squiggle goes under.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record VariantError(VariantErrorKind Kind, string Target, string Message);

/// <summary>Kinds of <see cref="VariantError"/>.</summary>
public enum VariantErrorKind
{
    /// <summary>An argument of the variant's attribute is out of range; the target is its name.</summary>
    InvalidOption,

    /// <summary>A network's result has the wrong shape; the target is the network.</summary>
    WrongOutputShape,

    /// <summary>A phase cannot train as declared; the target is the phase's method.</summary>
    InvalidPhase,

    /// <summary>A parameter that reaches results, but no gradient; the target is its name.</summary>
    UntrainedLayer,

    /// <summary>What an encoder returns is no law that the variant can train; the target is the network.</summary>
    ImproperPosterior,

    /// <summary>What a prior returns is no law that the variant can train with; the target is the network.</summary>
    ImproperPrior,

    /// <summary>Networks that do not go together; the target is the one that has to change.</summary>
    MixedNetworks,

    /// <summary>No phase trains a network's parameters; the target is the network.</summary>
    UntrainedNetwork,

    /// <summary>A phase trains networks without parameters; the target is one of them.</summary>
    IdlePhase,
}

/// <summary>One numeric argument of a variant's attribute.</summary>
/// <param name="Name">Name of the property.</param>
/// <param name="Default">What it is where it is not written.</param>
/// <param name="Range">What it may be.</param>
public sealed record OptionSpec(string Name, float Default, ValueRange Range);

/// <summary>What training does in turns: whose weights it moves, and when.</summary>
/// <param name="Name">In Pascal case: a member of the class's enum, and in snake case before names of hyperparameters and draws.</param>
/// <param name="Trains">Networks whose weights it moves.</param>
/// <param name="Every">It is due at every so many calls of <c>Step</c>.</param>
/// <param name="IsSimultaneous">Whether it takes its gradients before the phase in front of it moves any weight.</param>
/// <param name="Bound">Name of the hyperparameter whose size no weight exceeds after the update; null: none.</param>
public sealed record PhaseDeclaration(
    string Name, IReadOnlyList<string> Trains, int Every = 1, bool IsSimultaneous = false, string? Bound = null);

using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Diagnostics;

/// <summary>
/// Every diagnostic there is. Ids are never reused; bands follow the stages: 0001 the declaration, 0100 the language of networks, 0200
/// shapes, 0300 parameters and training, 0400 targets, 9999 a mistake of ours.
/// </summary>
public static class Descriptors
{
    const string Declaration = "Zoo.Declaration", Language = "Zoo.Language", Shapes = "Zoo.Shapes";
    const string Training = "Zoo.Training", Targets = "Zoo.Targets", Internal = "Zoo.Internal";

    const string Page = "docs/diagnostics.md#";

    public static readonly DiagnosticDescriptor ModelNotPartial = new(
        "ZOO0001", "Model is not partial",
        "Class '{0}' must be declared partial: the generator adds its other half",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0001");

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "ZOO0002", "Type around a model is not partial",
        "Type '{0}' must be declared partial, because the model '{1}' is nested in it",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0002");

    public static readonly DiagnosticDescriptor ModelIsGeneric = new(
        "ZOO0003", "Model is generic",
        "Class '{0}' must not have type parameters: every shape is known at compile time",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0003");

    public static readonly DiagnosticDescriptor UnsupportedModelType = new(
        "ZOO0004", "Model of an unsupported kind",
        "'{0}' cannot be a model, because it {1}: a model is a partial class that the generator gives a constructor",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0004");

    public static readonly DiagnosticDescriptor MissingNetwork = new(
        "ZOO0005", "Network is missing",
        "Class '{0}' needs the network '{1}'",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0005");

    public static readonly DiagnosticDescriptor AmbiguousNetwork = new(
        "ZOO0006", "Network is declared more than once",
        "Class '{0}' declares '{1}' more than once: a variant looks for one method of that name",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0006");

    public static readonly DiagnosticDescriptor NetworkNotStatic = new(
        "ZOO0007", "Network is not static",
        "Network '{0}' must be static: it is a declaration, and there is no instance to read",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0007");

    public static readonly DiagnosticDescriptor WrongNetworkParameters = new(
        "ZOO0008", "Network has the wrong parameters",
        "Network '{0}' must have the parameters ({1}), but has ({2})",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0008");

    public static readonly DiagnosticDescriptor WrongNetworkReturnType = new(
        "ZOO0009", "Network returns the wrong type",
        "Network '{0}' must return {1}, but returns {2}",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0009");

    public static readonly DiagnosticDescriptor InvalidOption = new(
        "ZOO0010", "Option is out of range",
        "{0}",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0010");

    public static readonly DiagnosticDescriptor WrongOutputShape = new(
        "ZOO0011", "Network's result has the wrong shape",
        "{0}",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0011");

    public static readonly DiagnosticDescriptor MemberClash = new(
        "ZOO0012", "Member has the name of a generated one",
        "'{0}' has the name of a member that the generator adds to '{1}': rename or remove it",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0012");

    public static readonly DiagnosticDescriptor UnchainedConstructor = new(
        "ZOO0013", "Constructor does not call the generated one",
        "Constructor '{0}' does not call the generated one, which makes the model: write '{1}'",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0013");

    public static readonly DiagnosticDescriptor InheritedClash = new(
        "ZOO0014", "Base class has members with names of generated ones",
        "'{0}' inherits names of members that the generator adds: {1}",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0014");

    public static readonly DiagnosticDescriptor NoBaseConstructor = new(
        "ZOO0015", "Base class has no constructor without arguments",
        "The generated constructor of '{0}' calls none with arguments: {1}",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0015");

    public static readonly DiagnosticDescriptor RequiredMember = new(
        "ZOO0016", "Member is required",
        "'{0}' must not be required, since '{1}.Load' makes models and does not know it: give it a first value",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0016");

    public static readonly DiagnosticDescriptor UnsetMember = new(
        "ZOO0017", "Member is null after construction",
        "'{0}' is null when the generated constructor ends: give it a first value, or declare it nullable",
        Declaration, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page + "zoo0017");

    public static readonly DiagnosticDescriptor InterfaceClash = new(
        "ZOO0018", "Interface asks for more than a generated member keeps",
        "The generated '{0}' would implement '{1}', but takes no null where that does, or returns where that never does: implement it "
            + "explicitly in '{2}'",
        Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0018");

    public static readonly DiagnosticDescriptor Unsupported = new(
        "ZOO0100", "Not part of the language of networks",
        "{0} is not part of the language of networks (tensors, distributions, constants, tuples, locals, if and for over constants, calls "
            + "of static methods)",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0100");

    public static readonly DiagnosticDescriptor NotConstant = new(
        "ZOO0101", "Value is not known at compile time",
        "'{0}' is not known at compile time: a network reads its parameters, locals and constants only",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0101");

    public static readonly DiagnosticDescriptor TooMuchWork = new(
        "ZOO0102", "Network takes too long to trace",
        "{0}",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0102");

    public static readonly DiagnosticDescriptor Recursion = new(
        "ZOO0103", "Recursion",
        "'{0}' calls itself ({1}): networks and helpers are inlined, so recursion has no end",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0103");

    public static readonly DiagnosticDescriptor NoSource = new(
        "ZOO0104", "Called method has no source",
        "'{0}' cannot be traced: it is neither an operation on tensors nor a method with a body in this compilation",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0104");

    public static readonly DiagnosticDescriptor ArithmeticFailed = new(
        "ZOO0105", "Arithmetic on constants failed",
        "{0}",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0105");

    public static readonly DiagnosticDescriptor BatchStatistic = new(
        "ZOO0106", "Batch statistic in a network",
        "'{0}' looks across the batch, and a network also runs where there is none, one row at a time: use LayerNorm, or statistics over "
            + "the axes of an example",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0106");

    public static readonly DiagnosticDescriptor LayerInPhase = new(
        "ZOO0107", "Layer in a phase",
        "'{0}' is a phase, which owns no parameters: move the layer into a method with [Network], and call that",
        Language, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0107");

    public static readonly DiagnosticDescriptor ShapeMismatch = new(
        "ZOO0200", "Shapes do not fit",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0200");

    public static readonly DiagnosticDescriptor WrongRank = new(
        "ZOO0201", "Wrong number of axes",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0201");

    public static readonly DiagnosticDescriptor InnerSizeMismatch = new(
        "ZOO0202", "Inner sizes of a matrix product differ",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0202");

    public static readonly DiagnosticDescriptor ReshapeCount = new(
        "ZOO0203", "Reshape changes the number of elements",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0203");

    public static readonly DiagnosticDescriptor AxisOutOfRange = new(
        "ZOO0204", "Axis is out of range",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0204");

    public static readonly DiagnosticDescriptor SliceOutOfRange = new(
        "ZOO0205", "Slice leaves the axis",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0205");

    public static readonly DiagnosticDescriptor NotPositive = new(
        "ZOO0206", "Size is not positive",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0206");

    public static readonly DiagnosticDescriptor BatchMismatch = new(
        "ZOO0207", "Value per example expected",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0207");

    public static readonly DiagnosticDescriptor OutOfRange = new(
        "ZOO0208", "Argument is out of range",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0208");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "ZOO0209", "Value is too large",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0209");

    public static readonly DiagnosticDescriptor MixedNetworks = new(
        "ZOO0220", "Networks do not go together",
        "{0}",
        Shapes, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0220");

    public static readonly DiagnosticDescriptor UntrainedNetwork = new(
        "ZOO0221", "No phase trains a network",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0221");

    public static readonly DiagnosticDescriptor IdlePhase = new(
        "ZOO0222", "Phase trains nothing",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0222");

    public static readonly DiagnosticDescriptor UntrainedLayer = new(
        "ZOO0230", "Layer that no phase trains",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0230");

    public static readonly DiagnosticDescriptor ImproperPosterior = new(
        "ZOO0231", "Encoder's law cannot be trained",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0231");

    public static readonly DiagnosticDescriptor ImproperPrior = new(
        "ZOO0232", "Prior cannot be trained with",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0232");

    public static readonly DiagnosticDescriptor UnusedInput = new(
        "ZOO0300", "Network ignores its parameter",
        "Network '{0}' does not use its parameter '{1}'",
        Training, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page + "zoo0300");

    public static readonly DiagnosticDescriptor DuplicateName = new(
        "ZOO0301", "Name is used twice",
        "'{0}' is the name of {1} already: names of layers are unique within a network",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0301");

    public static readonly DiagnosticDescriptor ParameterMismatch = new(
        "ZOO0302", "Shared parameter differs",
        "Parameter '{0}' is {1} already, but {2} is needed here",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0302");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "ZOO0303", "Invalid name",
        "'{0}' is not a name for {1}: letters, digits, '_', '-' and '.' only, and at least one of them",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0303");

    public static readonly DiagnosticDescriptor NameOfCheckpoints = new(
        "ZOO0308", "Name that checkpoints have",
        "'{0}' is what a checkpoint calls something else of this model: give the parameter or its network another name",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0308");

    public static readonly DiagnosticDescriptor UnusedLayer = new(
        "ZOO0304", "Layer does not reach a result",
        "'{0}' does not reach any network's result: it is left out of the model",
        Training, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page + "zoo0304");

    public static readonly DiagnosticDescriptor InvalidInit = new(
        "ZOO0305", "First values do not fit the parameter",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0305");

    public static readonly DiagnosticDescriptor InvalidOptimizer = new(
        "ZOO0306", "Optimiser cannot be used as declared",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0306");

    public static readonly DiagnosticDescriptor InvalidPhase = new(
        "ZOO0307", "Phase cannot train as declared",
        "{0}",
        Training, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0307");

    public static readonly DiagnosticDescriptor UnsupportedIlgpu = new(
        "ZOO0400", "ILGPU of an unsupported version",
        "'{0}' has no GPU half: this project references ILGPU {1}, but the kernels are written for 1.5; reference the package ILGPU "
            + "1.5.3, or none",
        Targets, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page + "zoo0400");

    public static readonly DiagnosticDescriptor OldLanguage = new(
        "ZOO0401", "Language version is too old",
        "'{0}' needs C# 12 or later, but this project is compiled as C# {1}: write <LangVersion>12</LangVersion>, or leave the version out",
        Targets, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo0401");

    public static readonly DiagnosticDescriptor InternalError = new(
        "ZOO9999", "Internal error of the generator",
        "The generator failed on '{0}' in stage {1} with {2}; please report it with the declaration of the class",
        Internal, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page + "zoo9999");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        ModelNotPartial, ContainerNotPartial, ModelIsGeneric, UnsupportedModelType, MissingNetwork, AmbiguousNetwork,
        NetworkNotStatic, WrongNetworkParameters, WrongNetworkReturnType, InvalidOption, WrongOutputShape, MemberClash,
        UnchainedConstructor, InheritedClash, NoBaseConstructor, RequiredMember, UnsetMember, InterfaceClash,
        Unsupported, NotConstant, TooMuchWork, Recursion, NoSource, ArithmeticFailed, BatchStatistic, LayerInPhase, ShapeMismatch,
        WrongRank,
        InnerSizeMismatch, ReshapeCount, AxisOutOfRange, SliceOutOfRange, NotPositive, BatchMismatch, OutOfRange, TooLarge,
        MixedNetworks, UntrainedNetwork, IdlePhase, UntrainedLayer, ImproperPosterior, ImproperPrior,
        UnusedInput, DuplicateName, ParameterMismatch, InvalidName, UnusedLayer, InvalidInit, InvalidOptimizer, InvalidPhase,
        NameOfCheckpoints,
        UnsupportedIlgpu, OldLanguage,
        InternalError,
    ];

    static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(d => d.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];
}

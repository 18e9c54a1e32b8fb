using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>What a result of a program is for.</summary>
public enum ResultKind
{
    /// <summary>What the program's phase minimises; there until differentiation.</summary>
    Objective,

    /// <summary>The objective's gradient for a storage, in its place in the gradient section; there after differentiation.</summary>
    Gradient,

    /// <summary>A loss of a training batch: one number.</summary>
    Loss,

    /// <summary>A loss of each row.</summary>
    RowLoss,

    /// <summary>A value that a member copies out.</summary>
    Output,

    /// <summary>What a piece of state is after the program.</summary>
    NextState,

    /// <summary>A value that later programs read, or the next run of the same one: see <see cref="Op.Carried"/>.</summary>
    Carried,
}

/// <summary>Name of a program's result: what it is for and which.</summary>
public readonly record struct ResultName(ResultKind Kind, string Name)
{
    public override string ToString() => Kind switch
    {
        ResultKind.Objective => "objective",
        ResultKind.RowLoss => $"row.{Name}",
        ResultKind.NextState => $"next.{Name}",
        _ => $"{Naming.SnakeCase(Kind.ToString())}.{Name}",
    };
}

/// <summary>A stretch of state: one parameter, or several that one product reads side by side along the last axis.</summary>
/// <param name="Name">Name of its <see cref="Op.Parameter"/> or <see cref="Op.State"/> nodes.</param>
/// <param name="Shape">Shape in the IR.</param>
/// <param name="Members">The parameters in it.</param>
/// <param name="Trainers">For each phase the ordinal of the optimiser that updates it there, or −1.</param>
/// <param name="IsTurned">Whether <paramref name="Shape"/> and the memory are the transpose of what the members say: [out, in].</param>
/// <param name="IsAdvanced">Whether programs advance it themselves, and no optimiser: a running statistic.</param>
public sealed record Storage(
    string Name, Shape Shape, EquatableArray<StorageMember> Members, EquatableArray<int> Trainers, bool IsTurned = false,
    bool IsAdvanced = false)
{
    /// <summary>Whether any phase updates it.</summary>
    public bool IsTrained => Trainers.Any(t => t >= 0);
}

/// <summary>A parameter's place in a storage: columns from <paramref name="Start"/> on. The rest is as tracing found it.</summary>
public sealed record StorageMember(
    string Parameter, Shape Shape, EquatableArray<FileAxis> FileAxes, string Init, int FanIn, int FanOut, int Start)
{
    public StorageMember(ParameterTrace parameter, int start)
        : this(parameter.Name, parameter.Shape, parameter.FileAxes, parameter.Init, parameter.FanIn, parameter.FanOut, start) =>
        Gain = parameter.Gain;

    /// <summary>Factor on the first values.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>What it is of another parameter; null where it is none.</summary>
    public SingularVectorTrace? Vector { get; init; }
}

/// <summary>A part of training: what is minimised is an objective of the program <see cref="Gradients"/>.</summary>
/// <param name="Name">In Pascal case.</param>
/// <param name="Every">It is due at every so many steps.</param>
/// <param name="IsSimultaneous">Whether it takes its gradients before the phase in front of it moves any weight.</param>
/// <param name="Optimizers">Each updates the storages whose <see cref="Storage.Trainers"/> name it.</param>
/// <param name="Bound">Full name of the hyperparameter whose size no weight exceeds after the update; null: none.</param>
/// <param name="IsOnly">Whether it is the model's only phase: then its name appears nowhere.</param>
/// <param name="Reads">Phases whose shared program computes something that this one reads, in order.</param>
public sealed record PhaseGraph(
    string Name, int Every, bool IsSimultaneous, EquatableArray<OptimizerGraph> Optimizers, string? Bound, bool IsOnly,
    EquatableArray<string> Reads)
{
    /// <summary>What runs before its gradients, in order, each so many times.</summary>
    public EquatableArray<LoopGraph> Loops { get; init; } = [];

    /// <summary>Before names of its hyperparameters and draws.</summary>
    public string Prefix => IsOnly ? "" : Naming.SnakeCase(Name) + ":";

    /// <summary>Name of the program that computes losses and gradients.</summary>
    public string Gradients => "Gradients" + Suffix;

    /// <summary>Name of the program that computes gradients alone.</summary>
    public string TrainingGradients => "TrainingGradients" + Suffix;

    /// <summary>Name of the update.</summary>
    public string Update => "Update" + Suffix;

    /// <summary>Name of the program that computes what this phase and later ones share.</summary>
    public static string Shared(string phase) => "Shared" + phase;

    /// <summary>Whether a program is a part of the phase's training.</summary>
    public bool Has(string program) =>
        program == Gradients || program == TrainingGradients || program == Shared(Name) || Loops.Any(l => l.Program == program);

    string Suffix => IsOnly ? "" : Name;
}

/// <summary>
/// A program that is run so many times before a phase's gradients: a loop is a program and a count, and is never unrolled. What one run
/// leaves for the next is an <see cref="Op.State"/> that it advances, or an <see cref="Op.Carried"/> that it hands on.
/// </summary>
/// <param name="Program">Its name.</param>
/// <param name="Times">How many times.</param>
public readonly record struct LoopGraph(string Program, int Times);

/// <summary>A hyperparameter without its first value, so that an edit of that recompiles nothing.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Range">What it may be.</param>
public readonly record struct HyperparameterGraph(string Name, ValueRange Range);

/// <summary>One entry program of a model.</summary>
/// <param name="Name">Name of the emitted method.</param>
/// <param name="Summary">What it computes, for people.</param>
/// <param name="Rows">The literal batch, or 0 where any number of rows up to <see cref="ModelGraph.ChunkRows"/> may be given.</param>
/// <param name="Inputs">Names of its data in the order in which the host hands them over, whether or not anything reads them.</param>
/// <param name="Results">Results by kind and name.</param>
public sealed record ProgramGraph(string Name, string Summary, int Rows, EquatableArray<string> Inputs, Roots<ResultName> Results);

/// <summary>A model as programs over one state.</summary>
/// <param name="Identity">The class.</param>
/// <param name="Batch">Rows of a training batch.</param>
/// <param name="ChunkRows">Most rows that an inference program takes at once.</param>
/// <param name="Parameters">Names of the parameters in order of declaration.</param>
/// <param name="Storages">State, in order of its place in a section: what the same phases train by the same optimisers lies
/// together.</param>
/// <param name="Phases">What training alternates between, in order.</param>
/// <param name="Hyperparameters">In their order in memory.</param>
/// <param name="Programs">Entry programs.</param>
public sealed record ModelGraph(
    ModelIdentity Identity,
    int Batch,
    int ChunkRows,
    EquatableArray<string> Parameters,
    EquatableArray<Storage> Storages,
    EquatableArray<PhaseGraph> Phases,
    EquatableArray<HyperparameterGraph> Hyperparameters,
    EquatableArray<ProgramGraph> Programs)
{
    /// <summary>Whether there are averages of the weights, which all but training reads.</summary>
    public bool KeepsAverages { get; init; }

    /// <summary>Whether examples are numbers from 0 to 1, and so perhaps no others than these two.</summary>
    public bool HasUnitExamples { get; init; }

    public ProgramGraph Program(string name) => Programs.First(p => p.Name == name);
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Structure;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// All that the public half of a class is printed from; depends on the trace alone, so that an edit of a learning rate stops here.
/// </summary>
/// <param name="Identity">The class.</param>
/// <param name="Variant">The attribute without its suffix.</param>
/// <param name="Batch">Examples in a training batch.</param>
/// <param name="EvaluatesBatches">Whether losses look across the batch, so that only whole batches can be evaluated.</param>
/// <param name="Inputs">What a training step is given, in order.</param>
/// <param name="LossesSummary">What the record of losses holds.</param>
/// <param name="Losses">The losses, in order.</param>
/// <param name="Hyperparameters">In their order in memory.</param>
/// <param name="Phases">Names; of one phase the name appears nowhere.</param>
/// <param name="Members">Members beyond those that every class has.</param>
/// <param name="Networks">Methods that the compiler alone reads.</param>
/// <param name="Layers">For the card.</param>
/// <param name="Parameters">Numbers that training changes or keeps.</param>
public sealed record Surface(
    ModelIdentity Identity,
    string Variant,
    int Batch,
    bool EvaluatesBatches,
    EquatableArray<InputSpec> Inputs,
    string LossesSummary,
    EquatableArray<LossSpec> Losses,
    EquatableArray<HyperparameterSpec> Hyperparameters,
    EquatableArray<string> Phases,
    EquatableArray<SurfaceMember> Members,
    EquatableArray<string> Networks,
    EquatableArray<LayerTrace> Layers,
    long Parameters)
{
    /// <summary>What the generated half must heed in the class's base and in the user's half.</summary>
    public ClassTrace Class { get; init; } = ClassTrace.Plain;

    /// <summary>What the class's documentation says it is, for the card.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Shape of an example, for the card.</summary>
    public Shape Input { get; init; } = Shape.Scalar;

    /// <summary>What training and sampling are made of, for the card.</summary>
    public EquatableArray<ProgramStructure> Structure { get; init; } = [];

    /// <summary>Whether examples are from 0 to 1, as a likelihood of pixels wants them; else any finite number.</summary>
    public bool HasUnitExamples { get; init; }

    /// <summary>
    /// Whether networks are named for analysers, which take nothing but nameof for a use; not where that is a method of somebody's.
    /// </summary>
    public bool NamesNetworks => Networks.Count > 0 && !Class.HidesNameof;

    /// <summary>Options that a checkpoint tells, since no tensor's name or shape does.</summary>
    public EquatableArray<(string Name, string Value)> ToldOptions { get; init; } = [];

    public GeneratedMember Train => new("Train", Data, "void");

    public GeneratedMember Update => new("Update", "", "void");

    public GeneratedMember ChecksData => new("ChecksData", null, "bool", GeneratedMember.ReadAndWritten);

    public GeneratedMember Save => new("Save", "string", "void");

    /// <summary>A member of the variant.</summary>
    public GeneratedMember Declaration(SurfaceMember member) =>
        new(member.Name, string.Join(", ", member.Parameters.Select(p => TypeOf(p.Kind))), TypeOf(member.Call));

    /// <summary>Modifiers of a member, which overrides one of the base where that can be.</summary>
    public string Modifiers(GeneratedMember member) => Class.Overrides(member) ? "public override" : "public";

    /// <summary>
    /// Every member that the class has when all is printed: the user's have other names, and what it inherits another name or signature,
    /// unless it can be overridden. A test holds this to the emitted class.
    /// </summary>
    public IEnumerable<GeneratedMember> Generated() =>
    [
        new("zooEngine"), new("zooLossNames"), new("ZooLosses", ""), new("Card"), new("Losses"),
        .. NamesNetworks ? [new GeneratedMember("ZooNetworks")] : System.Array.Empty<GeneratedMember>(),
        .. Phases.Count > 1 ? [new GeneratedMember("Phase")] : System.Array.Empty<GeneratedMember>(),
        new("BatchSize", null, "int"), new("Steps", null, "long"), new("Parameters", null, "Zoo.ParameterSet"),
        new("Hyperparameters", null, "Zoo.HyperparameterSet"), new("Draws", null, "Zoo.DrawSet"),
        new("LossNames", null, "System.ReadOnlySpan<string>"),
        // What returns losses or takes a phase has a type of the class itself, which no base knows.
        new("Step", Data), new("Evaluate", Data), Train,
        .. Phases.Count > 1
            ? [new("Gradients", $"Phase, {Data}"), new("Update", "Phase")]
            : new GeneratedMember[] { new("Gradients", Data), Update },
        .. Members.Select(Declaration),
        Save, new("Load", "string, Zoo.Device"), new("Load", "string, Zoo.CheckpointOptions, Zoo.Device"),
        new("Load", "string, Zoo.CheckpointOptions, out Zoo.CheckpointReport, Zoo.Device"), ChecksData,
        // Beside a base that disposes too this is an override, or hides with care.
        .. Class.Disposal.IsNew ? [new("Dispose", "", "void")] : System.Array.Empty<GeneratedMember>(),
        .. Class.Disposal == DisposalTrace.OwnPattern ? [new("Dispose", "bool")] : System.Array.Empty<GeneratedMember>(),
    ];

    string Data => string.Join(", ", Inputs.Select(i => TypeOf(i.Element)));

    static string TypeOf(InputElement element) =>
        element == InputElement.Number ? "System.ReadOnlySpan<float>" : "System.ReadOnlySpan<int>";

    static string TypeOf(MemberCall call) => call switch
    {
        ImportanceSamplingCall => "double",
        RuntimeCall runtime => runtime.Type,
        _ => "void",
    };

    static string TypeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Rows or ParameterKind.OptionalRows => "System.ReadOnlySpan<float>",
        ParameterKind.Labels => "System.ReadOnlySpan<int>",
        ParameterKind.Seed => "ulong",
        ParameterKind.Result => "System.Span<float>",
        ParameterKind.Count => "int",
        ParameterKind.Flag => "bool",
        ParameterKind.Number => "double",
        ParameterKind.Numbers => "System.ReadOnlySpan<double>",
        ParameterKind.Progress => "System.IProgress<double>?",
        _ => "System.Span<double>",
    };
}

/// <summary>What the numbers of an input are.</summary>
public enum InputElement
{
    /// <summary>Numbers of a shape per row.</summary>
    Number,

    /// <summary>One label per row, from 0 on.</summary>
    Label,

    /// <summary>One label per row, or −1 where there is none.</summary>
    OptionalLabel,
}

/// <summary>Data of a training step.</summary>
/// <param name="Name">Name of the parameter: <c>batch</c>, <c>labels</c>, <c>condition</c>.</param>
/// <param name="Element">What its numbers are.</param>
/// <param name="Size">Numbers per row; of labels the classes.</param>
public readonly record struct InputSpec(string Name, InputElement Element, int Size);

/// <summary>A loss as users see it.</summary>
/// <param name="Name">Property of the record.</param>
/// <param name="Documentation">What it is, with its sign.</param>
/// <param name="Phase">Ordinal of the phase that computes it.</param>
public readonly record struct LossSpec(string Name, string Documentation, int Phase);

/// <summary>A number that a step reads from memory.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Initial">First value.</param>
/// <param name="Range">What it may be.</param>
public readonly record struct HyperparameterSpec(string Name, float Initial, ValueRange Range);

/// <summary>A public member: how it reads and what it calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documentation">Its summary.</param>
/// <param name="Parameters">In order.</param>
/// <param name="Call">What its body does.</param>
public sealed record SurfaceMember(string Name, string Documentation, EquatableArray<SurfaceParameter> Parameters, MemberCall Call);

/// <summary>What a parameter of a member is.</summary>
public enum ParameterKind
{
    /// <summary>Rows of numbers.</summary>
    Rows,

    /// <summary>One label per row.</summary>
    Labels,

    /// <summary>Seed of the member's draws.</summary>
    Seed,

    /// <summary>Receives rows of numbers.</summary>
    Result,

    /// <summary>A positive count.</summary>
    Count,

    /// <summary>Receives one double per row, or is left out.</summary>
    PerRow,

    /// <summary>Yes or no; no where it is left out.</summary>
    Flag,

    /// <summary>A double.</summary>
    Number,

    /// <summary>Doubles.</summary>
    Numbers,

    /// <summary>Is told how much is done, from 0 to 1, or is left out.</summary>
    Progress,

    /// <summary>Rows of numbers that may be left out.</summary>
    OptionalRows,
}

/// <summary>A parameter of a member.</summary>
/// <param name="Name">Its name; of a result also the program's output in Pascal case.</param>
/// <param name="Documentation">What it is.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Size">Numbers per row; of labels the classes.</param>
/// <param name="Output">Of a result: the program's output.</param>
public readonly record struct SurfaceParameter(string Name, string Documentation, ParameterKind Kind, int Size, string Output = "");

/// <summary>What a member's body does.</summary>
public abstract record MemberCall;

/// <summary>Runs a program over all rows in chunks and copies its outputs.</summary>
public sealed record InferenceCall(string Program) : MemberCall;

/// <summary>log p(x) by importance sampling: one program gives a proposal's moments, the other a log-weight.</summary>
/// <param name="Encode">Outputs <c>mean</c> and <c>log_variance</c>.</param>
/// <param name="Weigh">Row loss <c>LogWeight</c>.</param>
/// <param name="Latent">Numbers of a code.</param>
public sealed record ImportanceSamplingCall(string Encode, string Weigh, int Latent) : MemberCall;

/// <summary>Calls a method of the runtime: the engine first, then what is listed, then the member's own parameters.</summary>
/// <param name="Method">Its name with the class, in <c>Zoo.Runtime</c>.</param>
/// <param name="Type">What it returns, in full; <c>void</c> for nothing.</param>
/// <param name="Returns">What that is, for the documentation.</param>
/// <param name="Behind">What stands between the engine and the member's parameters.</param>
/// <param name="Refusals">Exceptions beside the usual ones, with when they are thrown.</param>
public sealed record RuntimeCall(
    string Method, string Type, string Returns, EquatableArray<RuntimeArgument> Behind, EquatableArray<RuntimeRefusal> Refusals)
    : MemberCall;

/// <summary>What a method of the runtime is handed: the ordinal of a program, the place of one of its outputs, or a number.</summary>
/// <param name="Program">The program; empty where it is a number.</param>
/// <param name="Output">The output; empty where it is the program itself.</param>
/// <param name="Number">The number.</param>
public readonly record struct RuntimeArgument(string Program, string Output, float Number)
{
    public static RuntimeArgument Of(string program) => new(program, "", 0);

    public static RuntimeArgument Place(string program, string output) => new(program, output, 0);

    public static RuntimeArgument Of(float number) => new("", "", number);
}

/// <summary>An exception that a method of the runtime throws.</summary>
/// <param name="Type">In full.</param>
/// <param name="When">When.</param>
public readonly record struct RuntimeRefusal(string Type, string When);

using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Variants;

/// <summary>
/// An interface of the runtime for one thing that can be asked of a model. A class implements it where it has members that fit, whatever
/// its variant: the interface hands over all that such a member may need, and the member takes what it does.
/// </summary>
/// <param name="Name">Member of <c>Zoo.Capability</c>.</param>
/// <param name="Interface">In <c>Zoo</c>.</param>
/// <param name="Methods">Its methods; the class has a member for each.</param>
public sealed record CapabilitySpec(string Name, string Interface, params CapabilityMethod[] Methods)
{
    static readonly SurfaceParameter
        Seed = Given("seed", ParameterKind.Seed), X = Given("x", ParameterKind.Rows), Labels = Given("labels", ParameterKind.Labels),
        Condition = Given("condition", ParameterKind.Rows), PerRow = Given("perRow", ParameterKind.PerRow),
        Progress = Given("progress", ParameterKind.Progress);

    /// <summary>In the order in which cards list them.</summary>
    public static IReadOnlyList<CapabilitySpec> All { get; } =
    [
        new("Sample", "ISampler", new CapabilityMethod("Sample", [Seed, Labels, Condition, Result("samples")])),
        new("GibbsSample", "IGibbsSampler", new CapabilityMethod("Sample", [Seed, Count("gibbsSteps"), Result("samples"), Progress])),
        new("Encode", "IEncoder", new CapabilityMethod("Encode", [Seed, X, Labels, Condition, Result("codes")])),
        new("EncodeMoments", "IGaussianEncoder",
            new CapabilityMethod("Encode", [X, Labels, Condition, Result("mean"), Result("logVariance")])),
        new("Reconstruct", "IReconstructor",
            new CapabilityMethod("Reconstruct", [Seed, X, Labels, Condition, Result("reconstructions")])),
        new("Classify", "IClassifier", new CapabilityMethod("Classify", [Seed, X, Result("probabilities")])),
        new("LogLikelihood", "ILikelihood",
            new CapabilityMethod("LogLikelihood", [X, Labels, Condition, Count("samples"), PerRow, Progress])),
        new("PartitionFunction", "IPartitionFunction",
            new CapabilityMethod("LogPartition", [Progress]),
            new CapabilityMethod("EstimateLogPartition", [Seed, Count("chains"), Count("temperatures"), Progress]),
            new CapabilityMethod("LogLikelihood", [X, Given("logPartition", ParameterKind.Number), PerRow])),
    ];

    static SurfaceParameter Given(string name, ParameterKind kind) => new(name, "", kind, 0);

    static SurfaceParameter Result(string name) => Given(name, ParameterKind.Result);

    static SurfaceParameter Count(string name) => Given(name, ParameterKind.Count);

    /// <summary>What implements the interface in a class; null where it does not.</summary>
    public IReadOnlyList<CapabilityCall>? Of(Surface surface)
    {
        var calls = Methods.Select(method => method.Of(surface.Members)).ToList();
        return calls.Any(call => call is null) ? null : [.. calls.Select(call => call!)];
    }
}

/// <summary>A method of a capability's interface.</summary>
/// <param name="Name">Its name, and that of the members that fit.</param>
/// <param name="Parameters">What it hands over.</param>
public sealed record CapabilityMethod(string Name, params SurfaceParameter[] Parameters)
{
    /// <summary>The member that it calls, of several that fit the one with the fewest results; null where none fits.</summary>
    public CapabilityCall? Of(IEnumerable<SurfaceMember> members) => members.Where(member => member.Name == Name).Select(Fit)
        .Where(call => call is not null).OrderBy(call => call!.Member.Parameters.Count(p => p.Kind == ParameterKind.Result))
        .FirstOrDefault();

    CapabilityCall? Fit(SurfaceMember member)
    {
        // From the last on: of a label and a style, the style is the code.
        var (open, arguments, unread) = (Parameters.ToList(), new List<(SurfaceParameter, string)>(), new List<SurfaceParameter>());
        foreach (var parameter in member.Parameters.Reverse())
        {
            if (Taken(parameter, open) is { } given)
            {
                arguments.Add((parameter, given.Name));
                open.Remove(given);
            }
            else if (parameter.Kind == ParameterKind.Result) unread.Add(parameter);
            else if (!IsOptional(parameter.Kind)) return null;
        }
        if (open.Any(given => given.Kind is ParameterKind.Result or ParameterKind.Count or ParameterKind.Number)) return null;
        arguments.Reverse();
        return new(this, member, arguments, unread, open);
    }

    /// <summary>
    /// What a parameter of a member is given: what has its name; else the only one of its kind, and of rows those that are no condition.
    /// </summary>
    SurfaceParameter? Taken(SurfaceParameter parameter, IReadOnlyList<SurfaceParameter> open)
    {
        var ofKind = open.Where(given => given.Kind == parameter.Kind).ToList();
        if (ofKind.Exists(given => given.Name == parameter.Name)) return ofKind.Find(given => given.Name == parameter.Name);
        if (parameter.Kind == ParameterKind.Rows) ofKind.RemoveAll(given => given.Name == "condition");
        else if (Parameters.Count(given => given.Kind == parameter.Kind) > 1) return null;
        return ofKind.Count > 0 ? ofKind[0] : null;
    }

    static bool IsOptional(ParameterKind kind) =>
        kind is ParameterKind.PerRow or ParameterKind.Flag or ParameterKind.Progress or ParameterKind.OptionalRows;
}

/// <summary>How a method of a capability's interface calls a member.</summary>
/// <param name="Method">The method.</param>
/// <param name="Member">The member.</param>
/// <param name="Arguments">Parameters of the member that are handed over, each with its name in the method.</param>
/// <param name="Unread">Results of the member that the method has no room for.</param>
/// <param name="Unused">What the method hands over and the member does not take.</param>
public sealed record CapabilityCall(
    CapabilityMethod Method, SurfaceMember Member, IReadOnlyList<(SurfaceParameter Parameter, string Name)> Arguments,
    IReadOnlyList<SurfaceParameter> Unread, IReadOnlyList<SurfaceParameter> Unused)
{
    /// <summary>Numbers per row of what the member writes; 0 where it writes none.</summary>
    public int Size => Arguments.Where(a => a.Parameter.Kind == ParameterKind.Result).Select(a => a.Parameter.Size).FirstOrDefault();

    /// <summary>Classes of the labels that it takes; 0 where it takes none.</summary>
    public int Classes => Arguments.Where(a => a.Name == "labels").Select(a => a.Parameter.Size).FirstOrDefault();

    /// <summary>Numbers of the condition that it takes; 0 where it takes none.</summary>
    public int Condition => Arguments.Where(a => a.Name == "condition").Select(a => a.Parameter.Size).FirstOrDefault();
}

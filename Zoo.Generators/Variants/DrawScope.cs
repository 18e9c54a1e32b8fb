using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Variants;

/// <summary>
/// Names of draws, which are their keys: the same name draws the same numbers. A name is made of the phase (or of what is computed:
/// <c>evaluate.</c>), and of the variant's own name for a draw, a Noise call's name, or network, kind and ordinal. A network that is called
/// again draws again, under a name with the ordinal of the call: so no two calls share numbers unless the variant hands them one node.
/// </summary>
/// <param name="prefix">Before every name, e.g. <c>critic:</c> or <c>evaluate.</c>.</param>
/// <param name="isTraining">Whether networks are called as training has them.</param>
public sealed class DrawScope(string prefix, bool isTraining = false)
{
    /// <summary>Whether networks are called as training has them, or as evaluation and inference do.</summary>
    public bool IsTraining { get; } = isTraining;

    /// <summary>What the networks' state is after the calls so far, by name; only training advances it.</summary>
    public Dictionary<string, Node> Advanced { get; } = [];

    readonly Dictionary<string, string> owners = [];
    readonly Dictionary<string, int> calls = [];

    /// <summary>The variant's own standard normal draw, one row per example.</summary>
    public Node Normal(GraphBuilder g, string name, Shape shape) => g.Draw(Claim(name, "", name), DrawKind.Normal, new(1, shape));

    /// <summary>The variant's own uniform draw in [0, 1), one row per example.</summary>
    public Node Uniform(GraphBuilder g, string name, Shape shape) => g.Draw(Claim(name, "", name), DrawKind.Uniform, new(1, shape));

    /// <summary>The variant's own draw of any law and type: one that all examples share draws one row.</summary>
    public Node Draw(GraphBuilder g, string name, DrawKind kind, TensorType type) => g.Draw(Claim(name, "", name), kind, type);
    /// <summary>The variant's own one-hot rows, their classes uniform, one per example.</summary>
    public Node OneHot(GraphBuilder g, string name, int classes) =>
        g.Draw(Claim(name, "", name), DrawKind.OneHot, new(1, new Shape(classes)));

    /// <summary>Ordinal of a further call of a network: 1 for the first.</summary>
    public int Enter(string network) => calls[network] = calls.TryGetValue(network, out var n) ? n + 1 : 1;

    /// <summary>The name here of a draw that a network or a phase's method makes.</summary>
    /// <param name="owner">The network or the method, in snake case.</param>
    /// <param name="call">Ordinal of its call.</param>
    /// <param name="traced">Name as traced: <c>network.name</c> or <c>network.normal1</c>.</param>
    /// <param name="isPhase">Whether the owner is a phase, whose name stands in front already.</param>
    public string Of(string owner, int call, string traced, bool isPhase)
    {
        var dot = traced.IndexOf('.');
        var (network, name) = (traced.Substring(0, dot), traced.Substring(dot + 1));
        var isBare = (isPhase && network == owner) || !IsOrdinal(name);
        var own = isBare ? Claim(name, network, traced) : prefix + traced;
        return call == 1 ? own : $"{own}#{call.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The name where nobody else has it, else the qualified one.</summary>
    string Claim(string name, string owner, string qualified)
    {
        if (!owners.TryGetValue(name, out var known)) owners[name] = known = owner;
        return prefix + (known == owner ? name : qualified);
    }

    /// <summary>Whether tracing made the name: a kind and an ordinal.</summary>
    static bool IsOrdinal(string name) => new[] { "normal", "uniform", "onehot", "bernoulli", "sample", "dropout" }.Any(kind =>
        name.StartsWith(kind, StringComparison.Ordinal) && name.Length > kind.Length && name.Skip(kind.Length).All(char.IsDigit));
}

using System;
using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Structure;

/// <summary>
/// Reads off a program's graph what people draw of it: inputs, draws, calls of networks, losses, and what is given to what. It walks from
/// the results back and stops at what it knows: a loss, a draw, an input, a value inside a call of a network. What several of these are
/// made into on the way to a network is a value with the name of the network's parameter.
/// <para>A gradient comes back along an edge where a weight that the phase trains lies behind it, the objective before it, and nothing
/// between stops it.</para>
/// </summary>
sealed class StructureWriter
{
    /// <summary>With more calls of networks nobody draws a program.</summary>
    public const int MostCalls = 64;

    readonly ModelTrace trace;
    readonly IReadOnlyList<NetworkCall> calls;
    readonly IReadOnlyDictionary<Node, LawDraw> laws;
    readonly IReadOnlyDictionary<string, int> labels;
    readonly DrawScope? scope;
    readonly HashSet<string> trains;

    readonly List<Part> parts = [];
    readonly Dictionary<object, int> known = [];
    readonly Dictionary<Node, NetworkCall> inside = [];
    readonly Dictionary<Node, (LossReport Report, bool IsUnderWay)> losses = [];
    readonly StructureFormula formula;

    /// <summary>A node while its program is walked.</summary>
    /// <param name="Owns">Whether it has weights that the phase trains.</param>
    sealed record Part(StructureKind Kind, string Name, string Detail, IReadOnlyList<Edge> Inputs, bool Owns);

    /// <summary>What is given, and whether a gradient can pass.</summary>
    readonly record struct Edge(int From, bool Passes);

    /// <param name="trace">The declaration.</param>
    /// <param name="calls">Calls of networks so far.</param>
    /// <param name="laws">Draws that are known by their law.</param>
    /// <param name="labels">Inputs that are labels, with how many classes there are.</param>
    /// <param name="scope">Scope of the program's draws; null where it is not known.</param>
    /// <param name="trains">Networks and own parameters whose weights the program moves.</param>
    public StructureWriter(
        ModelTrace trace, IReadOnlyList<NetworkCall> calls, IReadOnlyDictionary<Node, LawDraw> laws,
        IReadOnlyDictionary<string, int> labels, DrawScope? scope, IEnumerable<string> trains)
    {
        (this.trace, this.calls, this.laws, this.labels, this.scope, this.trains) = (trace, calls, laws, labels, scope, new(trains));
        formula = new(Symbol, node => losses.ContainsKey(node) || inside.ContainsKey(node));
        if (scope is not null) Enter(calls.Where(c => c.Scope == scope));
    }

    void Enter(IEnumerable<NetworkCall> own)
    {
        foreach (var call in own) Enter(call);
    }

    /// <summary>Nodes between a call's results and what it was given that depend on it or on the call's own draws.</summary>
    void Enter(NetworkCall call)
    {
        var outside = new HashSet<Node>(Topology.Sort(call.Operands.Select(o => o.Node)));
        var own = new HashSet<Node>();
        foreach (var node in Topology.Sort(call.Results.Select(r => r.Node), outside.Contains))
        {
            if (node.Op != Op.Draw && !node.Inputs.Any(i => own.Contains(i) || (outside.Contains(i) && !IsOfNoProgram(i)))) continue;
            own.Add(node);
            inside[node] = call;
        }
    }

    static bool IsOfNoProgram(Node node) => node.Op is Op.Constant or Op.Parameter or Op.Hyperparameter or Op.RowCount or Op.State;

    /// <summary>The structure of a phase.</summary>
    public ProgramStructure Phase(string name, PhaseLosses phase, IReadOnlyList<LossReport> reports)
    {
        // What is reported and constant says nothing.
        foreach (var (loss, report) in phase.Losses.Zip(reports, (l, r) => (l, r)).Where(l => l.l.Op != Op.Constant))
            losses[loss] = (report, false);
        foreach (var loss in losses.Keys.ToList()) Known(loss);
        var objective = Reach([phase.Objective]);
        var minimises = phase.Formula.Length > 0 ? phase.Formula : formula.Of(phase.Objective);
        bool IsOwn(Edge e) => parts[e.From].Kind is not (StructureKind.Loss or StructureKind.Input or StructureKind.State);
        // Of losses alone it is what the losses say.
        if (objective.Edges.Any(IsOwn) || minimises.Length == 0)
        {
            Add(new(StructureKind.Objective, "objective", minimises, objective.Edges, objective.Owns));
            objective = ([new(parts.Count - 1, true)], false);
            minimises = "objective";
        }
        foreach (var (state, next) in phase.Next)
        {
            // A chain goes on; what only follows the batch is no part of the picture.
            var edges = Reach([next]).Edges;
            if (edges.Any(e => parts[e.From].Kind == StructureKind.Draw))
                Add(new(StructureKind.Output, Free($"next {DrawWords.Name(state)}"), "", edges, false));
        }
        var trained = trains.Where(owner => trace.Parameters.Any(p => p.Network == owner));
        return new(name, true, new(trained), minimises, Nodes(objective.Edges));
    }

    /// <summary>The structure of a program that gives values.</summary>
    public ProgramStructure Program(string name, bool isTraining, IEnumerable<(string Name, Node Node)> outputs)
    {
        var results = outputs.ToList();
        var nodes = new HashSet<Node>(Topology.Sort(results.Select(r => r.Node)));
        Enter(calls.Where(c => c.Results.Any(r => nodes.Contains(r.Node))));
        foreach (var (output, node) in results)
        {
            var (size, edges) = (node.Type.IsShared ? "" : LayerSizes.Size(node.Shape), Reach([node]).Edges);
            Add(new(StructureKind.Output, Free(output), size, edges, false));
        }
        return new(name, isTraining, [], "", Nodes([]));
    }

    /// <summary>Names in place of ordinals, and where gradients go.</summary>
    EquatableArray<StructureNode> Nodes(IReadOnlyList<Edge> objective)
    {
        // Whether weights that are trained lie behind; whether the objective lies before.
        var (behind, before) = (new bool[parts.Count], new bool[parts.Count]);
        for (var i = 0; i < parts.Count; i++) behind[i] = parts[i].Owns || parts[i].Inputs.Any(e => e.Passes && behind[e.From]);
        foreach (var edge in objective.Where(e => e.Passes)) before[edge.From] = true;
        for (var i = parts.Count - 1; i >= 0; i--)
            foreach (var edge in parts[i].Inputs.Where(e => e.Passes && before[i])) before[edge.From] = true;
        return new(parts.Select((part, i) => new StructureNode(
            part.Kind, part.Name, part.Detail, new(part.Inputs.Select(e => parts[e.From].Name)),
            new(part.Inputs.Where(e => e.Passes && before[i] && behind[e.From]).Select(e => parts[e.From].Name)))));
    }

    int Add(Part part)
    {
        parts.Add(part);
        return parts.Count - 1;
    }

    /// <summary>The name, with as many primes as it takes to be another.</summary>
    string Free(string name)
    {
        while (parts.Any(p => p.Name == name)) name += "′";
        return name;
    }

    /// <summary>The part that a node is or lies in; null where the walk goes on into it.</summary>
    int? Known(Node node)
    {
        if (losses.TryGetValue(node, out var loss) && !loss.IsUnderWay) return Once(node, () => Loss(node, loss.Report));
        if (laws.TryGetValue(node, out var law))
        {
            // A choice has no slope, and what is drawn of a law by itself is none to its parameters.
            return Once(node, () =>
            {
                Edge[] edges = [.. Reach([law.Given]).Edges.Select(e => e with { Passes = false })];
                return Add(new(StructureKind.Draw, Free(law.Name), law.Law, edges, false));
            });
        }
        if (inside.TryGetValue(node, out var call)) return Call(call);
        return node.Op switch
        {
            Op.Input => Once(node, () => Source(StructureKind.Input, node,
                labels.TryGetValue(node.Name, out var classes) ? $"a label of {classes}" : LayerSizes.Size(node.Shape))),
            Op.OneHot when node.Inputs[0].Op == Op.Input => Known(node.Inputs[0]),
            Op.Draw => Draw(node),
            Op.State or Op.Carried => Once(node, () => Source(StructureKind.State, node, LayerSizes.Size(node.Shape))),
            _ => null,
        };
    }

    /// <summary>A loss that is called like a network says that it is one.</summary>
    string Name(LossReport report) => trace.Network(report.Name) is null ? report.Name : report.Name + " loss";

    int Once(object key, Func<int> make) => known.TryGetValue(key, out var part) ? part : known[key] = make();

    int Source(StructureKind kind, Node node, string detail) => Add(new(kind, Free(DrawWords.Name(node.Name)), detail, [], false));

    int Draw(Node node) => Once(node, () => Source(StructureKind.Draw, node, DrawWords.Law(node)));

    /// <summary>Draws of a network that differ in nothing but their ordinal are drawn once.</summary>
    int Draws(IReadOnlyList<Node> same) => Once(same[0], () =>
    {
        var times = same.Count == 1 ? "" : $", {same.Count} times";
        var part = Source(StructureKind.Draw, same[0], DrawWords.Law(same[0]) + times);
        foreach (var draw in same) known[draw] = part;
        return part;
    });

    int Loss(Node node, LossReport report)
    {
        losses[node] = (report, true);
        // A loss may be a network's result as it stands.
        var (edges, owns) = Known(node) is { } same ? ([new(same, true)], false) : Reach(node.Inputs);
        var text = report.Formula.Length > 0 ? report.Formula : formula.Of(node);
        losses[node] = (report, false);
        return Add(new(StructureKind.Loss, Free(Name(report)), text, edges, owns));
    }

    /// <summary>Equal calls are drawn once.</summary>
    int Call(NetworkCall call)
    {
        var key = (call.Network.Name, string.Join(" ", call.Operands.Select(o => $"{o.Node.Hash}")),
            string.Join(" ", call.Results.Select(r => $"{r.Node.Hash}")));
        return Once(key, () =>
        {
            var edges = new List<Edge>();
            foreach (var (parameter, operand) in call.Operands)
            {
                var passes = Passes(call, operand);
                foreach (var edge in Operand(parameter, operand)) Put(edges, edge with { Passes = edge.Passes && passes });
            }
            var draws = Topology.Sort(call.Results.Select(r => r.Node), call.Operands.Select(o => o.Node).Contains)
                .Where(n => n.Op == Op.Draw && inside.TryGetValue(n, out var owner) && owner == call)
                .GroupBy(n => (DrawWords.Name(n.Name), DrawWords.Law(n)));
            foreach (var same in draws) Put(edges, new(Draws([.. same]), false));
            var network = call.Network.Name;
            var owns = Topology.Sort(call.Results.Select(r => r.Node), call.Operands.Select(o => o.Node).Contains)
                .Exists(n => n.Op == Op.Parameter && Owner(n.Name) is { } owner && trains.Contains(owner));
            return Add(new(StructureKind.Network, Free(network), LayerSizes.Of(trace, trace.Network(network)!), edges, owns));
        });
    }

    /// <summary>Whether a gradient passes through a network to what it was given.</summary>
    static bool Passes(NetworkCall call, Node operand)
    {
        var (seen, open) = (new HashSet<Node>(), new Stack<Node>(call.Results.Select(r => r.Node)));
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (node == operand) return true;
            if (!seen.Add(node) || Stops(node.Op)) continue;
            foreach (var input in node.Inputs) open.Push(input);
        }
        return false;
    }

    static bool Stops(Op op) => op is Op.StopGradient or Op.Greater or Op.Equal or Op.Step or Op.Sign or Op.OneHot;

    /// <summary>What a network is given: a part itself, or a value that is made of several.</summary>
    IReadOnlyList<Edge> Operand(string parameter, Node operand)
    {
        if (known.TryGetValue(("value", operand), out var value)) return [new(value, true)];
        var edges = Reach([operand]).Edges;
        if (edges.Count < 2) return edges;
        var text = formula.Of(operand);
        return [new(known[("value", operand)] = Add(new(StructureKind.Value, Free(parameter), text, edges, false)), true)];
    }

    /// <summary>The parts that values are made of, in the order in which they are met, and whether own parameters are among them.</summary>
    (IReadOnlyList<Edge> Edges, bool Owns) Reach(IReadOnlyList<Node> roots)
    {
        var (edges, strays) = (new List<Edge>(), new List<(string Parameter, bool Passes)>());
        // First along what a gradient passes, then along everything.
        foreach (var passes in new[] { true, false })
        {
            var (seen, open) = (new HashSet<Node>(), new Stack<Node>(roots.Reverse()));
            while (open.Count > 0)
            {
                var node = open.Pop();
                if (!seen.Add(node)) continue;
                if (known.TryGetValue(("value", node), out var value)) Put(edges, new(value, passes));
                else if (Known(node) is { } part) Put(edges, new(part, passes));
                else if (node.Op == Op.Parameter) strays.Add((node.Name, passes));
                else if (!passes || !Stops(node.Op))
                    foreach (var input in node.Inputs.Reverse()) open.Push(input);
            }
        }
        return (edges, Stray(edges, strays));
    }

    /// <summary>
    /// Weights that are met outside of a call: of a network whose result they are, or in a gradient, which passes through them although it
    /// is stopped at the network's steps. Answers whether any are trained that no network has.
    /// </summary>
    bool Stray(List<Edge> edges, IEnumerable<(string Parameter, bool Passes)> strays)
    {
        var owns = false;
        foreach (var (parameter, passes) in strays)
        {
            if (Owner(parameter) is not { } network)
            {
                owns |= passes && trace.Parameters.Any(p => p.Name == parameter && trains.Contains(p.Network));
                continue;
            }
            var met = edges.FindIndex(e => parts[e.From].Kind == StructureKind.Network && parts[e.From].Name.TrimEnd('′') == network);
            if (met >= 0) edges[met] = edges[met] with { Passes = edges[met].Passes || passes };
            else if (calls.LastOrDefault(c => c.Network.Name == network && (scope is null || c.Scope == scope)) is { } call)
                Put(edges, new(Call(call), passes));
        }
        return owns;
    }

    /// <summary>The network whose parameter it is, or that of layers that were joined; null of what no network has.</summary>
    string? Owner(string parameter) => trace.Networks.FirstOrDefault(n =>
        parameter.TrimStart('_').StartsWith(Naming.SnakeCase(n.Name) + ".", StringComparison.Ordinal))?.Name;

    static void Put(List<Edge> edges, Edge edge)
    {
        if (!edges.Exists(e => e.From == edge.From)) edges.Add(edge);
    }

    /// <summary>What a formula calls a node.</summary>
    string? Symbol(Node node)
    {
        if (losses.TryGetValue(node, out var loss)) return loss.IsUnderWay ? null : Name(loss.Report);
        if (known.TryGetValue(("value", node), out var value)) return parts[value].Name;
        if (!inside.TryGetValue(node, out var call)) return Known(node) is { } part ? parts[part].Name : null;
        if (call.Results.FirstOrDefault(r => r.Node == node).Name is not { } result) return null;
        var own = parts[Call(call)];
        var given = string.Join(", ", own.Inputs.Select(e => parts[e.From] is { Kind: StructureKind.Network } network
            ? $"{network.Name.TrimEnd('′')}({string.Join(", ", network.Inputs.Select(i => parts[i.From].Name))})"
            : parts[e.From].Name));
        return result.Split('.').Last() switch
        {
            "mean" => "μ",
            "log_variance" => StructureFormula.LogVariance,
            _ => $"{call.Network.Name}({given})",
        };
    }
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Structure;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>
/// The traced networks as functions that a variant calls while it writes its programs: each call is a copy with other operands and draws of
/// its own.
/// </summary>
public sealed class NetworkLibrary(GraphBuilder g, IEnumerable<NetworkTrace> networks)
{
    readonly Dictionary<string, NetworkTrace> networks = networks.ToDictionary(n => n.Name);
    readonly List<NetworkCall> calls = [];

    public bool Has(string name) => networks.ContainsKey(name);

    public NetworkTrace this[string name] => networks[name];

    /// <summary>In order of their first call.</summary>
    public IReadOnlyList<NetworkTrace> All { get; } = [.. networks];

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<NetworkCall> Calls => calls;

    /// <summary>The network's results for the given operands, which may have several rows per example.</summary>
    public Roots Call(string name, DrawScope draws, params Node[] operands)
    {
        var network = networks[name];
        var given = network.Parameters.Zip(operands, (parameter, operand) => (parameter, operand))
            .ToDictionary(p => p.parameter, p => p.operand);
        var scale = operands.Length == 0 ? 1 : operands.Max(o => o.Type.Rows);
        var outputs = draws.IsTraining ? network.Outputs : network.Inference;
        var results = Copy(outputs, network.Next, Naming.SnakeCase(name), draws, given, [], scale);
        calls.Add(new(network, draws, [.. given.Select(o => (o.Key, o.Value))], results));
        return results;
    }

    /// <summary>The losses of a phase's method, and the calls of networks in it.</summary>
    public Roots Phase(PhaseTrace phase, DrawScope draws, IReadOnlyDictionary<string, Node> inputs) => Copy(
        draws.IsTraining ? phase.Outputs : phase.Inference, phase.Next, Naming.SnakeCase(phase.Name), draws, inputs,
        draws.IsTraining ? phase.Calls : [], isPhase: true);

    /// <summary>
    /// A traced function's results: its inputs replaced, its draws named for this call. Its state goes on from the call before.
    /// </summary>
    Roots Copy(
        Roots outputs, Roots next, string owner, DrawScope draws, IReadOnlyDictionary<string, Node> inputs,
        EquatableArray<CallTrace> inlined, int rowScale = 1, bool isPhase = false)
    {
        var call = draws.Enter(owner);
        var import = g.Importer(
            node => node.Op switch
            {
                Op.Input => inputs[node.Name],
                Op.State when draws.Advanced.TryGetValue(node.Name, out var advanced) => advanced,
                Op.Draw => g.Draw(draws.Of(owner, call, node.Name, isPhase), node.Attributes.Draw,
                    node.Type with { Rows = node.Type.Rows * rowScale }),
                _ => null,
            },
            rowScale);
        var results = outputs.Select(import);
        foreach (var (network, operands, values) in inlined)
            calls.Add(new(networks[network], draws, operands.Select(import), values.Select(import)));
        if (!draws.IsTraining) return results;
        var states = next.Select(import);
        foreach (var (name, node) in states) draws.Advanced[name] = node;
        return results;
    }

    /// <summary>The value of a network that returns a tensor.</summary>
    public Node Tensor(string name, DrawScope draws, params Node[] operands) => Call(name, draws, operands)["value"];

    /// <summary>The value of a network that returns one number per example, as an empty shape.</summary>
    public Node Number(string name, DrawScope draws, params Node[] operands) => g.Reshape(Tensor(name, draws, operands), Shape.Scalar);

    public GaussianValue Gaussian(string name, DrawScope draws, params Node[] operands)
    {
        var roots = Call(name, draws, operands);
        return new(roots["mean"], roots["log_variance"]);
    }

    /// <summary>Mean of the likelihood that the network returns.</summary>
    public Node LikelihoodMean(string name, DrawScope draws, params Node[] operands)
    {
        var roots = Call(name, draws, operands);
        return networks[name].Kind == OutputKind.Bernoulli ? new BernoulliValue(roots["logits"]).Mean(g) : roots["mean"];
    }

    /// <summary>log p(x) per row under the likelihood that the network returns.</summary>
    public Node LogLikelihood(string name, DrawScope draws, Node x, params Node[] operands)
    {
        var roots = Call(name, draws, operands);
        return networks[name].Kind == OutputKind.Bernoulli
            ? new BernoulliValue(roots["logits"]).LogProbability(g, x)
            : new GaussianValue(roots["mean"], roots["log_variance"]).LogProbability(g, x);
    }
}

using System.Collections.Generic;
using System.Linq;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Generators.Variants;

/// <summary>The traced networks as functions that a variant calls while it writes its programs: each call is a copy with other operands.</summary>
public sealed class NetworkLibrary(GraphBuilder g, IEnumerable<NetworkTrace> networks)
{
    readonly Dictionary<string, NetworkTrace> networks = networks.ToDictionary(n => n.Name);

    public bool Has(string name) => networks.ContainsKey(name);

    public OutputKind Kind(string name) => networks[name].Kind;

    /// <summary>The network's results for the given operands, which may have several rows per example.</summary>
    public Roots Call(string name, params Node[] operands)
    {
        var network = networks[name];
        var given = network.Parameters.Zip(operands, (parameter, operand) => (parameter, operand)).ToDictionary(p => p.parameter, p => p.operand);
        var scale = operands.Length == 0 ? 1 : operands.Max(o => o.Type.Rows);
        var import = g.Importer(node => node.Op == Op.Input ? given[node.Name] : null, scale);
        return network.Outputs.Select(import);
    }

    public GaussianValue Gaussian(string name, params Node[] operands)
    {
        var roots = Call(name, operands);
        return new(roots["mean"], roots["log_variance"]);
    }

    /// <summary>Mean of the likelihood that the network returns.</summary>
    public Node LikelihoodMean(string name, params Node[] operands)
    {
        var roots = Call(name, operands);
        return Kind(name) == OutputKind.Bernoulli ? new BernoulliValue(roots["logits"]).Mean(g) : roots["mean"];
    }

    /// <summary>log p(x) per row under the likelihood that the network returns.</summary>
    public Node LogLikelihood(string name, Node x, params Node[] operands)
    {
        var roots = Call(name, operands);
        return Kind(name) == OutputKind.Bernoulli
            ? new BernoulliValue(roots["logits"]).LogProbability(g, x)
            : new GaussianValue(roots["mean"], roots["log_variance"]).LogProbability(g, x);
    }
}

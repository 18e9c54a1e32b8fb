namespace Zoo.Generators.Graphs;

/// <summary>Independent Bernoulli variables in the IR, by their logits.</summary>
public sealed record BernoulliValue(Node Logits)
{
    /// <summary>Σ (x·l − softplus(l)), nats per row: log p(x) with no probability ever formed.</summary>
    public Node LogProbability(GraphBuilder g, Node x) => g.Sum(g.Sub(g.Mul(x, Logits), g.Unary(Op.Softplus, Logits)));

    /// <summary>σ(l).</summary>
    public Node Mean(GraphBuilder g) => g.Unary(Op.Sigmoid, Logits);

    /// <summary>Σ (softplus(l) − l·σ(l)), nats.</summary>
    public Node Entropy(GraphBuilder g) => g.Sum(g.Sub(g.Unary(Op.Softplus, Logits), g.Mul(Logits, Mean(g))));
}

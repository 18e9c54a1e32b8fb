namespace Zoo.Generators.Graphs;

/// <summary>A choice among the elements of the last axis, by logits; what other axes there are, are independent choices.</summary>
public sealed record CategoricalValue(Node Logits)
{
    /// <summary>Σ x·log softmax(l), nats per row: of a one-hot x the log-probability of its class, and 0 of a row of zeros.</summary>
    public Node LogProbability(GraphBuilder g, Node x) => g.Sum(g.Mul(x, g.LogSoftmax(Logits)));

    /// <summary>softmax(l).</summary>
    public Node Mean(GraphBuilder g) => g.Softmax(Logits);

    /// <summary>−Σ softmax(l)·log softmax(l), nats.</summary>
    public Node Entropy(GraphBuilder g) => g.Neg(g.Sum(g.Mul(Mean(g), g.LogSoftmax(Logits))));

    /// <summary>
    /// One-hot of the largest l + γ with γ = −log(−log u), u uniform (Gumbel 1954): exactly a draw. Single-precision numbers meet, so of
    /// equal ones it is the first.
    /// </summary>
    public Node Sample(GraphBuilder g, Node uniform) => g.StopGradient(FirstLargest(g, Perturbed(g, uniform)));

    /// <summary>softmax((l + γ)/τ) (Jang et al. 2017, eq. 2; Maddison et al. 2017, eq. 10).</summary>
    public Node Relax(GraphBuilder g, Node uniform, float temperature) => g.Softmax(g.Mul(Perturbed(g, uniform), 1 / temperature));

    /// <summary>The sample, with the relaxation's gradient: their difference is a constant to it (Jang et al. 2017, section 2.2).</summary>
    public Node StraightThrough(GraphBuilder g, Node uniform, float temperature)
    {
        var relaxed = Relax(g, uniform, temperature);
        return g.Add(Sample(g, uniform), g.Sub(relaxed, g.StopGradient(relaxed)));
    }

    /// <summary>l + γ. A uniform number may be 0, whose γ would be −∞; the least other one is 2⁻²⁴.</summary>
    Node Perturbed(GraphBuilder g, Node uniform)
    {
        var inside = g.Binary(Op.Max, uniform, g.Constant(1f / (1 << 25)));
        return g.Sub(Logits, g.Unary(Op.Log, g.Neg(g.Unary(Op.Log, inside))));
    }

    /// <summary>1 in the first place of the last axis that holds its largest number.</summary>
    static Node FirstLargest(GraphBuilder g, Node x)
    {
        var axis = x.Shape.Rank - 1;
        var isLargest = g.Binary(Op.Equal, x, g.ReduceMax(x, x.Type with { Shape = x.Shape.With(axis, 1) }));
        var (places, taken) = (new Node[x.Shape.Last], g.Constant(0));
        for (var k = 0; k < places.Length; k++)
        {
            places[k] = g.Mul(g.Slice(isLargest, axis, k, 1), g.Sub(g.Constant(1), taken));
            taken = g.Add(taken, places[k]);
        }
        return g.Concat(axis, places);
    }
}

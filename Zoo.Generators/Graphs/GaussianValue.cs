using System;

namespace Zoo.Generators.Graphs;

/// <summary>A diagonal Gaussian in the IR. Mean and log-variance broadcast against each other.</summary>
public sealed record GaussianValue(Node Mean, Node LogVariance)
{
    static readonly float LogTwoPi = (float)Math.Log(2 * Math.PI);

    /// <summary>Mean and log-variance brought to one type.</summary>
    (Node Mean, Node LogVariance) Aligned(GraphBuilder g)
    {
        var type = GraphBuilder.Common("Gaussian", Mean, LogVariance);
        return (g.Broadcast(Mean, type), g.Broadcast(LogVariance, type));
    }

    /// <summary>−½ Σ ((x − μ)²·e^(−log σ²) + log σ² + log 2π), nats per row.</summary>
    public Node LogProbability(GraphBuilder g, Node x)
    {
        var squared = g.Mul(g.Unary(Op.Square, g.Sub(x, Mean)), g.Unary(Op.Exp, g.Neg(LogVariance)));
        return g.Mul(g.Sum(g.Add(g.Add(squared, LogVariance), g.Constant(LogTwoPi))), -0.5f);
    }

    /// <summary>½ Σ (1 + log 2π + log σ²).</summary>
    public Node Entropy(GraphBuilder g) => g.Mul(g.Sum(g.Add(Aligned(g).LogVariance, g.Constant(1 + LogTwoPi))), 0.5f);

    /// <summary>μ + e^(½ log σ²)·ε.</summary>
    public Node Reparameterise(GraphBuilder g, Node epsilon) => g.Add(Mean, g.Mul(g.Unary(Op.Exp, g.Mul(LogVariance, 0.5f)), epsilon));

    /// <summary>KL(this ‖ other) per element, before the sum: ½ (log σ₂² − log σ₁² + (σ₁² + (μ₁ − μ₂)²)/σ₂² − 1).</summary>
    public Node DivergencePerElement(GraphBuilder g, GaussianValue other)
    {
        var (mean, logVariance) = Aligned(g);
        var (otherMean, otherLogVariance) = other.Aligned(g);
        var difference = g.Sub(mean, otherMean);
        var ratio = g.Add(
            g.Unary(Op.Exp, g.Sub(logVariance, otherLogVariance)),
            g.Mul(g.Unary(Op.Square, difference), g.Unary(Op.Exp, g.Neg(otherLogVariance))));
        return g.Mul(g.Sub(g.Add(g.Sub(otherLogVariance, logVariance), ratio), g.Constant(1)), 0.5f);
    }

    /// <summary>KL(this ‖ other), nats per row.</summary>
    public Node Divergence(GraphBuilder g, GaussianValue other) => g.Sum(DivergencePerElement(g, other));

    public static GaussianValue Standard(GraphBuilder g, Shape shape) => new(g.Constant(0, new(0, shape)), g.Constant(0, new(0, shape)));
}

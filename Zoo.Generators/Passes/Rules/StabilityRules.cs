using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Forms that overflow or cancel, replaced by the ones that do not.</summary>
/// <remarks>
/// <para>Before: <c>log(σ(x)) + log(1 − σ(x))</c></para>
/// <para>After: <c>−softplus(−x) − softplus(x)</c></para>
/// <para>Invariant: the same value in exact arithmetic; finite wherever the value is, and no less accurate anywhere.</para>
/// <para>
/// Misses: what is written through a division (1/(1 + e⁻ˣ) is not known as σ(x)), and sums of exponentials: log-softmax and log-sum-exp are
/// stable from the start, in <see cref="Composites"/>.
/// </para>
/// </remarks>
static class StabilityRules
{
    public static readonly RewriteRule[] Table = [LogOfSigmoid, LogOfExp, LogOfOnePlus, ExpMinusOne, OneMinusSigmoid];

    static Node? LogOfSigmoid(GraphBuilder g, Node node) => node switch
    {
        // log(σ(x)) = −softplus(−x)
        { Op: Op.Log, Inputs: [{ Op: Op.Sigmoid, Inputs: [var x] }] } => g.Neg(g.Unary(Op.Softplus, g.Neg(x))),
        // log(tanh(x)) stays
        _ => null,
    };

    static Node? LogOfExp(GraphBuilder g, Node node) => node switch
    {
        // log(exp(x)) = x
        { Op: Op.Log, Inputs: [{ Op: Op.Exp, Inputs: [var x] }] } => x,
        // exp(log(x)) stays
        _ => null,
    };

    static Node? LogOfOnePlus(GraphBuilder g, Node node) => node switch
    {
        // log1p(exp(x)) = softplus(x)
        { Op: Op.Log1p, Inputs: [{ Op: Op.Exp, Inputs: [var x] }] } => g.Unary(Op.Softplus, x),
        // log(x + 1) = log1p(x)
        { Op: Op.Log, Inputs: [{ Op: Op.Add, Inputs: [var x, { Constant: 1 }] }] } => g.Unary(Op.Log1p, x),
        // log(x + 2) stays
        _ => null,
    };

    static Node? ExpMinusOne(GraphBuilder g, Node node) => node switch
    {
        // exp(x) − 1 = expm1(x)
        { Op: Op.Sub, Inputs: [{ Op: Op.Exp, Inputs: [var x] }, { Constant: 1 }] } => g.Unary(Op.Expm1, x),
        // exp(x) − 2 stays
        _ => null,
    };

    static Node? OneMinusSigmoid(GraphBuilder g, Node node) => node switch
    {
        // 1 − σ(x) = σ(−x)
        { Op: Op.Sub, Inputs: [{ Constant: 1 }, { Op: Op.Sigmoid, Inputs: [var x] }] } => g.Unary(Op.Sigmoid, g.Neg(x)),
        // 2 − σ(x) stays
        _ => null,
    };
}

using System;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Differentiation;

/// <summary>
/// Derivatives of one-operand elementwise ops, from the output wherever it says enough: then the operand need not be kept.
/// </summary>
static class UnaryRules
{
    const float TwoOverRootPi = 1.12837917f;

    public static Node? Apply(GraphBuilder g, Node y, Node up)
    {
        var x = y.Inputs[0];
        Node One() => g.Constant(1);
        return y.Op switch
        {
            Op.Neg => g.Neg(up),
            Op.Abs => g.Mul(up, g.Unary(Op.Sign, x)),
            Op.Square => g.Mul(up, g.Mul(x, 2)),
            Op.Sqrt when IsSumOfSquares(x) => OfNorm(g, y, up),
            Op.Sqrt => g.Div(g.Mul(up, 0.5f), y),
            Op.Rsqrt => g.Mul(up, g.Mul(g.Mul(y, g.Unary(Op.Square, y)), -0.5f)),
            Op.Reciprocal => g.Neg(g.Mul(up, g.Unary(Op.Square, y))),
            Op.Exp => g.Mul(up, y),
            Op.Expm1 => g.Mul(up, g.Add(y, One())),
            Op.Log => g.Div(up, x),
            Op.Log1p => g.Div(up, g.Add(x, One())),
            Op.Sin => g.Mul(up, g.Unary(Op.Cos, x)),
            Op.Cos => g.Neg(g.Mul(up, g.Unary(Op.Sin, x))),
            Op.Tanh => g.Mul(up, g.Sub(One(), g.Unary(Op.Square, y))),
            Op.Sigmoid => g.Mul(up, g.Mul(y, g.Sub(One(), y))),
            Op.Softplus => g.Mul(up, g.Unary(Op.Sigmoid, x)),
            Op.Erf => g.Mul(up, g.Mul(g.Unary(Op.Exp, g.Neg(g.Unary(Op.Square, x))), TwoOverRootPi)),
            Op.Relu => g.Mul(up, g.Unary(Op.Step, y)),
            // Inside the range, ends included, as PyTorch has it.
            Op.Clamp => g.Mul(up,
                g.Sub(g.Sub(One(), g.Binary(Op.Greater, x, g.Constant(y.Attributes.Value2))),
                    g.Binary(Op.Greater, g.Constant(y.Attributes.Value), x))),
            Op.Sign or Op.Step => null,
            _ => throw new ArgumentOutOfRangeException(nameof(y), $"No derivative for {y.Op}."),
        };
    }

    /// <summary>
    /// ∂‖v‖ at v = 0 is taken as 0, as PyTorch's norm has it: a penalty on a slope of 0 stays finite. The quotient is never of 0, so that
    /// its own derivatives are finite too.
    /// </summary>
    static Node OfNorm(GraphBuilder g, Node norm, Node up)
    {
        var isPositive = g.Unary(Op.Step, norm);
        return g.Mul(g.Mul(up, isPositive), g.Div(g.Constant(0.5f), g.Select(isPositive, norm, g.Constant(1))));
    }

    static bool IsSumOfSquares(Node x)
    {
        while (x.Op is Op.Reshape or Op.Sum) x = x.Inputs[0];
        return x.Op == Op.Square || (x is { Op: Op.Mul, Inputs: [var a, var b] } && a == b);
    }
}

using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>Elementwise ops on one element.</summary>
static class Elementwise
{
    public static double Unary(Node node, double x) => node.Op switch
    {
        Op.Neg => -x,
        Op.Abs => Math.Abs(x),
        Op.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        Op.Square => x * x,
        Op.Sqrt => Math.Sqrt(x),
        Op.Rsqrt => 1 / Math.Sqrt(x),
        Op.Reciprocal => 1 / x,
        Op.Exp => Math.Exp(x),
        Op.Expm1 => SpecialFunctions.Expm1(x),
        Op.Log => Math.Log(x),
        Op.Log1p => SpecialFunctions.Log1p(x),
        Op.Sin => Math.Sin(x),
        Op.Cos => Math.Cos(x),
        Op.Tanh => Math.Tanh(x),
        Op.Sigmoid => SpecialFunctions.Sigmoid(x),
        Op.Softplus => SpecialFunctions.Softplus(x),
        Op.Erf => SpecialFunctions.Erf(x),
        Op.Relu => Math.Max(x, 0),
        Op.Step => x > 0 ? 1 : 0,
        Op.Clamp => Math.Min(Math.Max(x, node.Attributes.Value), node.Attributes.Value2),
        _ => throw new NotSupportedException($"The interpreter does not know {node.Op}."),
    };

    public static double Binary(Op op, double a, double b) => op switch
    {
        Op.Add => a + b,
        Op.Sub => a - b,
        Op.Mul => a * b,
        Op.Div => a / b,
        Op.Max => Math.Max(a, b),
        Op.Min => Math.Min(a, b),
        Op.Greater => a > b ? 1 : 0,
        Op.Equal => a == b ? 1 : 0,
        _ => throw new NotSupportedException($"The interpreter does not know {op}."),
    };
}

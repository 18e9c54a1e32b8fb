using Zoo.Generators.Graphs;

namespace Zoo.Generators.Passes.Rules;

/// <summary>Signs and constant factors: moved to where they meet and cancel.</summary>
static class AlgebraRules
{
    public static readonly RewriteRule[] Table = [Signs, ConstantsRight, ConstantFactors, CommonFactor, DivisionByConstant];

    static Node? Signs(GraphBuilder g, Node node)
    {
        Node At(int i) => node.Inputs[i];
        bool IsNeg(int i) => At(i).Op == Op.Neg;
        Node Bare(int i) => At(i).Inputs[0];
        return node.Op switch
        {
            Op.Neg when IsNeg(0) => Bare(0),
            Op.Neg when At(0).Op == Op.Sub => g.Sub(At(0).Inputs[1], At(0).Inputs[0]),
            Op.Neg when At(0).Op == Op.Mul && At(0).Inputs[1].Op == Op.Constant => g.Mul(At(0).Inputs[0], g.Constant(-At(0).Inputs[1].Attributes.Value, node.Type)),
            Op.Add when IsNeg(1) => g.Sub(At(0), Bare(1)),
            Op.Add when IsNeg(0) => g.Sub(At(1), Bare(0)),
            Op.Sub when IsNeg(1) => g.Add(At(0), Bare(1)),
            Op.Mul or Op.Div when IsNeg(0) && IsNeg(1) => g.Binary(node.Op, Bare(0), Bare(1)),
            Op.Mul when IsNeg(0) && At(1).Op == Op.Constant => g.Mul(Bare(0), g.Constant(-At(1).Attributes.Value, node.Type)),
            Op.Mul or Op.Div when IsNeg(0) => g.Neg(g.Binary(node.Op, Bare(0), At(1))),
            Op.Mul or Op.Div when IsNeg(1) => g.Neg(g.Binary(node.Op, At(0), Bare(1))),
            Op.Square or Op.Abs or Op.Cos when IsNeg(0) => g.Unary(node.Op, Bare(0)),
            _ => null,
        };
    }

    static Node? ConstantsRight(GraphBuilder g, Node node) =>
        node.Op is Op.Add or Op.Mul or Op.Max or Op.Min && node.Inputs[0].Op == Op.Constant && node.Inputs[1].Op != Op.Constant
            ? g.Binary(node.Op, node.Inputs[1], node.Inputs[0])
            : null;

    /// <summary>(x·c₁)·c₂ = x·(c₁c₂), and a constant factor passes broadcasts and reshapes outwards so that factors meet.</summary>
    static Node? ConstantFactors(GraphBuilder g, Node node)
    {
        if (node.Op != Op.Mul) return null;
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if (b.Op == Op.Constant && a.Op == Op.Mul && a.Inputs[1].Op == Op.Constant)
            return g.Mul(a.Inputs[0], g.Constant(a.Inputs[1].Attributes.Value * b.Attributes.Value, node.Type));
        if (b.Op == Op.Constant || a.Op == Op.Constant) return null;
        // (x·c)·y = (x·y)·c
        if (a.Op == Op.Mul && a.Inputs[1].Op == Op.Constant) return g.Mul(g.Mul(a.Inputs[0], b), a.Inputs[1]);
        if (b.Op == Op.Mul && b.Inputs[1].Op == Op.Constant) return g.Mul(g.Mul(a, b.Inputs[0]), b.Inputs[1]);
        return null;
    }

    /// <summary>x·c ± y·c = (x ± y)·c, and with −c the other sign.</summary>
    static Node? CommonFactor(GraphBuilder g, Node node)
    {
        if (node.Op is not (Op.Add or Op.Sub) || !IsScaled(node.Inputs[0], out var x, out var c) || !IsScaled(node.Inputs[1], out var y, out var d)) return null;
        if (c == d) return g.Mul(g.Binary(node.Op, x, y), g.Constant(c, node.Type));
        return c == -d ? g.Mul(g.Binary(node.Op == Op.Add ? Op.Sub : Op.Add, x, y), g.Constant(c, node.Type)) : null;
    }

    static bool IsScaled(Node node, out Node value, out float factor)
    {
        var isScaled = node.Op == Op.Mul && node.Inputs[1].Op == Op.Constant;
        (value, factor) = isScaled ? (node.Inputs[0], node.Inputs[1].Attributes.Value) : (node, 1);
        return isScaled;
    }

    /// <summary>x/c = x·(1/c) where 1/c is exact: c a power of two.</summary>
    static Node? DivisionByConstant(GraphBuilder g, Node node)
    {
        if (node.Op != Op.Div || node.Inputs[1].Op != Op.Constant) return null;
        var divisor = node.Inputs[1].Attributes.Value;
        var inverse = 1 / divisor;
        var isPowerOfTwo = divisor != 0 && !float.IsInfinity(inverse) && (System.BitConverter.ToInt32(System.BitConverter.GetBytes(divisor), 0) & 0x007fffff) == 0;
        return isPowerOfTwo ? g.Mul(node.Inputs[0], g.Constant(inverse, node.Type)) : null;
    }
}

using System;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>Operations of the public surface that are made of several IR ops, in a numerically stable form from the start.</summary>
public static class Composites
{
    extension(GraphBuilder g)
    {
        /// <summary>x where x &gt; 0, else slope·x.</summary>
        public Node LeakyRelu(Node x, float slope) => g.Select(g.Unary(Op.Step, x), x, g.Mul(x, slope));

        /// <summary>
        /// x where x &gt; 0, else α(eˣ − 1). The exponent is clamped so that the branch not taken cannot overflow into the gradient, and by
        /// a clamp, which passes its ends, so that the slope at 0 is α as in PyTorch; below −104 eˣ is 0 in single precision.
        /// </summary>
        public Node Elu(Node x, float alpha) =>
            g.Select(g.Unary(Op.Step, x), x, g.Mul(g.Unary(Op.Expm1, g.Clamp(x, -104, 0)), alpha));

        /// <summary>x·Φ(x), with the exact normal distribution function.</summary>
        public Node Gelu(Node x) => g.Mul(g.Mul(x, 0.5f), g.Add(g.Unary(Op.Erf, g.Mul(x, 0.70710678f)), g.Constant(1)));

        public Node Silu(Node x) => g.Mul(x, g.Unary(Op.Sigmoid, x));

        /// <summary>log σ(x) = −softplus(−x).</summary>
        public Node LogSigmoid(Node x) => g.Neg(g.Unary(Op.Softplus, g.Neg(x)));

        /// <summary>Over the last axis, shifted by its largest element, which the gradient does not see.</summary>
        public Node LogSoftmax(Node x)
        {
            var shifted = g.Sub(x, g.StopGradient(g.ReduceMax(x, LastReduced(x))));
            return g.Sub(shifted, g.Unary(Op.Log, g.Sum(g.Unary(Op.Exp, shifted), LastReduced(x))));
        }

        /// <summary>Over the last axis.</summary>
        public Node Softmax(Node x)
        {
            var e = g.Unary(Op.Exp, g.Sub(x, g.StopGradient(g.ReduceMax(x, LastReduced(x)))));
            return g.Div(e, g.Sum(e, LastReduced(x)));
        }

        /// <summary>
        /// log Σ eˣ over all axes of an example, shifted by the largest element, or by the largest float where that is infinite: then no
        /// difference of two infinities arises, and the result is −∞ where all are, +∞ where one is.
        /// </summary>
        public Node LogSumExp(Node x)
        {
            var all = new TensorType(x.Type.Rows, new Shape(Enumerable.Repeat(1, x.Shape.Rank)));
            var max = g.StopGradient(g.Clamp(g.ReduceMax(x, all), -float.MaxValue, float.MaxValue));
            return g.Reshape(g.Add(max, g.Unary(Op.Log, g.Sum(g.Unary(Op.Exp, g.Sub(x, max)), all))), Shape.Scalar);
        }

        public Node Mean(Node x) => g.Mul(g.Sum(x), 1f / x.Shape.Count);

        public Node Mean(Node x, int axis) => g.Mul(g.Sum(x, axis), 1f / x.Shape[axis]);

        /// <summary>Mean over the batch of (x − mean)², biased.</summary>
        public Node VarianceRows(Node x) => g.MeanRows(g.Unary(Op.Square, g.Sub(x, g.MeanRows(x))));

        /// <summary>Over all axes of an example: (x − mean)/√(variance + ε), before any gain and bias.</summary>
        public Node Normalise(Node x, float epsilon)
        {
            return g.Normalise(x, new TensorType(x.Type.Rows, new Shape(Enumerable.Repeat(1, x.Shape.Rank))), epsilon);
        }

        /// <summary>The same over the axes that are 1 in <paramref name="all"/>.</summary>
        public Node Normalise(Node x, TensorType all, float epsilon)
        {
            var scale = (float)all.Shape.Count / x.Shape.Count;
            var centred = g.Sub(x, g.Mul(g.Sum(x, all), scale));
            var variance = g.Mul(g.Sum(g.Unary(Op.Square, centred), all), scale);
            return g.Mul(centred, g.Unary(Op.Rsqrt, g.Add(variance, g.Constant(epsilon))));
        }

        /// <summary>x·W + b for x with one axis; W is [in, out] in storage, b [out] or null.</summary>
        public Node Affine(Node x, Node weight, Node? bias)
        {
            var product = g.Product(x, weight);
            return bias is null ? product : g.Add(product, bias);
        }

        /// <summary>
        /// a·b of one example: [k]·[k, n] or [m, k]·[k, n]. Where b is the same for all examples, their rows are one matrix.
        /// </summary>
        public Node Product(Node a, Node b)
        {
            if (a.Shape.Rank is not (1 or 2) || b.Shape.Rank != 2)
                throw new GraphException(GraphError.WrongRank,
                    $"MatMul takes [k] or [m, k] on the left and [k, n] on the right, but got {a.Shape} and {b.Shape}.");
            var (k, n) = (b.Shape[0], b.Shape[1]);
            if (a.Shape.Last != k)
                throw new GraphException(GraphError.InnerSizeMismatch,
                    $"MatMul cannot multiply {a.Shape} by {b.Shape}: inner sizes {a.Shape.Last} and {k} differ.");
            var result = a.Shape.With(a.Shape.Rank - 1, n);
            var m = a.Shape.Rank == 1 ? 1 : a.Shape[0];
            if (!b.Type.IsShared) return g.Reshape(g.BatchMatMul(g.Reshape(a, new Shape(m, k)), b), result);
            if (a.Type.IsShared) return g.Reshape(g.MatMul(g.Reshape(a, new Shape(m, k)), b), result);
            return g.Reshape(g.MatMul(g.Reshape(a, a.Type.Rows * m, new Shape(k)), b), a.Type.Rows, result);
        }
    }

    static TensorType LastReduced(Node x)
    {
        if (x.Shape.Rank == 0) throw new GraphException(GraphError.WrongRank, $"A softmax takes at least one axis, but got {x.Shape}.");
        return x.Type with { Shape = x.Shape.With(x.Shape.Rank - 1, 1) };
    }
}

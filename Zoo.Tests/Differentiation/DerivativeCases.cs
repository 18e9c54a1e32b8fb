using Zoo.Generators.Graphs;

namespace Zoo.Tests.Differentiation;

/// <summary>
/// Every op that has operands, at least once. An op that is not here fails <see cref="DerivativeTests.EveryOpIsTested"/>.
/// </summary>
static class DerivativeCases
{
    public static IReadOnlyList<DerivativeCase> All { get; } =
        [.. Unary(), .. Binary(), .. Movement(), .. Windows(), .. Reductions(), .. Contractions(), .. ByLabel(), .. Together()];

    static DerivativeCase Elementwise(Op op, double low, double high) =>
        new(op, $"within {low} and {high}", [Leaf.Batch(2, 4).Within(low, high)], (g, l) => g.Unary(op, l[0]));

    static DerivativeCase Kinked(Op op) => new(op, "away from 0", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.Unary(op, l[0]));

    static IEnumerable<DerivativeCase> Unary() =>
    [
        Elementwise(Op.Neg, -2, 2), Elementwise(Op.Square, -2, 2), Elementwise(Op.Sqrt, 0.3, 3), Elementwise(Op.Rsqrt, 0.3, 3),
        Elementwise(Op.Reciprocal, 0.4, 3), Elementwise(Op.Reciprocal, -3, -0.4), Elementwise(Op.Exp, -2, 2), Elementwise(Op.Expm1, -2, 2),
        Elementwise(Op.Log, 0.3, 3), Elementwise(Op.Log1p, -0.6, 3), Elementwise(Op.Sin, -4, 4), Elementwise(Op.Cos, -4, 4),
        Elementwise(Op.Tanh, -3, 3), Elementwise(Op.Sigmoid, -5, 5), Elementwise(Op.Softplus, -5, 5), Elementwise(Op.Erf, -3, 3),
        Kinked(Op.Abs), Kinked(Op.Sign), Kinked(Op.Relu), Kinked(Op.Step),
        new(Op.Clamp, "inside and outside", [Leaf.Batch(3, 4).SpacedApart()], (g, l) => g.Clamp(l[0], -0.4f, 0.6f)),
        new(Op.StopGradient, "beside a way that is not stopped", [Leaf.Batch(4)],
            (g, l) => g.Mul(l[0], g.StopGradient(g.IsPositive(g.Add(l[0], g.Constant(5)))))),
    ];

    /// <summary>
    /// A value that is constant near the points tested: a difference, which sees through StopGradient, then agrees with the rule.
    /// </summary>
    static Node IsPositive(this GraphBuilder g, Node x) => g.Unary(Op.Step, x);

    static IEnumerable<DerivativeCase> Binary()
    {
        (string Name, Leaf A, Leaf B)[] pairs =
        [
            ("of one type", Leaf.Batch(2, 4), Leaf.Batch(2, 4)),
            ("shared with batch", Leaf.Shared(2, 4), Leaf.Batch(2, 4)),
            ("batch with shared of lower rank", Leaf.Batch(2, 4), Leaf.Shared(4)),
            ("axes of size 1 on both sides", Leaf.Batch(2, 1), Leaf.Batch(1, 4)),
            ("number per example with shared matrix", Leaf.Batch(), Leaf.Shared(2, 2)),
            ("both shared", Leaf.Shared(4), Leaf.Shared(2, 1)),
            ("two rows per example", Leaf.Rows(2, 4), Leaf.Shared(4)),
        ];
        foreach (var (name, a, b) in pairs)
        {
            foreach (var op in new[] { Op.Add, Op.Sub, Op.Mul }) yield return new(op, name, [a, b], (g, l) => g.Binary(op, l[0], l[1]));
            yield return new(Op.Div, name, [a, b.Within(0.5, 2)], (g, l) => g.Div(l[0], l[1]));
            foreach (var op in new[] { Op.Max, Op.Min })
                yield return new(op, name, [a.SpacedApart(), b.SpacedApart()], (g, l) => g.Square(g.Binary(op, l[0], l[1])));
            yield return new(Op.Select, name,
                [new(new(Math.Max(a.Type.Rows, b.Type.Rows), Shape.Broadcast(a.Type.Shape, b.Type.Shape)!.Value), Apart: true), a, b],
                (g, l) => g.Square(g.Select(g.Unary(Op.Step, l[0]), l[1], l[2])));
        }
        foreach (var op in new[] { Op.Greater, Op.Equal })
            yield return new(op, "as a mask", [Leaf.Batch(4).SpacedApart(), Leaf.Shared(4).SpacedApart()],
                (g, l) => g.Mul(g.Binary(op, l[0], l[1]), g.Square(l[0])));
        yield return new(Op.Mul, "of a value with itself", [Leaf.Batch(4)], (g, l) => g.Mul(l[0], l[0]));
        yield return new(Op.Div, "of a value by a function of it", [Leaf.Batch(4).Within(0.5, 2)],
            (g, l) => g.Div(g.Square(l[0]), g.Add(l[0], g.Constant(1))));
        yield return new(Op.Select, "by a condition that is a function of an operand", [Leaf.Batch(4).SpacedApart()],
            (g, l) => g.Select(g.Unary(Op.Step, l[0]), g.Square(l[0]), g.Mul(l[0], 3)));
    }

    static Node Square(this GraphBuilder g, Node x) => g.Unary(Op.Square, x);

    static IEnumerable<DerivativeCase> Movement() =>
    [
        new(Op.Broadcast, "shared over rows", [Leaf.Shared(2, 4)], (g, l) => g.Square(g.Broadcast(l[0], TensorType.Batch(2, 4)))),
        new(Op.Broadcast, "shared over two rows per example and an axis", [Leaf.Shared(1, 4)],
            (g, l) => g.Square(g.Broadcast(l[0], new(2, new Shape(2, 4))))),
        new(Op.Broadcast, "an axis in the middle", [Leaf.Batch(2, 1, 2)], (g, l) => g.Square(g.Broadcast(l[0], TensorType.Batch(2, 4, 2)))),
        new(Op.Broadcast, "a number per example", [Leaf.Batch()], (g, l) => g.Square(g.Broadcast(l[0], TensorType.Batch(2, 2)))),
        new(Op.Reshape, "of a shape", [Leaf.Batch(2, 4)], (g, l) => g.Square(g.Reshape(l[0], new Shape(4, 2)))),
        new(Op.Reshape, "of a shared shape", [Leaf.Shared(2, 4)], (g, l) => g.Square(g.Reshape(l[0], new Shape(8)))),
        new(Op.Reshape, "from the shape into rows", [Leaf.Batch(2, 4)], (g, l) => g.Square(g.Reshape(l[0], 2, new Shape(4)))),
        new(Op.Reshape, "from rows into the shape", [Leaf.Rows(2, 4)], (g, l) => g.Square(g.Reshape(l[0], 1, new Shape(8)))),
        new(Op.Slice, "start of an axis", [Leaf.Batch(5, 2)], (g, l) => g.Square(g.Slice(l[0], 0, 0, 2))),
        new(Op.Slice, "middle of an axis", [Leaf.Batch(2, 5)], (g, l) => g.Square(g.Slice(l[0], 1, 1, 3))),
        new(Op.Slice, "end of a shared axis", [Leaf.Shared(2, 5)], (g, l) => g.Square(g.Slice(l[0], 1, 2, 3))),
        new(Op.Slice, "two that overlap", [Leaf.Batch(5)], (g, l) => g.Mul(g.Slice(l[0], 0, 0, 3), g.Slice(l[0], 0, 1, 3))),
        new(Op.Concat, "first axis", [Leaf.Batch(2, 2), Leaf.Batch(1, 2)], (g, l) => g.Square(g.Concat(0, l[0], l[1]))),
        new(Op.Concat, "last axis, shared with batch", [Leaf.Batch(2, 2), Leaf.Shared(2, 1), Leaf.Batch(2, 4)],
            (g, l) => g.Square(g.Concat(1, l))),
        new(Op.Concat, "a value with itself", [Leaf.Batch(4)], (g, l) => g.Square(g.Concat(0, l[0], l[0]))),
    ];

    static IEnumerable<DerivativeCase> Windows()
    {
        yield return new(Op.Permute, "of three axes", [Leaf.Batch(2, 3, 2)], (g, l) => g.Square(g.Permute(l[0], 2, 0, 1)));
        yield return new(Op.Permute, "of a shared matrix", [Leaf.Shared(2, 3)], (g, l) => g.Square(g.Permute(l[0], 1, 0)));
        // Odd sizes, strides 1 to 3, paddings 0 to 2, a dilation; windows that overlap, and positions that no window has.
        Windowing[] all =
        [
            new(3, 5, 2, 1, 0, 1), new(3, 5, 3, 1, 1, 1), new(5, 3, 3, 2, 1, 1), new(5, 5, 2, 3, 0, 1), new(3, 3, 4, 2, 2, 1),
            new(5, 5, 2, 2, 1, 2),
            new(5, 4, 1, 3, 2, 1),
        ];
        foreach (var w in all)
        {
            yield return new(Op.Windows, $"{w}", [Leaf.Rows(w.Positions, 2)], (g, l) => g.Square(g.Windows(l[0], w)));
            yield return new(Op.WindowSum, $"{w}", [Leaf.Rows(w.Count, 2 * w.Taps)], (g, l) => g.Square(g.WindowSum(l[0], w)));
        }
        var (images, once) = (new Windowing(3, 3, 2, 1, 0, 1), new Windowing(3, 3, 3, 2, 1, 1));
        yield return new(Op.Windows, "over two images per example", [Leaf.Rows(18, 1)], (g, l) => g.Square(g.Windows(l[0], images)));
        yield return new(Op.Windows, "a convolution", [Leaf.Batch(2, 3, 3), Leaf.Shared(18, 2), Leaf.Shared(2)],
            (g, l) => g.Square(g.Conv2d(l[0], l[1], l[2], once)));
        yield return new(Op.WindowSum, "a transposed convolution", [Leaf.Batch(2, 2, 2), Leaf.Shared(9, 2), Leaf.Shared(1)],
            (g, l) => g.Square(g.ConvTranspose2d(l[0], l[1], l[2], once)));
    }

    static IEnumerable<DerivativeCase> Reductions()
    {
        (Leaf From, TensorType To)[] reductions =
        [
            (Leaf.Batch(2, 4), TensorType.Batch(2, 1)), (Leaf.Batch(2, 4), TensorType.Batch(1, 4)),
            (Leaf.Batch(2, 4), TensorType.Batch(1, 1)),
            (Leaf.Batch(2, 4), TensorType.Shared(2, 4)), (Leaf.Batch(2, 4), TensorType.Shared(2, 1)),
            (Leaf.Batch(2, 4), TensorType.Shared(1, 1)),
            (Leaf.Batch(), TensorType.Shared()), (Leaf.Shared(2, 4), TensorType.Shared(1, 4)), (Leaf.Rows(2, 4), new(2, new Shape(1))),
            (Leaf.Rows(2, 4), TensorType.Shared(4)),
        ];
        foreach (var (from, to) in reductions)
        {
            yield return new(Op.Sum, $"{from.Type} to {to}", [from], (g, l) => g.Square(g.Sum(l[0], to)));
            yield return new(Op.ReduceMax, $"{from.Type} to {to}", [from.SpacedApart()], (g, l) => g.Square(g.ReduceMax(l[0], to)));
        }
        yield return new(Op.Sum, "mean over the batch", [Leaf.Batch(4)], (g, l) => g.Square(g.MeanRows(l[0])));
        yield return new(Op.Sum, "along an axis, which goes away", [Leaf.Batch(2, 4)], (g, l) => g.Square(g.Sum(l[0], 0)));
    }

    static IEnumerable<DerivativeCase> Contractions()
    {
        bool[] both = [false, true];
        foreach (var tA in both)
            foreach (var tB in both)
            {
                var flags = $"{(tA ? "Aᵀ" : "A")}·{(tB ? "Bᵀ" : "B")}";
                var (a, b) = (tA ? new[] { 4, 2 } : [2, 4], tB ? new[] { 5, 4 } : [4, 5]);
                yield return new(Op.MatMul, $"{flags} of shared matrices", [Leaf.Shared(a), Leaf.Shared(b)],
                    (g, l) => g.MatMul(l[0], l[1], tA, tB));
                if (!tA)
                {
                    yield return new(Op.MatMul, $"{flags} of rows and a shared matrix", [Leaf.Batch(4), Leaf.Shared(b)],
                        (g, l) => g.MatMul(l[0], l[1], false, tB));
                    yield return new(Op.MatMul, $"{flags} of two rows per example and a shared matrix", [Leaf.Rows(2, 4), Leaf.Shared(b)],
                        (g, l) => g.MatMul(l[0], l[1], false, tB));
                }
                yield return new(Op.BatchMatMul, $"{flags}", [Leaf.Batch(a), Leaf.Batch(b)], (g, l) => g.BatchMatMul(l[0], l[1], tA, tB));
                yield return new(Op.BatchMatMul, $"{flags} with a shared left side", [Leaf.Shared(a), Leaf.Batch(b)],
                    (g, l) => g.BatchMatMul(l[0], l[1], tA, tB));
                yield return new(Op.BatchMatMul, $"{flags} with a shared right side", [Leaf.Batch(a), Leaf.Shared(b)],
                    (g, l) => g.BatchMatMul(l[0], l[1], tA, tB));
            }
        yield return new(Op.MatMul, "Aᵀ·B over the rows of the batch", [Leaf.Batch(4), Leaf.Batch(5)],
            (g, l) => g.MatMul(l[0], l[1], transposeA: true));
        yield return new(Op.MatMul, "Aᵀ·B over two rows per example", [Leaf.Rows(2, 4), Leaf.Rows(2, 2)],
            (g, l) => g.MatMul(l[0], l[1], transposeA: true));
        yield return new(Op.MatMul, "of a value with itself", [Leaf.Batch(4)], (g, l) => g.MatMul(l[0], l[0], transposeA: true));
    }

    static IEnumerable<DerivativeCase> ByLabel() =>
    [
        new(Op.OneHot, "as a factor", [Leaf.Batch(4), Leaf.Labels(4)], (g, l) => g.Mul(g.OneHot(l[1], 4), g.Square(l[0]))),
        new(Op.OneHot, "in a cross-entropy", [Leaf.Batch(2).SpacedApart(), Leaf.Labels(2)],
            (g, l) => g.Sum(g.Mul(g.OneHot(l[1], 2), g.LogSoftmax(l[0])))),
        new(Op.OneHot, "in a product", [Leaf.Labels(2), Leaf.Shared(2, 5)], (g, l) => g.Square(g.MatMul(g.OneHot(l[0], 2), l[1]))),
        new(Op.OneHot, "in a concatenation", [Leaf.Batch(4), Leaf.Labels(2), Leaf.Shared(6, 2)],
            (g, l) => g.Square(g.MatMul(g.Concat(0, l[0], g.OneHot(l[1], 2)), l[2]))),
        new(Op.OneHot, "between other parts", [Leaf.Batch(2), Leaf.Labels(2), Leaf.Batch(1), Leaf.Shared(7, 2)],
            (g, l) => g.Square(g.MatMul(g.Concat(0, g.OneHot(l[1], 2), l[0], l[2], g.OneHot(l[1], 2)), l[3]))),
        new(Op.Gather, "of a table", [Leaf.Shared(2, 5), Leaf.Labels(2)], (g, l) => g.Square(g.Gather(l[0], l[1]))),
        new(Op.Gather, "with two labels per example", [Leaf.Shared(4, 2), Leaf.Labels(4, rows: 2)],
            (g, l) => g.Square(g.Gather(l[0], l[1]))),
        new(Op.Gather, "beside a product", [Leaf.Batch(4), Leaf.Shared(6, 2), Leaf.Labels(2)],
            (g, l) => g.Unary(Op.Tanh, g.Add(g.MatMul(l[0], g.Slice(l[1], 0, 0, 4)), g.Gather(g.Slice(l[1], 0, 4, 2), l[2])))),
        new(Op.Scatter, "of rows", [Leaf.Batch(5), Leaf.Labels(2)], (g, l) => g.Square(g.Scatter(l[0], l[1], 2))),
        new(Op.Scatter, "of two rows per example", [Leaf.Rows(2, 4), Leaf.Labels(3, rows: 2)],
            (g, l) => g.Square(g.Scatter(l[0], l[1], 4))),
        new(Op.Scatter, "and back by other labels", [Leaf.Batch(4), Leaf.Labels(2), Leaf.Labels(2)],
            (g, l) => g.Square(g.Gather(g.Square(g.Scatter(l[0], l[1], 2)), l[2]))),
    ];

    /// <summary>Chains, as networks are made of them.</summary>
    static IEnumerable<DerivativeCase> Together() =>
    [
        new(Op.MatMul, "in a layer with an activation", [Leaf.Batch(4), Leaf.Shared(4, 5), Leaf.Shared(5)],
            (g, l) => g.Unary(Op.Tanh, g.Affine(l[0], l[1], l[2]))),
        new(Op.ReduceMax, "in a log-softmax", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.LogSoftmax(l[0])),
        new(Op.Exp, "in a softmax", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.Softmax(l[0])),
        new(Op.Log, "in a log-sum-exp", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.LogSumExp(l[0])),
        new(Op.Rsqrt, "in a normalisation", [Leaf.Batch(5)], (g, l) => g.Normalise(l[0], 1e-3f)),
        new(Op.Expm1, "in an Elu", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.Elu(l[0], 1.3f)),
        new(Op.Erf, "in a Gelu", [Leaf.Batch(2, 4)], (g, l) => g.Gelu(l[0])),
        new(Op.Select, "in a leaky ReLU", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => g.LeakyRelu(l[0], 0.2f)),
        new(Op.Log, "in the log-probability of a choice", [Leaf.Batch(2, 4).SpacedApart(), Leaf.Batch(2, 4)],
            (g, l) => new CategoricalValue(l[0]).LogProbability(g, l[1])),
        new(Op.Neg, "in the entropy of a choice", [Leaf.Batch(2, 4).SpacedApart()], (g, l) => new CategoricalValue(l[0]).Entropy(g)),
        new(Op.Exp, "in a relaxed choice", [Leaf.Batch(4).SpacedApart(), Leaf.Shared(4).Within(0.2, 0.8)],
            (g, l) => new CategoricalValue(l[0]).Relax(g, l[1], 0.6f)),
        new(Op.Square, "in a variance over the batch", [Leaf.Batch(4)], (g, l) => g.VarianceRows(l[0])),
    ];
}

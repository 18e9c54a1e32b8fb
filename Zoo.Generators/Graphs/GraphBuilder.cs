using System;
using System.Collections.Generic;
using System.Linq;

namespace Zoo.Generators.Graphs;

/// <summary>
/// Makes nodes: checks operands, infers types, and returns the same node for the same operation (which is common subexpression
/// elimination). Elementwise operations insert the broadcasts they need, so that every pass sees operands of one type.
/// </summary>
public sealed class GraphBuilder
{
    // By the first bits of the hash in several tables, each small enough to stay off the large object heap, where what growing leaves
    // behind costs a collection of everything.
    readonly Dictionary<Hash128, Node>[] interned = [.. Enumerable.Range(0, Tables).Select(_ => new Dictionary<Hash128, Node>())];

    const int Tables = 16;

    /// <summary>Ordinal given to the nodes made from here on; see <see cref="Node.Site"/>.</summary>
    public int Site { get; set; } = -1;

    Node Make(Op op, TensorType type, IReadOnlyList<Node> inputs, NodeAttributes? attributes = null)
    {
        var node = new Node(op, type, inputs, attributes ?? NodeAttributes.None, Site);
        var table = interned[node.Hash.High % Tables];
        if (table.TryGetValue(node.Hash, out var known)) return known;
        table.Add(node.Hash, node);
        return node;
    }

    // Sources.

    public Node Input(string name, TensorType type) => Make(Op.Input, type, [], new() { Name = name });

    public Node Parameter(string name, Shape shape) => Make(Op.Parameter, new(0, shape), [], new() { Name = name });

    public Node Hyperparameter(string name) => Make(Op.Hyperparameter, TensorType.Shared(), [], new() { Name = name });

    public Node Constant(float value, TensorType type) => Make(Op.Constant, type, [], new() { Value = value });

    public Node Constant(float value) => Constant(value, TensorType.Shared());

    public Node Draw(string name, DrawKind kind, TensorType type) => Make(Op.Draw, type, [], new() { Name = name, Draw = kind });

    public Node State(string name, Shape shape) => Make(Op.State, new(0, shape), [], new() { Name = name });

    public Node Carried(string name, TensorType type) => Make(Op.Carried, type, [], new() { Name = name });

    public Node StepCount() => Make(Op.StepCount, TensorType.Shared(), []);

    public Node RowCount() => Make(Op.RowCount, TensorType.Shared(), []);

    // Elementwise.

    public Node Unary(Op op, Node x)
    {
        if (!op.IsUnary() || op == Op.Clamp) throw new ArgumentException($"{op} takes not one operand.", nameof(op));
        return Make(op, x.Type, [x]);
    }

    public Node Clamp(Node x, float low, float high) => Make(Op.Clamp, x.Type, [x], new() { Value = low, Value2 = high });

    public Node Binary(Op op, Node a, Node b)
    {
        if (!op.IsBinary()) throw new ArgumentException($"{op} takes not two operands.", nameof(op));
        var type = Common(op.ToString(), a, b);
        return Make(op, type, [Broadcast(a, type), Broadcast(b, type)]);
    }

    /// <summary><paramref name="a"/> where <paramref name="condition"/> is not 0, else <paramref name="b"/>.</summary>
    public Node Select(Node condition, Node a, Node b)
    {
        var type = Common("Select", condition, a, b);
        return Make(Op.Select, type, [Broadcast(condition, type), Broadcast(a, type), Broadcast(b, type)]);
    }

    public Node Add(Node a, Node b) => Binary(Op.Add, a, b);

    public Node Sub(Node a, Node b) => Binary(Op.Sub, a, b);

    public Node Mul(Node a, Node b) => Binary(Op.Mul, a, b);

    public Node Mul(Node a, float b) => Binary(Op.Mul, a, Constant(b));

    public Node Div(Node a, Node b) => Binary(Op.Div, a, b);

    public Node Neg(Node a) => Unary(Op.Neg, a);

    const string EqualOrOne = "two sizes must be equal or one of them 1";

    /// <summary>The type that all operands broadcast to.</summary>
    public static TensorType Common(string operation, params Node[] operands)
    {
        var (rows, shape) = (0, Shape.Scalar);
        foreach (var operand in operands)
        {
            if (operand.Type.Rows != 0 && rows != 0 && operand.Type.Rows != rows)
                throw new GraphException(GraphError.RowMismatch,
                    $"{operation} takes values with the same rows per example, but got {All(o => o.Type.ToString())}.");
            rows = Math.Max(rows, operand.Type.Rows);
            shape = Shape.Broadcast(shape, operand.Shape)
                ?? throw new GraphException(GraphError.ShapeMismatch,
                    $"{operation} cannot combine shapes {All(o => o.Shape.ToString())}: aligned at the end, {EqualOrOne}.");
        }
        return new(rows, shape);

        string All(Func<Node, string> text) => string.Join(" and ", operands.Select(text));
    }

    // Movement.

    public Node Broadcast(Node x, TensorType type)
    {
        if (x.Type == type) return x;
        if (Shape.Broadcast(x.Shape, type.Shape) != type.Shape || x.Shape.Rank > type.Shape.Rank
            || (x.Type.Rows != type.Rows && !x.Type.IsShared))
            throw new GraphException(GraphError.ShapeMismatch, $"{x.Type} cannot be broadcast to {type}.");
        if (x.Op == Op.Constant) return Constant(x.Attributes.Value, type);
        var padded = Reshape(x, x.Type.Rows, x.Shape.Padded(type.Shape.Rank));
        return padded.Type == type ? padded : Make(Op.Broadcast, type, [padded]);
    }

    public Node Reshape(Node x, Shape shape) => Reshape(x, x.Type.Rows, shape);

    /// <summary>The same elements with another shape, and with k·shape.Count elements per example split into k rows.</summary>
    public Node Reshape(Node x, int rows, Shape shape)
    {
        if (x.Type == new TensorType(rows, shape)) return x;
        if (rows == 0 != x.Type.IsShared || Math.Max(rows, 1) * shape.Count != Math.Max(x.Type.Rows, 1) * x.Shape.Count)
            throw new GraphException(GraphError.ReshapeCount,
                $"{x.Shape} has {x.Shape.Count} elements and cannot be reshaped to {shape}, which has {shape.Count}.");
        if (x.Op == Op.Constant) return Constant(x.Attributes.Value, new(rows, shape));
        var source = x.Op == Op.Reshape ? x.Inputs[0] : x;
        return source.Type == new TensorType(rows, shape) ? source : Make(Op.Reshape, new(rows, shape), [source]);
    }

    public Node Slice(Node x, int axis, int start, int length)
    {
        CheckAxis("Slice", x, axis);
        if (length < 1) throw new GraphException(GraphError.NotPositive, $"Slice takes a positive length, but got {length}.");
        if (start < 0 || start > x.Shape[axis] - length)
            throw new GraphException(GraphError.SliceOutOfRange,
                $"Slice of elements {start} to {(long)start + length - 1} leaves axis {axis} of {x.Shape}, which has {x.Shape[axis]}.");
        return length == x.Shape[axis]
            ? x
            : Make(Op.Slice, new(x.Type.Rows, x.Shape.With(axis, length)), [x], new() { Axis = axis, Start = start });
    }

    public Node Concat(int axis, params Node[] parts)
    {
        if (parts.Length == 1) return parts[0];
        var rows = parts.Max(p => p.Type.Rows);
        foreach (var part in parts)
        {
            CheckAxis("Concat", part, axis);
            if (part.Shape.Rank != parts[0].Shape.Rank || part.Shape.With(axis, 0) != parts[0].Shape.With(axis, 0))
                throw new GraphException(GraphError.ShapeMismatch,
                    $"Concat takes shapes that differ along axis {axis} only, but got {string.Join(" and ", parts.Select(p => p.Shape))}.");
            if (!part.Type.IsShared && part.Type.Rows != rows)
                throw new GraphException(GraphError.RowMismatch,
                    $"Concat takes values with the same rows per example, but got {string.Join(" and ", parts.Select(p => p.Type))}.");
        }
        var shape = parts[0].Shape.With(axis, parts.Sum(p => p.Shape[axis]));
        return Make(Op.Concat, new(rows, shape), [.. parts.Select(p => Broadcast(p, new(rows, p.Shape)))], new() { Axis = axis });
    }

    /// <summary>The axes of each row in another order: axis i of the result is axis <paramref name="axes"/>[i] of x.</summary>
    public Node Permute(Node x, params int[] axes)
    {
        if (axes.Length != x.Shape.Rank || !Enumerable.Range(0, axes.Length).All(axes.Contains))
            throw new GraphException(GraphError.AxisOutOfRange,
                $"Permute takes each axis of {x.Shape} once, but got ({string.Join(", ", axes)}).");
        if (x is { Op: Op.Permute, Inputs: [var inner] }) return Permute(inner, [.. axes.Select(axis => x.Attributes.Axes[axis])]);
        var shape = new Shape(axes.Select(axis => x.Shape[axis]));
        // Axes of size 1 may stand anywhere.
        var real = axes.Where(axis => x.Shape[axis] != 1).ToList();
        if (real.SequenceEqual(real.OrderBy(axis => axis))) return Reshape(x, shape);
        return x.Op == Op.Constant
            ? Constant(x.Attributes.Value, new(x.Type.Rows, shape))
            : Make(Op.Permute, new(x.Type.Rows, shape), [x], new() { Axes = axes });
    }

    /// <summary>
    /// For each window over an image its taps, each with all channels: rows of [channels] by position to rows of [taps·channels] by window.
    /// </summary>
    public Node Windows(Node x, Windowing windowing)
    {
        CheckWindows("Windows", x, windowing, windowing.Positions);
        if (windowing.IsIdentity) return x;
        return Make(Op.Windows, new(x.Type.Rows / windowing.Positions * windowing.Count, new Shape(windowing.Taps * x.Shape[0])), [x],
            new() { Windowing = windowing });
    }

    /// <summary>
    /// For each position of an image the sum of the taps on it: rows of [taps·channels] by window to rows of [channels] by position.
    /// </summary>
    public Node WindowSum(Node x, Windowing windowing)
    {
        CheckWindows("WindowSum", x, windowing, windowing.Count);
        if (windowing.IsIdentity) return x;
        if (x.Shape[0] % windowing.Taps != 0)
            throw new GraphException(GraphError.ShapeMismatch,
                $"WindowSum takes {windowing.Taps} taps of as many channels, but got {x.Shape[0]} numbers a window.");
        return Make(Op.WindowSum, new(x.Type.Rows / windowing.Count * windowing.Positions, new Shape(x.Shape[0] / windowing.Taps)), [x],
            new() { Windowing = windowing });
    }

    static void CheckWindows(string operation, Node x, Windowing windowing, int rows)
    {
        if (x.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank, $"{operation} takes rows with one axis, but got {x.Type}.");
        if (x.Type.IsShared || rows < 1 || x.Type.Rows % rows != 0)
            throw new GraphException(GraphError.RowMismatch, $"{operation} takes {rows} rows an image, but got {x.Type}.");
    }

    // Reductions.

    /// <summary>Sums to <paramref name="type"/>: of the same rank, each axis kept or 1; rows kept or shared.</summary>
    public Node Sum(Node x, TensorType type) => Reduce(Op.Sum, x, type);

    /// <summary>Largest element, as <see cref="Sum(Node, TensorType)"/> sums.</summary>
    public Node ReduceMax(Node x, TensorType type) => Reduce(Op.ReduceMax, x, type);

    /// <summary>A sum or largest element, by its op.</summary>
    public Node Reduce(Op op, Node x, TensorType type)
    {
        if (x.Type == type) return x;
        if (x.Shape.Rank != type.Shape.Rank || (type.Rows != x.Type.Rows && type.Rows != 0)
            || Enumerable.Range(0, type.Shape.Rank).Any(i => type.Shape[i] != x.Shape[i] && type.Shape[i] != 1))
            throw new GraphException(GraphError.ShapeMismatch, $"{x.Type} cannot be reduced to {type}.");
        return Make(op, type, [x]);
    }

    /// <summary>One number per row.</summary>
    public Node Sum(Node x) => Reshape(Sum(x, new TensorType(x.Type.Rows, Ones(x.Shape.Rank))), Shape.Scalar);

    /// <summary>Without one axis.</summary>
    public Node Sum(Node x, int axis)
    {
        CheckAxis("Sum", x, axis);
        return Reshape(Sum(x, new TensorType(x.Type.Rows, x.Shape.With(axis, 1))), x.Shape.Without(axis));
    }

    /// <summary>Largest element of each row.</summary>
    public Node ReduceMax(Node x) => Reshape(ReduceMax(x, new TensorType(x.Type.Rows, Ones(x.Shape.Rank))), Shape.Scalar);

    /// <summary>Sum over the rows of the batch.</summary>
    public Node SumRows(Node x) => Sum(x, new TensorType(0, x.Shape));

    /// <summary>Mean over the rows of the batch.</summary>
    public Node MeanRows(Node x)
    {
        if (x.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch,
                $"A mean over the batch takes one value per example, but got {x.Type}, shared by all examples.");
        return Div(SumRows(x), Mul(RowCount(), x.Type.Rows));
    }

    // Contractions.

    /// <summary>
    /// op(A)·op(B). An operand with rows is the matrix rows × its one axis; a shared operand is a matrix by its two axes. The rows of the
    /// batch may be the first axis of the result (then B is shared) or be summed over (then both have rows and A is transposed).
    /// </summary>
    public Node MatMul(Node a, Node b, bool transposeA = false, bool transposeB = false)
    {
        foreach (var operand in new[] { a, b })
            if (operand.Shape.Rank != (operand.Type.IsShared ? 2 : 1))
                throw new GraphException(GraphError.WrongRank, $"MatMul takes matrices, but got {operand.Type}.");
        // A size of −rows stands for the rows of the batch.
        static (int, int) Sizes(Node x, bool transpose)
        {
            var (r, c) = x.Type.IsShared ? (x.Shape[0], x.Shape[1]) : (-x.Type.Rows, x.Shape[0]);
            return transpose ? (c, r) : (r, c);
        }
        var ((m, k), (k2, n)) = (Sizes(a, transposeA), Sizes(b, transposeB));
        if (k != k2)
            throw new GraphException(GraphError.InnerSizeMismatch,
                $"MatMul cannot multiply {a.Type}{(transposeA ? "ᵀ" : "")} by {b.Type}{(transposeB ? "ᵀ" : "")}: inner sizes differ.");
        if (n < 0)
            throw new GraphException(GraphError.BatchMismatch, $"MatMul of {a.Type} and {b.Type} would have the batch as its last axis.");
        return Make(Op.MatMul, m < 0 ? new(-m, new Shape(n)) : TensorType.Shared(m, n), [a, b],
            new() { TransposeA = transposeA, TransposeB = transposeB });
    }

    /// <summary>op(A)·op(B) for each row alone; both are matrices with the same rows.</summary>
    public Node BatchMatMul(Node a, Node b, bool transposeA = false, bool transposeB = false)
    {
        if (a.Shape.Rank != 2 || b.Shape.Rank != 2)
            throw new GraphException(GraphError.WrongRank, $"MatMul takes matrices, but got {a.Shape} and {b.Shape}.");
        var rows = Math.Max(a.Type.Rows, b.Type.Rows);
        (a, b) = (Broadcast(a, new(rows, a.Shape)), Broadcast(b, new(rows, b.Shape)));
        static (int, int) Sizes(Node x, bool transpose) => transpose ? (x.Shape[1], x.Shape[0]) : (x.Shape[0], x.Shape[1]);
        var ((m, k), (k2, n)) = (Sizes(a, transposeA), Sizes(b, transposeB));
        if (k != k2)
            throw new GraphException(GraphError.InnerSizeMismatch,
                $"MatMul cannot multiply {a.Shape} by {b.Shape}: inner sizes {k} and {k2} differ.");
        return Make(Op.BatchMatMul, new(rows, new Shape(m, n)), [a, b], new() { TransposeA = transposeA, TransposeB = transposeB });
    }

    // Labels.

    /// <summary>More classes than this are not told apart by a label in single precision.</summary>
    public const int MostClasses = 1 << 24;

    /// <summary>1 in the column of each row's label, else 0; a row of zeros for the label −1.</summary>
    public Node OneHot(Node label, int classes)
    {
        CheckLabel("OneHot", label, classes);
        return Make(Op.OneHot, new(label.Type.Rows, new Shape(classes)), [label]);
    }

    /// <summary>For each row the row of a shared table [classes, k] that its label names; zeros for the label −1.</summary>
    public Node Gather(Node table, Node label)
    {
        if (!table.Type.IsShared || table.Shape.Rank != 2)
            throw new GraphException(
                GraphError.WrongRank, $"Gather takes a table [classes, k] shared by all examples, but got {table.Type}.");
        CheckLabel("Gather", label, table.Shape[0]);
        return Make(Op.Gather, new(label.Type.Rows, new Shape(table.Shape[1])), [table, label]);
    }

    /// <summary>[classes, k]: for each class the sum of the rows that it labels; <see cref="Gather"/> transposed in its table.</summary>
    public Node Scatter(Node values, Node label, int classes)
    {
        CheckLabel("Scatter", label, classes);
        if (values.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank, $"Scatter takes rows with one axis, but got {values.Type}.");
        if (!values.Type.IsShared && values.Type.Rows != label.Type.Rows)
            throw new GraphException(GraphError.RowMismatch, $"Scatter takes a label a row, but got {values.Type} and {label.Type}.");
        values = Broadcast(values, values.Type with { Rows = label.Type.Rows });
        return Make(Op.Scatter, TensorType.Shared(classes, values.Shape[0]), [values, label]);
    }

    static void CheckLabel(string operation, Node label, int classes)
    {
        if (label.Type.IsShared)
            throw new GraphException(
                GraphError.BatchMismatch, $"{operation} takes one label per example, but got {label.Type}, which all share.");
        if (label.Shape.Rank != 0)
            throw new GraphException(GraphError.WrongRank, $"{operation} takes one label per example, but got {label.Type}.");
        if (classes is < 1 or > MostClasses)
            throw new GraphException(GraphError.NotPositive, $"{operation} takes 1 to {MostClasses} classes, but got {classes}.");
    }

    public Node StopGradient(Node x) => Make(Op.StopGradient, x.Type, [x]);

    /// <summary>
    /// The same operation on other operands, whose types may differ (other rows per example, say); <paramref name="rowScale"/> multiplies
    /// rows that the node itself states.
    /// </summary>
    public Node Remake(Node node, IReadOnlyList<Node> inputs, int rowScale = 1)
    {
        var a = node.Attributes;
        TensorType Scaled(TensorType type) => type with { Rows = type.Rows * rowScale };
        var site = Site;
        Site = node.Site;
        try
        {
            return node.Op switch
            {
                Op.Clamp => Clamp(inputs[0], a.Value, a.Value2),
                Op.Select => Select(inputs[0], inputs[1], inputs[2]),
                Op.Broadcast => Broadcast(inputs[0], Scaled(node.Type)),
                Op.Reshape => Reshape(inputs[0], node.Type.Rows * rowScale, node.Shape),
                Op.Slice => Slice(inputs[0], a.Axis, a.Start, node.Shape[a.Axis]),
                Op.Concat => Concat(a.Axis, [.. inputs]),
                Op.Permute => Permute(inputs[0], [.. a.Axes]),
                Op.Windows => Windows(inputs[0], a.Windowing!.Value),
                Op.WindowSum => WindowSum(inputs[0], a.Windowing!.Value),
                Op.Sum or Op.ReduceMax => Reduce(node.Op, inputs[0], Scaled(node.Type)),
                Op.MatMul => MatMul(inputs[0], inputs[1], a.TransposeA, a.TransposeB),
                Op.BatchMatMul => BatchMatMul(inputs[0], inputs[1], a.TransposeA, a.TransposeB),
                Op.OneHot => OneHot(inputs[0], node.Shape[0]),
                Op.Gather => Gather(inputs[0], inputs[1]),
                Op.Scatter => Scatter(inputs[0], inputs[1], node.Shape[0]),
                Op.StopGradient => StopGradient(inputs[0]),
                _ when node.Op.IsUnary() => Unary(node.Op, inputs[0]),
                _ when node.Op.IsBinary() => Binary(node.Op, inputs[0], inputs[1]),
                _ => Make(node.Op, Scaled(node.Type), inputs, a),
            };
        }
        finally
        {
            Site = site;
        }
    }

    /// <summary>Copies a graph into this builder with some nodes replaced.</summary>
    public Func<Node, Node> Importer(Func<Node, Node?> replace, int rowScale = 1)
    {
        var map = new Dictionary<Node, Node>();
        return root =>
        {
            foreach (var node in Topology.Sort([root], map.ContainsKey))
                map[node] = replace(node) ?? Remake(node, [.. node.Inputs.Select(i => map[i])], rowScale);
            return map[root];
        };
    }

    /// <summary>
    /// Copies a graph into this builder, operands first; <paramref name="rule"/> sees each node with its new operands and may answer
    /// another node.
    /// </summary>
    public Func<Node, Node> Rewriter(Func<Node, IReadOnlyList<Node>, Node?> rule)
    {
        var map = new Dictionary<Node, Node>();
        return root =>
        {
            foreach (var node in Topology.Sort([root], map.ContainsKey))
            {
                Node[] inputs = [.. node.Inputs.Select(i => map[i])];
                map[node] = rule(node, inputs) ?? Remake(node, inputs);
            }
            return map[root];
        };
    }

    static Shape Ones(int rank) => new(Enumerable.Repeat(1, rank));

    static void CheckAxis(string operation, Node x, int axis)
    {
        if (axis < 0 || axis >= x.Shape.Rank)
            throw new GraphException(GraphError.AxisOutOfRange,
                $"{operation} along axis {axis} is outside {x.Shape}, which has {x.Shape.Rank} {(x.Shape.Rank == 1 ? "axis" : "axes")}.");
    }
}

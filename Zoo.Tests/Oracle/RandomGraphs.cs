using Zoo.Generators.Graphs;

namespace Zoo.Tests.Oracle;

/// <summary>
/// Random well-typed programs of the tensor IR. Every step picks an op and operands that fit, evaluates the result and keeps it only where
/// it is tame:
/// finite, small, and away from kinks, so that rounding in another order cannot take another branch.
/// </summary>
sealed class RandomGraphs
{
    const double Largest = 6;
    const double KinkDistance = 1e-4;

    readonly GraphBuilder g = new();
    readonly Bindings bindings;
    readonly Random random;
    readonly int batch;
    readonly bool dyadic;
    readonly List<Node> pool = [];
    readonly List<Node> leaves = [];

    RandomGraphs(int seed)
    {
        random = new(seed);
        dyadic = seed % 2 == 0;
        batch = dyadic ? Pick(1, 2, 4) : random.Next(1, 6);
        bindings = new() { StepCount = Pick(0, 1, 16) };
    }

    /// <summary>The same program for the same seed; even seeds are dyadic.</summary>
    public static RandomGraph Create(int seed) => new RandomGraphs(seed).Create();

    RandomGraph Create()
    {
        pool.AddRange([Input(1, Size()), Input(1, Size(), Size()), Input(1), Input(2, Size()), Parameter(Size()), Parameter(Size(), Size()),
            Parameter()]);
        pool.Add(Draw(Size()));
        bindings.Hyperparameters["rate"] = 0.75;
        pool.AddRange([g.Hyperparameter("rate"), g.Binary(Op.Min, g.Constant(1), g.Mul(g.StepCount(), 0.125f))]);
        for (var wanted = pool.Count + random.Next(6, 24); pool.Count < wanted;) Keep(Next());
        var outputs = pool.TakeLast(random.Next(2, 5)).ToList();
        return new(g, outputs.Select(Mean).Aggregate(g.Add), leaves, outputs, bindings, batch, dyadic);
    }

    /// <summary>All elements to one number, rows by their mean.</summary>
    Node Mean(Node x) => x.Type.IsShared ? g.Sum(x) : g.MeanRows(g.Sum(x));

    void Keep(Node? node)
    {
        if (node is null || pool.Contains(node)) return;
        var values = Interpreter.Evaluate([node], batch, bindings);
        if (values[node].All(v => Math.Abs(v) <= Largest) && values.Keys.All(n => IsAwayFromKinks(n, values))) pool.Add(node);
    }

    static bool IsAwayFromKinks(Node node, Dictionary<Node, double[]> values) => node.Op switch
    {
        Op.Abs or Op.Sign or Op.Relu or Op.Step => values[node.Inputs[0]].All(v => Math.Abs(v) > KinkDistance),
        Op.Clamp => values[node.Inputs[0]].All(v => Math.Abs(v - node.Attributes.Value) > KinkDistance
            && Math.Abs(v - node.Attributes.Value2) > KinkDistance),
        Op.Max or Op.Min or Op.Greater or Op.Equal => values[node.Inputs[0]].Zip(values[node.Inputs[1]])
            .All(p => Math.Abs(p.First - p.Second) > KinkDistance),
        Op.ReduceMax => HasOneLargest(node, values),
        _ => true,
    };

    /// <summary>Ties that rounding might break: the largest elements of a group are all one node's one element, or clearly apart.</summary>
    static bool HasOneLargest(Node node, Dictionary<Node, double[]> values)
    {
        var sorted = values[node.Inputs[0]].Distinct().Order().ToList();
        return sorted.Zip(sorted.Skip(1)).All(p => p.Second - p.First > KinkDistance);
    }

    // Sources.

    int Size() => dyadic ? Pick(1, 2, 4) : random.Next(1, 6);

    Node Input(int rows, params int[] shape) => Leaf(new(rows, new Shape(shape)));

    Node Parameter(params int[] shape) => Leaf(TensorType.Shared(shape));

    Node Leaf(TensorType type)
    {
        var name = $"{(type.IsShared ? "w" : "x")}{leaves.Count}";
        (type.IsShared ? bindings.Parameters : bindings.Inputs)[name] = Values(type);
        leaves.Add(type.IsShared ? g.Parameter(name, type.Shape) : g.Input(name, type));
        return leaves[^1];
    }

    Node Draw(params int[] shape)
    {
        var type = TensorType.Batch(shape);
        bindings.Draws["epsilon"] = Values(type);
        return g.Draw("epsilon", DrawKind.Normal, type);
    }

    double[] Values(TensorType type) => [.. Enumerable.Range(0, (int)type.Count(batch)).Select(_ => 3 * random.NextDouble() - 1.5)];

    T Pick<T>(params T[] items) => items[random.Next(items.Length)];

    Node Any() => pool[random.Next(pool.Count)];

    Node? Any(Func<Node, bool> condition) => pool.Where(condition).ToArray() is { Length: > 0 } some ? Pick(some) : null;

    float Number() => dyadic ? Pick(-2f, -1f, -0.5f, 0f, 0.25f, 0.5f, 1f, 2f) : (float)(4 * random.NextDouble() - 2);

    Node One() => g.Constant(1);

    Node Positive(Node x) => g.Add(g.Unary(Op.Square, x), g.Constant(0.5f));

    Node Unary(Op op, Node x) => g.Unary(op, x);

    // Steps.

    Node? Next() => random.Next(12) switch
    {
        0 or 1 => Function(Any()),
        2 => Pattern(Any()),
        3 or 4 => Pair(),
        5 => Moved(Any()),
        6 => Reduced(Any()),
        7 => Product(),
        8 => dyadic ? Joined() : Composite(Any()),
        9 => ByLabel(),
        10 => OfImage(),
        _ => Joined(),
    };

    Node Function(Node x)
    {
        var op = Pick(Op.Neg, Op.Abs, Op.Sign, Op.Square, Op.Sqrt, Op.Rsqrt, Op.Reciprocal, Op.Exp, Op.Expm1, Op.Log, Op.Log1p, Op.Sin,
            Op.Cos, Op.Tanh, Op.Sigmoid, Op.Softplus, dyadic ? Op.Tanh : Op.Erf, Op.Relu, Op.Step, Op.Clamp);
        return op switch
        {
            Op.Clamp => g.Clamp(x, -0.75f, 0.5f),
            Op.Sqrt or Op.Rsqrt or Op.Reciprocal or Op.Log or Op.Log1p => Unary(op, Positive(x)),
            _ => Unary(op, x),
        };
    }

    /// <summary>What rules look for.</summary>
    Node Pattern(Node x) => random.Next(14) switch
    {
        0 => Unary(Op.Log, Unary(Op.Sigmoid, x)),
        1 => Unary(Op.Log, Unary(Op.Exp, x)),
        2 => Unary(Op.Log, g.Add(Unary(Op.Exp, x), One())),
        3 => g.Sub(Unary(Op.Exp, x), One()),
        4 => g.Sub(One(), Unary(Op.Sigmoid, x)),
        5 => g.Neg(g.Sub(x, Any(n => n.Type == x.Type)!)),
        6 => g.Mul(g.Mul(x, Number()), Number()),
        7 => g.Mul(g.Neg(x), Any(n => n.Type == x.Type)!),
        8 => g.Div(x, g.Constant(Pick(2f, 4f, dyadic ? 1f : 3f))),
        9 => g.Add(g.Constant(Number()), g.Mul(x, Number())),
        10 => g.Sub(x, g.Neg(Any(n => n.Type == x.Type)!)),
        11 => g.Mul(x, x),
        12 => g.Select(g.Constant(Pick(0f, 1f)), x, g.Neg(x)),
        _ => g.StopGradient(x),
    };

    Node? Pair()
    {
        var (a, b, c) = (Any(), Any(), Any());
        return Fits(a, b) && Fits(b, c) && Fits(a, c)
            ? Pick(Op.Add, Op.Sub, Op.Mul, Op.Div, Op.Max, Op.Min, Op.Greater, Op.Equal, Op.Select) switch
            {
                Op.Div => g.Div(a, Positive(b)),
                Op.Select => Shape.Broadcast(Shape.Broadcast(a.Shape, b.Shape)!.Value, c.Shape) is null
                    ? null
                    : g.Select(Unary(Op.Step, a), b, c),
                var op => g.Binary(op, a, b),
            }
            : null;
    }

    static bool Fits(Node a, Node b) =>
        (a.Type.Rows == b.Type.Rows || a.Type.IsShared || b.Type.IsShared) && Shape.Broadcast(a.Shape, b.Shape) is not null;

    Node? Moved(Node x)
    {
        var shape = x.Shape;
        switch (random.Next(7))
        {
            case 0:
                return g.Reshape(x, new Shape(shape.Count));
            case 1:
                return shape.Count % 2 == 0 ? g.Reshape(x, new Shape(2, shape.Count / 2)) : g.Reshape(x, new Shape(shape.Count, 1));
            case 2 when x.Type.Rows == 1 && shape.Rank > 0 && shape[0] == 2:
                return g.Reshape(x, 2, shape.Without(0));
            case 2 or 3 when x.Type.Rows == 2:
                return g.Reshape(x, 1, new Shape([2, .. shape.Dimensions]));
            case 4 when shape.Rank > 0:
                {
                    var axis = random.Next(shape.Rank);
                    var length = random.Next(1, shape[axis] + 1);
                    return g.Slice(x, axis, random.Next(shape[axis] - length + 1), length);
                }
            case 5:
                {
                    var ones = Enumerable.Range(0, shape.Rank).Where(i => shape[i] == 1).ToArray();
                    return ones.Length == 0 ? null : g.Broadcast(x, x.Type with { Shape = shape.With(Pick(ones), Size()) });
                }
            default:
                return x.Type.IsShared && shape.Rank < 3
                    ? g.Broadcast(x, new(Pick(1, 1, 2), new Shape([Size(), .. shape.Dimensions])))
                    : null;
        }
    }

    Node? Reduced(Node x)
    {
        if (x.Shape.Rank == 0 && x.Type.IsShared) return null;
        var kept = new Shape(x.Shape.Dimensions.Select(d => random.Next(2) == 0 ? d : 1));
        var type = new TensorType(random.Next(3) == 0 ? 0 : x.Type.Rows, kept);
        return random.Next(4) switch
        {
            0 => g.ReduceMax(x, type),
            1 => g.Mul(g.Sum(x, type), 0.25f),
            2 when x.Shape.Rank > 0 => g.Mul(g.Sum(x, random.Next(x.Shape.Rank)), 0.5f),
            _ => x.Type.IsShared ? g.Sum(x) : g.MeanRows(x),
        };
    }

    Node? Product()
    {
        var (tA, tB) = (random.Next(2) == 0, random.Next(2) == 0);
        int[] Matrix(int rows, int columns, bool transpose) => transpose ? [columns, rows] : [rows, columns];
        switch (random.Next(4))
        {
            case 0 when Any(n => !n.Type.IsShared && n.Shape.Rank == 1) is { } x:
                return g.MatMul(x, Parameter(Matrix(x.Shape[0], Size(), tB)), false, tB);
            case 1 when Any(n => !n.Type.IsShared && n.Shape.Rank == 1) is { } x:
                return g.Mul(g.MatMul(x, Any(n => n.Type.Rows == x.Type.Rows && n.Shape.Rank == 1)!, transposeA: true), 0.25f);
            case 2 when Any(n => n.Type.IsShared && n.Shape.Rank == 2) is { } x:
                return g.MatMul(x, Parameter(Matrix(x.Shape[tA ? 0 : 1], Size(), tB)), tA, tB);
            case 3 when Any(n => n.Shape.Rank == 2) is { } x:
                return g.BatchMatMul(x,
                    Any(n => Fits(n, x) && n.Shape.Rank == 2 && n.Shape[tB ? 1 : 0] == x.Shape[tA ? 0 : 1])
                        ?? Parameter(Matrix(x.Shape[tA ? 0 : 1], Size(), tB)), tA, tB);
            default:
                return null;
        }
    }

    Node? Joined()
    {
        if (Any(n => n.Shape.Rank > 0) is not { } x) return null;
        var axis = random.Next(x.Shape.Rank);
        var other = Any(n => n.Shape.Rank == x.Shape.Rank && (n.Type.Rows == x.Type.Rows || n.Type.IsShared)
            && n.Shape.With(axis, 1) == x.Shape.With(axis, 1))!;
        return random.Next(4) switch
        {
            0 => g.Concat(axis, x, other, g.Constant(0, other.Type)),
            1 => g.Concat(axis, g.Slice(x, axis, 0, 1), x),
            2 => g.Add(g.Concat(axis, x, g.Constant(0, x.Type)), g.Concat(axis, g.Constant(0, x.Type), g.Mul(x, 0.5f))),
            _ => g.Slice(g.Concat(axis, x, other), axis, random.Next(x.Shape[axis]), other.Shape[axis]),
        };
    }

    /// <summary>Two rows an example are an image of two positions, or each of their windows; more than one axis has an order.</summary>
    Node? OfImage()
    {
        // As many windows as positions: a mean over six would not be dyadic.
        var geometry = new Windowing(1, 2, 3, 1, 1, 1);
        if (random.Next(3) == 0 && Any(n => n.Shape.Rank >= 2) is { } x)
            return g.Permute(x, [.. Enumerable.Range(0, x.Shape.Rank).Select(i => (i + 1) % x.Shape.Rank)]);
        if (Any(n => n.Type.Rows == 2 && n.Shape.Rank == 1) is not { } image) return null;
        var windows = g.Windows(image, geometry);
        return random.Next(4) switch
        {
            0 => windows,
            1 => g.MatMul(windows, Parameter(windows.Shape[0], Size())),
            2 => g.Mul(g.WindowSum(Unary(Op.Tanh, windows), geometry), 0.25f),
            _ => g.Mul(g.WindowSum(g.MatMul(Unary(Op.Sigmoid, windows), Parameter(windows.Shape[0], 9 * Size())), geometry), 0.25f),
        };
    }

    /// <summary>A label is no value to compute with, so it stays out of the pool.</summary>
    Node Label(int rows, int classes)
    {
        var (name, type) = ($"y{rows}_{classes}", new TensorType(rows, Shape.Scalar));
        if (!bindings.Inputs.ContainsKey(name))
            bindings.Inputs[name] = [.. Enumerable.Range(0, (int)type.Count(batch)).Select(_ => (double)random.Next(-1, classes))];
        return g.Input(name, type);
    }

    Node? ByLabel()
    {
        Node? Rows() => Any(n => !n.Type.IsShared && n.Shape.Rank == 1);
        var rows = Pick(1, 1, 2);
        switch (random.Next(7))
        {
            case 0:
                return OneHot(rows);
            case 1:
                {
                    var table = Any(n => n.Type.IsShared && n.Shape.Rank == 2)!;
                    return g.Gather(table, Label(rows, table.Shape[0]));
                }
            case 2:
                {
                    var hot = OneHot(rows);
                    return g.MatMul(hot, Parameter(hot.Shape[0], Size()));
                }
            case 3 when Rows() is { } x:
                {
                    var classes = Size();
                    return g.Mul(g.Scatter(x, Label(x.Type.Rows, classes), classes), 0.5f);
                }
            case 4 when Rows() is { } x:
                return g.Mul(g.MatMul(OneHot(x.Type.Rows), x, transposeA: true), 0.5f);
            case 5 when Rows() is { } x:
                {
                    var hot = OneHot(x.Type.Rows);
                    var joined = random.Next(2) == 0 ? g.Concat(0, x, hot) : g.Concat(0, hot, x, OneHot(x.Type.Rows));
                    return g.MatMul(joined, Parameter(joined.Shape[0], Size()));
                }
            case 6 when Rows() is { } x:
                return g.Sum(g.Mul(OneHot(x.Type.Rows, x.Shape[0]), x));
            default:
                return null;
        }
    }

    Node OneHot(int rows) => OneHot(rows, Size());

    Node OneHot(int rows, int classes) => g.OneHot(Label(rows, classes), classes);

    Node? Composite(Node x) => random.Next(9) switch
    {
        0 when x.Shape.Rank > 0 => g.Softmax(x),
        1 when x.Shape.Rank > 0 => g.LogSoftmax(x),
        2 => g.LogSumExp(x),
        3 => g.Normalise(x, 0.1f),
        4 => g.Gelu(x),
        5 => g.Silu(x),
        6 => g.Elu(x, 0.7f),
        7 => g.LeakyRelu(x, 0.1f),
        _ => new GaussianValue(g.Mul(x, 0.3f), Unary(Op.Tanh, x)).LogProbability(g, x),
    };
}

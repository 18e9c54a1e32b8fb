using System;
using System.Linq;
using Zoo.Generators.Diagnostics;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>Calls that own parameters.</summary>
static class LayerCalls
{
    public static Node Dense(SymbolicCall call)
    {
        var (x, units, hasBias) = (call.This, call.Int(0), call.Flag(1));
        if (x.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank,
                $"Dense takes values with one axis, but got {x.Shape}; call {(x.Shape.Rank == 0 ? "Reshape(1)" : "Flatten()")} first");
        if (units < 1) throw new GraphException(GraphError.NotPositive, $"Dense takes a positive number of units, but got {units}");
        var inputs = x.Shape[0];
        var matrix = new Shape(inputs, units);
        SizeLimit.Check(matrix);
        var layer = call.Scope.NameLayer("dense", call.Text(3));
        var parameters = new LayerParameters(call, layer, inputs, units);
        SpectralNorm? norm = call.Flag(6) ? new(1, inputs, units, true, 0) : null;
        var weight = parameters.Weight(matrix, FileAxis.Turned(matrix), call.Member(2), call.Float(4), norm);
        var bias = parameters.Bias(hasBias, units, call.Member(5));
        call.Scope.Declare(new LayerTrace(layer, "dense", x.Shape, new Shape(units), (long)inputs * units + (hasBias ? units : 0),
            2L * inputs * units));
        return call.Graph.Affine(x, weight, bias);
    }

    public static Node LayerNorm(SymbolicCall call)
    {
        var (x, affine) = (call.This, call.Flag(1));
        if (x.Shape.Rank == 0)
            throw new GraphException(GraphError.WrongRank, $"LayerNorm takes values with at least one axis, but got {x.Shape}");
        var layer = call.Scope.NameLayer("layernorm", call.Text(2));
        var y = call.Graph.Normalise(x, Epsilon(call, 0));
        // What images have for each position lies as images do inside.
        if (affine && x.Shape.Rank == 3) y = AffineImage(call, layer, y);
        else if (affine) y = Affine(call, layer, y, x.Shape);
        return Declared(call, layer, "layernorm", affine ? 2L * x.Shape.Count : 0, affine, y);
    }

    /// <summary>torch.nn.BatchNorm1d and BatchNorm2d: over the batch, and over the positions of images.</summary>
    public static Node BatchNorm(SymbolicCall call)
    {
        var (g, x, momentum, affine) = (call.Graph, call.This, call.Float(0), call.Flag(2));
        if (x.Shape.Rank is not (1 or 3))
            throw new GraphException(GraphError.WrongRank, $"BatchNorm takes [features] or [channels, height, width], but got {x.Shape}");
        if (x.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch, $"BatchNorm takes a value per example, but got {x.Shape}, shared by all");
        if (!(momentum is >= 0 and <= 1))
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"BatchNorm takes a momentum from 0 to 1, but got {momentum}"));
        var epsilon = Epsilon(call, 1);
        var layer = call.Scope.NameLayer("batchnorm", call.Text(3));
        var (rows, shape) = (x.Shape.Rank == 3 ? g.ToPositions(x) : x, new Shape(x.Shape[0]));
        Node State(string role, Shape of, string first) => call.Scope.Declare(g, call.Mode,
            new($"{layer}.{role}", call.Scope.Method.Name, of, first, rows.Type.Rows, call.Site));
        var (runningMean, runningVariance) = (State("running_mean", shape, "Zeros"), State("running_var", shape, "Ones"));
        var batches = State("num_batches_tracked", Shape.Scalar, "Zeros");
        var (mean, variance) = (runningMean, runningVariance);
        if (call.Mode.IsTraining)
        {
            (mean, variance) = (g.MeanRows(rows), g.VarianceRows(rows));
            // What is kept has the divisor n − 1, what divides has n.
            var count = g.Mul(g.RowCount(), rows.Type.Rows);
            var unbiased = g.Mul(variance, g.Div(count, g.Sub(count, g.Constant(1))));
            Node Advanced(Node old, Node now) => g.Add(g.Mul(old, 1 - momentum), g.Mul(now, momentum));
            call.Mode.Next[$"{layer}.running_mean"] = Advanced(runningMean, mean);
            call.Mode.Next[$"{layer}.running_var"] = Advanced(runningVariance, unbiased);
            call.Mode.Next[$"{layer}.num_batches_tracked"] = g.Add(batches, g.Constant(1));
        }
        var y = g.Mul(g.Sub(rows, mean), g.Unary(Op.Rsqrt, g.Add(variance, g.Constant(epsilon))));
        if (affine) y = Affine(call, layer, y, shape);
        if (x.Shape.Rank == 3) y = g.FromPositions(y, x.Shape[1], x.Shape[2]);
        return Declared(call, layer, "batchnorm", affine ? 2L * shape.Count : 0, affine, y);
    }

    /// <summary>torch.nn.InstanceNorm2d: each channel of each image by itself.</summary>
    public static Node InstanceNorm(SymbolicCall call) => NormaliseGroups(call, "instancenorm", null, 0);

    /// <summary>torch.nn.GroupNorm: groups of channels of each image.</summary>
    public static Node GroupNorm(SymbolicCall call) => NormaliseGroups(call, "groupnorm", call.Int(0), 1);

    static Node NormaliseGroups(SymbolicCall call, string kind, int? groups, int at)
    {
        var (g, x, affine) = (call.Graph, call.This, call.Flag(at + 1));
        if (x.Shape.Rank != 3)
            throw new GraphException(GraphError.WrongRank, $"{call.Name} takes [channels, height, width], but got {x.Shape}");
        var (channels, height, width) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        var count = groups ?? channels;
        if (count < 1 || channels % count != 0)
            throw new GraphException(GraphError.NotPositive,
                $"{call.Name} takes a number of groups that divides the {channels} channels of {x.Shape}, but got {count}");
        if (channels / count * height * width == 1)
            throw new GraphException(GraphError.ShapeMismatch,
                $"{call.Name} takes more than one number in a group, but {x.Shape} has one in each of {count}");
        var layer = call.Scope.NameLayer(kind, call.Text(at + 2));
        var rows = g.Reshape(g.ToPositions(x), x.Type.Rows, new Shape(height * width, count, channels / count));
        var type = new TensorType(x.Type.Rows, new Shape(1, count, 1));
        var normalised = g.Normalise(rows, type, Epsilon(call, at));
        var y = g.Reshape(normalised, x.Type.Rows * height * width, new Shape(channels));
        if (affine) y = Affine(call, layer, y, new Shape(channels));
        return Declared(call, layer, kind, affine ? 2L * channels : 0, affine, g.FromPositions(y, height, width));
    }

    static float Epsilon(SymbolicCall call, int at)
    {
        var epsilon = call.Float(at);
        return epsilon > 0
            ? epsilon
            : throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"{call.Name} takes an epsilon above 0, but got {epsilon}"));
    }

    static Node Declare(SymbolicCall call, string name, Shape shape, EquatableArray<FileAxis> axes, string init) =>
        call.Scope.Declare(call.Graph, new(name, call.Scope.Method.Name, shape, axes, init, shape.Count, shape.Count, call.Site));

    static Node Affine(SymbolicCall call, string layer, Node y, Shape shape)
    {
        y = call.Graph.Mul(y, Declare(call, $"{layer}.weight", shape, FileAxis.Of(shape), "Ones"));
        return call.Graph.Add(y, Declare(call, $"{layer}.bias", shape, FileAxis.Of(shape), "Zeros"));
    }

    static Node AffineImage(SymbolicCall call, string layer, Node y)
    {
        var g = call.Graph;
        var shape = new Shape(y.Shape[1], y.Shape[2], y.Shape[0]);
        y = g.Mul(y, g.Permute(Declare(call, $"{layer}.weight", shape, FileAxis.OfImage(shape), "Ones"), 2, 0, 1));
        return g.Add(y, g.Permute(Declare(call, $"{layer}.bias", shape, FileAxis.OfImage(shape), "Zeros"), 2, 0, 1));
    }

    /// <summary>Sum, difference, square, sum and product an element; with an affine map a product and a sum more.</summary>
    static Node Declared(SymbolicCall call, string layer, string kind, long parameters, bool affine, Node y)
    {
        call.Scope.Declare(new LayerTrace(layer, kind, call.This.Shape, y.Shape, parameters, (affine ? 7L : 5) * y.Shape.Count));
        return y;
    }

    /// <summary>The largest of several affine maps (Goodfellow et al. 2013), units side by side in each piece.</summary>
    public static Node Maxout(SymbolicCall call)
    {
        var (g, x, units, pieces) = (call.Graph, call.This, call.Int(0), call.Int(1));
        if (x.Shape.Rank != 1)
            throw new GraphException(GraphError.WrongRank,
                $"Maxout takes values with one axis, but got {x.Shape}; call {(x.Shape.Rank == 0 ? "Reshape(1)" : "Flatten()")} first");
        if (units < 1) throw new GraphException(GraphError.NotPositive, $"Maxout takes a positive number of units, but got {units}");
        if (pieces < 1) throw new GraphException(GraphError.NotPositive, $"Maxout takes a positive number of pieces, but got {pieces}");
        var (inputs, all) = (x.Shape[0], checked((long)units * pieces));
        SizeLimit.Check(new Shape(inputs, units, pieces));
        var layer = call.Scope.NameLayer("maxout", call.Text(2));
        var (shape, parameters) = (new Shape(inputs, (int)all), new LayerParameters(call, layer, inputs, (int)all));
        var weight = parameters.Weight(shape, FileAxis.Turned(shape), "Default", 1);
        var shift = parameters.Bias(true, (int)all, "Default");
        call.Scope.Declare(new LayerTrace(layer, "maxout", x.Shape, new Shape(units), (inputs + 1) * all, 2 * inputs * all + all));
        var y = g.Affine(x, weight, shift);
        // Pairs from the left: where two are equal the gradient is shared, as elementwise maxima have it.
        var largest = g.Slice(y, 0, 0, units);
        for (var piece = 1; piece < pieces; piece++) largest = g.Binary(Op.Max, largest, g.Slice(y, 0, piece * units, units));
        return largest;
    }

    /// <summary>
    /// Each element kept with probability 1 − rate and divided by it in training, as it is afterwards (torch.nn.Dropout).
    /// </summary>
    public static Node Dropout(SymbolicCall call)
    {
        var (g, x, rate) = (call.Graph, call.This, call.Float(0));
        if (!(rate is >= 0 and < 1))
            throw new TraceException(Descriptors.OutOfRange,
                FormattableString.Invariant($"Dropout takes a rate from 0 to below 1, but got {rate}"));
        if (rate == 0 || !call.Mode.IsTraining) return x;
        if (x.Type.IsShared)
            throw new GraphException(GraphError.BatchMismatch,
                $"Dropout takes a value per example, but got {x.Shape}, shared by all examples");
        var uniform = call.Scope.Draw(g, "dropout", null, DrawKind.Uniform, x.Shape);
        return g.Mul(x, g.Mul(g.Binary(Op.Greater, g.Constant(1 - rate), uniform), 1 / (1 - rate)));
    }

    public static Node Parameter(SymbolicCall call)
    {
        var (shape, init) = (SizeLimit.Positive("Parameter", call.Shape(1)), call.Member(2));
        var gain = LayerParameters.Gain(call, call.Float(3));
        if (init is "Default" or "FanIn")
            throw new TraceException(Descriptors.InvalidInit,
                $"A raw parameter has no layer, so Init.{init} has no meaning: name the first values, such as Init.Zeros");
        if (init == "Orthogonal" && shape.Rank < 2)
            throw new TraceException(Descriptors.InvalidInit, $"Init.Orthogonal takes a shape with at least two axes, but got {shape}");
        var name = call.Scope.NameParameter(call.Text(0) ?? "");
        // The last axis is the output where the parameter is the right operand of a product, which is how it is used.
        var (fanIn, fanOut) = shape.Rank < 2 ? (shape.Count, shape.Count) : (shape.Count / shape.Last, shape.Last);
        var node = call.Scope.Declare(call.Graph,
            new(name, call.Scope.Method.Name, shape, FileAxis.Of(shape), init, fanIn, fanOut, call.Site) { Gain = gain });
        call.Scope.Declare(new LayerTrace(name, "parameter", shape, shape, shape.Count, 0));
        return node;
    }
}

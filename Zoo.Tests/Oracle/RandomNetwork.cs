using System.Globalization;
using System.Text.RegularExpressions;

namespace Zoo.Tests.Oracle;

/// <summary>
/// The body of one random network: statements that change one value <c>h</c> with one axis, whose size and bound are known as it is
/// written.
/// </summary>
sealed class RandomNetwork
{
    static readonly string[] Smooth = ["Tanh()", "Sigmoid()", "Softmax()", "Sin()", "Cos()"];

    /// <summary>Activations between −1 and 1.</summary>
    public static readonly string[] Bounded = [.. Smooth, "Tanh().Relu()"];

    static readonly string[] Activations =
    [
        "Relu()", "LeakyRelu()", "LeakyRelu(0.2f)", "Elu()", "Elu(alpha: 0.5f)", "Gelu()", "Silu()", "Softplus()", "LogSigmoid()",
        "LogSoftmax()", .. Bounded,
    ];

    /// <summary>Elementwise mathematics where it is safe.</summary>
    static readonly string[] Functions =
    [
        "h.Abs()", "h.Sign() * h", "h.Tanh().Square()", "(h.Square() + 0.5f).Sqrt()", "(h.Square() + 0.5f).Rsqrt()",
        "(1f + h.Square()).Reciprocal()",
        "h.Tanh().Exp()", "h.Tanh().Expm1()", "(h.Square() + 0.5f).Log()", "h.Square().Log1p()", "h.Sin()", "h.Cos()",
        "h.Clamp(-0.75f, 1.25f)", "-h", "1f - h.Sigmoid()",
        "h / (1f + h.Square().Sum())", "h - h.Max()", "h - h.LogSumExp()", "h - h.Mean()", "h * h.Mean(0)", "h + 0.25f * h.Sum(0).Tanh()",
        "Tensor.Max(h, 0.1f)", "Tensor.Min(h, -h.Sigmoid())",
        "Tensor.Greater(h, 0.2f) * h", "h + 0.5f * h.StopGradient()", "h + 0.25f * h.Tanh().Dropout(0.25f)", "2f * h.Tanh() / 3f",
        "(h * 0.5f).Exp().Log1p().Tanh()", "h.Sigmoid().Log()",
    ];

    /// <summary>What of all that is smooth.</summary>
    static readonly string[] SmoothActivations = ["Elu()", "Gelu()", "Silu()", "Softplus()", "LogSigmoid()", "LogSoftmax()", .. Smooth];

    static readonly string[] SmoothFunctions =
        [.. Functions.Where(f => !new[] { "Abs()", "Sign()", "Clamp", "Max(", "Min(",
            "Greater" }.Any(kink => f.Contains(kink, StringComparison.Ordinal)))];

    static readonly string[] Inits = ["HeUniform", "HeNormal", "GlorotUniform", "GlorotNormal", "Normal002", "Orthogonal"];

    readonly Random random;
    readonly RandomHelpers helpers;
    readonly RandomSize scale;
    readonly List<string> lines = [];
    int size;
    double bound;
    int names;

    /// <summary>Whether there are several rows, as a statistic over them needs.</summary>
    public bool HasBatch { get; init; }

    /// <summary>Decides on what was not always there, so that a seed's network stays what it was but for that.</summary>
    public required Random Added { get; init; }

    public RandomNetwork(Random random, RandomHelpers helpers, string parameter, int[] shape, RandomSize scale)
    {
        (this.random, this.helpers, this.scale) = (random, helpers, scale);
        size = shape.Aggregate(1, (a, b) => a * b);
        bound = 3;
        if (shape.Length == 1)
        {
            lines.Add($"var h = {parameter};");
        }
        else if (random.Next(3) == 0)
        {
            // One axis summed away.
            var axis = random.Next(shape.Length);
            size /= shape[axis];
            lines.Add($"var h = {parameter}.{Pick(random, "Mean", "Sum")}({axis}){(shape.Length == 2 ? "" : ".Flatten()")};");
        }
        else if (random.Next(2) == 0)
        {
            // One place of an axis.
            var axis = random.Next(shape.Length);
            size /= shape[axis];
            lines.Add($"var h = {parameter}.Slice({random.Next(shape[axis])}, 1, axis: {axis}).Reshape({size});");
        }
        else
        {
            lines.Add($"var h = {parameter}.Flatten();");
        }
    }

    /// <summary>Just above a tile of columns, above two, and, less often, above what a product sums at a time.</summary>
    public static int WideUnits(Random random) =>
        random.Next(6) switch { 0 => random.Next(513, 530), 1 or 2 => random.Next(129, 140), _ => random.Next(60, 80) };

    bool IsWide => scale == RandomSize.Wide;

    public static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];

    public static string Shape(params int[] shape) => $"[{string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture)))}]";

    string NewName(string stem) => $"{stem}_{++names}";

    void Add(params string[] statements) => lines.AddRange(statements);

    public void Blocks(int count)
    {
        for (var i = 0; i < count; i++) Block();
    }

    /// <summary>A layer on <c>h</c>, in one of its spellings.</summary>
    public string Dense(int units) => random.Next(8) switch
    {
        0 => $"h.Dense({units}, bias: false)",
        1 => $"h.Dense({units}, weight: Init.{Pick(random, Inits)})",
        2 => $"h.Dense({units}, name: \"{NewName("layer")}\")",
        3 => $"h.Dense(bias: true, units: {units}{(Added.Next(3) == 0 ? ", spectralNorm: true" : "")})",
        _ => $"h.Dense({units})",
    };

    /// <summary>Mean and log-variance of a Gaussian; the second may be shared by all examples.</summary>
    public (string Mean, string LogVariance, bool IsShared) Heads(int units)
    {
        switch (random.Next(6))
        {
            case 0:
                Add($"var (mean, logVariance) = ({Dense(units)}, {Dense(units)}.Tanh());");
                return ("mean", "logVariance", false);
            case 1:
                Add($"var heads = h.Dense(2 * {units});");
                Add($"Tensor mean = heads.Slice(0, {units}), logVariance = heads.Slice({units}, {units});");
                return ("mean", IsWide ? "logVariance.Tanh()" : "logVariance.Clamp(-2f, 2f)", false);
            case 2:
                return (Dense(units),
                    Pick(random, "-1f", $"Tensor.Parameter(\"log_variance\", {Shape(units)})", $"Tensor.Constant(-0.5f, {units})"), true);
            default:
                return (Dense(units), Dense(units) + (IsWide ? ".Tanh()" : Pick(random, ".Tanh()", ".Clamp(-2f, 2f)", ".Softplus()")),
                    false);
        }
    }

    void Block()
    {
        var units = random.Next(1, 10);
        if (scale == RandomSize.Narrow) units = 5;
        if (IsWide) units = WideUnits(random);
        if (scale == RandomSize.Images)
        {
            Images(random.Next(1, 5));
            return;
        }
        switch (random.Next(scale == RandomSize.Narrow ? 20 : 23))
        {
            case 0 or 1 or 2:
                Layer(units);
                break;
            case 3:
                Add($"h = {helpers.Layer()}(h, {units}{Pick(random, "", ", false", ", bias: false")});");
                Become(units, 1);
                break;
            case 4:
                Add($"h = {helpers.Gated()}(h, units: {units}, gate: {Pick(random, "true", "false")});");
                Become(units, 1);
                break;
            case 5:
                Loop(units);
                break;
            case 6 or 7:
                Add($"h = {Pick(random, IsWide ? SmoothFunctions : Functions)};");
                Become(size, bound + 1.5);
                break;
            case 8:
                var (plain, scaled) = ($"h.Dense({size})", $"h.Dense({size}, weight: Init.GlorotUniform)");
                Add(Pick(random, $"h += {plain}.Tanh();", $"h = h + 0.5f * {scaled}.Tanh();", "h *= h.Sigmoid();", "h -= 0.25f;"));
                Become(size, bound + 1);
                break;
            case 9 when size >= 3:
                var named = $"0.1f, name: \"{NewName("norm")}\"";
                Add($"h = h.LayerNorm({Pick(random, "epsilon: 0.1f", "0.05f", "epsilon: 0.1f, affine: false", named)});");
                Become(size, 3);
                break;
            case 10:
                ConcatAndSlice();
                break;
            case 11:
                Product();
                break;
            case 12:
                Scale();
                break;
            case 13:
                Gate(units);
                break;
            case 14:
                var q = NewName("q");
                Add($"var {q} = new Gaussian(h.Tanh(), {Pick(random, $"Tensor.Constant(-1f, {size})", "0.5f * h.Sin()")});");
                Add(
                    "h = h + " + Pick(random, $"0.1f * {q}.Divergence(Gaussian.Standard({size}));", $"0.1f * {q}.Entropy().Tanh();",
                        $"0.05f * {q}.LogProbability(h.Cos()).Tanh();", $"{q}.Mean * {q}.LogVariance.Sigmoid();"));
                Become(size, bound + 0.5 * size);
                break;
            case 15:
                var b = NewName("b");
                Add($"var {b} = new Bernoulli(logits: h);");
                Add(
                    "h = " + Pick(random, $"{b}.Mean;", $"h + 0.1f * {b}.Entropy();",
                        $"h + 0.1f * {b}.LogProbability(h.Sigmoid()).Tanh();", $"{b}.Logits;"));
                Become(size, bound + 1);
                break;
            case 16:
                var energy = NewName("energy");
                Add($"var {energy} = h.Dense({units}).{Pick(random, "Tanh()", "Sigmoid()", "Softplus()", "Sin()")}.Square().Sum();");
                Add($"h = h - 0.1f * Tensor.Gradient({energy}, {Pick(random, "h", "withRespectTo: h")}).Tanh();");
                Become(size, bound + 0.1);
                break;
            case 17 when helpers.Shared(size) is { } shared:
                Add($"h = {shared.Name}(h);");
                Become(shared.To, 1);
                break;
            case 18:
                var (constant, value) = helpers.Width();
                Add($"h = h.Dense({constant}).{Pick(random, Bounded)};");
                Become(value, 1);
                break;
            case 20:
                SharedBias(units);
                break;
            case 21 when !IsWide:
                Images(1);
                break;
            case 22:
                var isNormalised = HasBatch && random.Next(2) == 0;
                Add(isNormalised
                    ? $"h = h.BatchNorm({Pick(random, "epsilon: 0.1f", "0.3f, 0.2f", "epsilon: 0.1f, affine: false")});"
                    : $"h = h.Maxout({units}, pieces: {random.Next(1, 4)}).Tanh();");
                Become(isNormalised ? size : units, 3);
                break;
            default:
                Layer(units);
                break;
        }
    }

    /// <summary>Takes note of a new size and bound, and squashes what has grown.</summary>
    void Become(int units, double newBound)
    {
        (size, bound) = (units, newBound);
        if (bound <= 5) return;
        Add($"h = {Pick(random, "h.Tanh()", "2f * h.Tanh()", "h.Sigmoid()", IsWide ? "h.Sin()" : "h / (1f + h.Abs())")};");
        bound = 2;
    }

    void Layer(int units)
    {
        Add($"h = {Dense(units)}.{Pick(random, IsWide ? SmoothActivations : Activations)};");
        Become(units, bound * Math.Sqrt(size) + 1);
    }

    void Loop(int units)
    {
        var count = random.Next(2, 4);
        var i = NewName("i");
        switch (random.Next(4))
        {
            case 0:
                Add($"for (var {i} = 0; {i} < {count}; {i}++) h = h.Dense({units} + {i}).{Pick(random, Bounded)};");
                size = units + count - 1;
                break;
            case 1:
                Add($"for (int {i} = 1; {i} <= {count}; {i} += 1)", "{", $"    var t = h.Dense({units}, name: $\"loop_{names}_{{{i}}}\");",
                    $"    h = {i} % 2 == 0 ? t.Tanh() : t.Sigmoid();", "}");
                size = units;
                break;
            case 2:
                Add($"for (var {i} = {count}; {i} > 0; {i}--)", "{", $"    if ({i} == 2) h = h.Dense({units}).Tanh();",
                    $"    else h = h.Dense({units} + {i}).Sin();", "}");
                size = units + 1;
                break;
            default:
                Add($"for (var {i} = 0; {i} < 2; {i}++)", "{",
                    $"    for (var j = 0; j <= {i}; j++) h = h.Dense({i} == 0 ? {units} : {units % 5 + 1}).Tanh();", "}");
                size = units % 5 + 1;
                break;
        }
        Become(size, 1);
    }

    void ConcatAndSlice()
    {
        var start = random.Next(size);
        var length = random.Next(1, size - start + 1);
        switch (random.Next(4))
        {
            case 0:
                Add($"h = Tensor.Concat(h, h.Slice({start}, {length}).Tanh());");
                Become(size + length, bound);
                break;
            case 1:
                Add($"h = h.Slice({start}, length: {length});");
                Become(length, bound);
                break;
            case 2:
                Add($"h = Tensor.Concat(Tensor.Constant(0.5f, 1), h, Tensor.Parameter(\"{NewName("extra")}\", [2]));");
                Become(size + 3, bound);
                break;
            default:
                Add($"h = Tensor.Concat([h.Tanh(), h.Sum().Tanh().Reshape(1)]);");
                Become(size + 1, 1);
                break;
        }
    }

    void Product()
    {
        var rows = size % 3 == 0 ? 3 : size % 2 == 0 ? 2 : 1;
        var (columns, units) = (size / rows, random.Next(1, 4));
        switch (random.Next(4))
        {
            case 0:
                Add($"h = h.Reshape({rows}, {columns}).MatMul(Tensor.Parameter(\"{NewName("right")}\", {Shape(columns, units)}, "
                    + "Init.GlorotUniform)).Flatten();");
                Become(rows * units, bound * 2 * columns);
                break;
            case 1:
                Add($"h = Tensor.Parameter(\"{NewName("left")}\", {Shape(units, rows)}, Init.GlorotNormal).MatMul(h.Reshape({rows}, "
                    + $"{columns})).Flatten();");
                Become(units * columns, bound * 2 * rows);
                break;
            case 2:
                Add($"h = h.Reshape({size}, 1).MatMul(h.Tanh().Slice(0, 1).Reshape([1, 1])).Reshape({size}).Tanh();");
                Become(size, 1);
                break;
            default:
                Add($"h = h.Reshape({rows}, {columns}).Tanh().{Pick(random, "Softmax()", "LogSoftmax()", "Square()")}."
                    + (rows == 1 ? "Flatten();" : Pick(random, "Sum(1);", "Mean(axis: 1);")));
                Become(rows == 1 ? columns : rows, bound * columns);
                break;
        }
    }

    void Scale()
    {
        var shape = random.Next(3) switch { 0 => Shape(1), 1 => "[]", _ => Shape(size) };
        Add($"h = h * Tensor.Parameter(\"{NewName("scale")}\", {shape}, Init.Ones) + Tensor.Parameter(\"{NewName("shift")}\", "
            + $"{Shape(size)});");
        Become(size, bound + 0.5);
    }

    void Gate(int units)
    {
        var (a, b) = (NewName("a"), NewName("b"));
        Add(random.Next(2) == 0
            ? $"var ({a}, {b}) = ({Dense(units)}.Tanh(), {Dense(units)}.Sigmoid());"
            : $"(Tensor {a}, Tensor {b}) = (h.Dense({units}).Sin(), h.Dense({units}).Softmax());");
        Add($"h = {a} * {b};");
        Become(units, 1);
    }

    /// <summary>An image, some layers of images, and back to one axis.</summary>
    void Images(int layers)
    {
        var image = new RandomImage(random, HasBatch, random.Next(1, 5), random.Next(3, 8), random.Next(3, 8));
        Add($"h = h.Dense({image.Count}).Tanh();");
        var name = NewName("image");
        Add($"var {name} = h.Reshape({image.Sizes});");
        for (var i = 0; i < layers; i++) Add($"{name} = {image.Layer(name, () => NewName("plane"))}.{Pick(random, Bounded)};");
        Add($"h = {name}.Flatten();");
        Become(image.Count, 1);
    }

    /// <summary>Two layers that read one value, as if to become one product; but the bias of one is used elsewhere too.</summary>
    void SharedBias(int units)
    {
        var (a, b) = (NewName("tied"), NewName("tied"));
        string Weight(string layer) => $"Tensor.Parameter(\"{layer}.weight\", {Shape(size, units)}, Init.GlorotUniform)";
        string Bias(string layer) => $"Tensor.Parameter(\"{layer}.bias\", {Shape(units)})";
        Add($"var {a} = h.MatMul({Weight(a)}) + {Bias(a)};");
        Add($"var {b} = h.MatMul({Weight(b)}) + {Bias(b)};");
        Add($"h = {a}.Tanh() * {b}.Sigmoid() + {Bias(Pick(random, a, b))}.Sin();");
        Become(units, 2);
    }

    /// <summary>The method, with an expression body where there is nothing but the result.</summary>
    public string Method(string type, string name, string parameter, string result)
    {
        if (lines.Count == 1 && random.Next(2) == 0 && lines[0] == $"var h = {parameter};")
            return $"static {type} {name}(Tensor {parameter}) => {Regex.Replace(result, @"\bh\b", parameter)};";
        var body = string.Join("\n", lines.Append($"return {result};").Select(line => "    " + line));
        return $"static {type} {name}(Tensor {parameter})\n{{\n{body}\n}}";
    }
}

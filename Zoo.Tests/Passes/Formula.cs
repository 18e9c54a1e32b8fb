using System.Globalization;
using System.Text.RegularExpressions;
using Zoo.Generators.Graphs;

namespace Zoo.Tests.Passes;

/// <summary>
/// Formulas as the rules' comments write them, as graphs. Operators are elementwise and broadcast; a function is an op by its name. The
/// letters are x, y, z : n×[4], k : 2n×[4], p : 6n×[4], an image of 2 × 3 positions, T : n×[2, 3, 4], C : n×[2, 2, 2],
/// u, v : n×[1], M : n×[2, 4], s : [4], W : [4, 3], w : [4, 1], r : [1, 4], O : n×[4] of zeros,
/// rows, and labels l, m : n×[] from −1 to 2.
/// </summary>
sealed partial class Formula
{
    readonly GraphBuilder g;
    readonly List<string> tokens;
    int at;

    Formula(GraphBuilder g, string text) => (this.g, tokens) = (g, [.. Token().Matches(text).Select(m => m.Value)]);

    [GeneratedRegex(@"\d*n?×?\[[\d, ]*\]|\d+(\.\d+)?|axis \d|[A-Za-zσ][A-Za-z0-9]*|\S")]
    private static partial Regex Token();

    public static Node Parse(GraphBuilder g, string text)
    {
        var formula = new Formula(g, text);
        var node = formula.Sum();
        if (formula.at != formula.tokens.Count) throw new FormatException($"'{formula.tokens[formula.at]}' is left over in '{text}'.");
        return node;
    }

    string Next => at < tokens.Count ? tokens[at] : "";

    bool Take(string token)
    {
        if (Next != token) return false;
        at++;
        return true;
    }

    void Expect(string token)
    {
        if (!Take(token)) throw new FormatException($"'{token}' expected, but got '{Next}' in '{string.Join(" ", tokens)}'.");
    }

    Node Sum()
    {
        var sum = Product();
        while (Next is "+" or "−") sum = Take("+") ? g.Add(sum, Product()) : Take("−") ? g.Sub(sum, Product()) : sum;
        return sum;
    }

    Node Product()
    {
        var product = Signed();
        while (Next is "·" or "/") product = Take("·") ? g.Mul(product, Signed()) : Take("/") ? g.Div(product, Signed()) : product;
        return product;
    }

    /// <summary>A sign before a number is the number's.</summary>
    Node Signed()
    {
        if (!Take("−")) return Power();
        var operand = Signed();
        return operand.Constant is { } c ? g.Constant(-c, operand.Type) : g.Neg(operand);
    }

    Node Power()
    {
        var power = Atom();
        while (Take("²")) power = g.Unary(Op.Square, power);
        return power;
    }

    Node Atom()
    {
        if (Take("("))
        {
            var inner = Sum();
            Expect(")");
            return inner;
        }
        var token = tokens[at++];
        if (char.IsDigit(token[0])) return g.Constant(float.Parse(token, CultureInfo.InvariantCulture));
        if (Take("(")) return Call(token);
        return token switch
        {
            "x" or "y" or "z" => g.Input(token, TensorType.Batch(4)),
            "k" => g.Input(token, new(2, new Shape(4))),
            "p" => g.Input(token, new(6, new Shape(4))),
            "T" => g.Input(token, TensorType.Batch(2, 3, 4)),
            "C" => g.Input(token, TensorType.Batch(2, 2, 2)),
            "u" or "v" => g.Input(token, TensorType.Batch(1)),
            "M" => g.Input(token, TensorType.Batch(2, 4)),
            "s" => g.Parameter(token, new Shape(4)),
            "W" => g.Parameter(token, new Shape(4, 3)),
            "w" => g.Parameter(token, new Shape(4, 1)),
            "r" => g.Parameter(token, new Shape(1, 4)),
            "O" => g.Constant(0, TensorType.Batch(4)),
            "rows" => g.RowCount(),
            "l" or "m" => g.Input($"label {token}", TensorType.Batch()),
            _ => throw new FormatException($"There is no letter {token}."),
        };
    }

    Node Call(string function)
    {
        var (operands, transposed, axis, numbers) = (new List<Node>(), new List<bool>(), (int?)null, new List<int>());
        TensorType? type = null;
        while (!Take(")"))
        {
            if (Next.EndsWith(']')) type = Type(tokens[at++]);
            else if (Next.StartsWith("axis ", StringComparison.Ordinal)) axis = tokens[at++][^1] - '0';
            else if (operands.Count == BeforeNumbers(function)) numbers.Add(int.Parse(tokens[at++], CultureInfo.InvariantCulture));
            else
            {
                operands.Add(Sum());
                transposed.Add(Take("ᵀ"));
            }
            if (Next != ")") Expect(",");
        }
        var x = operands[0];
        return function switch
        {
            "fill" => g.Constant(x.Constant!.Value, type!.Value),
            "sum" => g.Sum(x, type!.Value),
            "max" when operands.Count == 1 => g.ReduceMax(x, type!.Value),
            "max" => g.Binary(Op.Max, x, operands[1]),
            "spread" => g.Broadcast(x, type!.Value),
            "reshape" => g.Reshape(x, type!.Value.Rows, type.Value.Shape),
            "slice" => g.Slice(x, axis ?? 0, numbers[0], numbers[1]),
            "concat" => g.Concat(axis ?? 0, [.. operands]),
            "stack" => g.Reshape(g.Concat(0, [.. operands.Select(InOneRow)]), operands.Sum(o => o.Type.Rows), x.Shape),
            "select" => g.Select(x, operands[1], operands[2]),
            "matmul" => g.MatMul(x, operands[1], transposed[0], transposed[1]),
            "batchmatmul" => g.BatchMatMul(x, operands[1], transposed[0], transposed[1]),
            "onehot" => g.OneHot(x, numbers[0]),
            "gather" => g.Gather(x, operands[1]),
            "permute" => g.Permute(x, [.. numbers]),
            "windows" => g.Windows(x, new(2, 3, numbers[0], numbers[1], numbers[2], 1)),
            "windowsum" => g.WindowSum(x, new(2, 3, numbers[0], numbers[1], numbers[2], 1)),
            "scatter" => g.Scatter(x, operands[1], numbers[0]),
            "greater" => g.Binary(Op.Greater, x, operands[1]),
            "σ" => g.Unary(Op.Sigmoid, x),
            _ => g.Unary(Enum.Parse<Op>(function, ignoreCase: true), x),
        };
    }

    /// <summary>Operands of a function whose further ones are numbers.</summary>
    static int BeforeNumbers(string function) => function switch
    {
        "slice" or "onehot" or "permute" or "windows" or "windowsum" => 1,
        "scatter" => 2,
        _ => int.MaxValue,
    };

    /// <summary>The rows of an example as rows of one matrix.</summary>
    Node InOneRow(Node x) => g.Reshape(x, 1, new Shape(x.Type.Rows, x.Shape[0]));

    /// <summary>n×[4], 2n×[4], or [4] for a shared value.</summary>
    static TensorType Type(string text)
    {
        var start = text.IndexOf('[');
        var rows = text[..start] switch { "" => 0, "n×" => 1, var many => int.Parse(many[..^2], CultureInfo.InvariantCulture) };
        var sizes = text[(start + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new(rows, new Shape(sizes.Select(d => int.Parse(d, CultureInfo.InvariantCulture))));
    }
}

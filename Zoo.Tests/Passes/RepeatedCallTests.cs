using Xunit;
using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Passes;

/// <summary>
/// Networks as adversarial models have them, simplified and not, by values, gradients and gradients of gradients: called on two or three
/// batches, with a condition that all rows share beside the input, one output, a penalty on the slope; sizes from 1 on.
/// </summary>
public class RepeatedCallTests
{
    const int Programs = 200;

    [Fact]
    public void SimplifyingKeepsTheValues()
    {
        var (stacked, thin) = (0, 0);
        for (var seed = 0; seed < Programs; seed++)
        {
            var (roots, bindings, batch) = Program(new(seed));
            var simplified = Simplify.Run(roots, batch);
            var (expected, actual) = (Interpreter.Evaluate(roots, batch, bindings), Interpreter.Evaluate(simplified, batch, bindings));
            foreach (var (name, values) in expected)
                for (var i = 0; i < values.Length; i++)
                {
                    var isSame = Math.Abs(values[i] - actual[name][i]) <= 1e-5 * (1 + values.Max(Math.Abs));
                    Assert.True(isSame, $"Seed {seed}, {name}[{i}]: {values[i]:R} became {actual[name][i]:R}.");
                }
            var products = Topology.Sort(simplified.Select(r => r.Node)).Where(n => n.Op == Op.MatMul).ToList();
            if (products.Any(p => p.Inputs[0].Type.Rows > 1)) stacked++;
            if (products.All(p => p.Shape.Last > 1)) thin++;
        }
        Assert.True(stacked > Programs / 2, $"Only {stacked} programs have a product over the rows of several calls.");
        Assert.Equal(Programs, thin);
    }

    static (Roots<string> Roots, Bindings Bindings, int Batch) Program(Random random)
    {
        var g = new GraphBuilder();
        var bindings = new Bindings();
        var (batch, input, condition, hidden) = (random.Next(1, 5), random.Next(1, 5), random.Next(1, 4), random.Next(1, 6));
        double[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        Node Parameter(string name, params int[] shape)
        {
            bindings.Parameters[name] = Values(shape.Aggregate(1, (a, b) => a * b));
            return g.Parameter(name, new Shape(shape));
        }

        Node[] weights =
        [
            Parameter("w1", input + condition, hidden), Parameter("b1", hidden),
            Parameter("w2", hidden, hidden), Parameter("w3", hidden, 1), Parameter("shared", condition),
        ];
        var shared = g.Broadcast(random.Next(3) == 0 ? g.Constant(0.5f) : weights[4], TensorType.Batch(condition));
        Node Network(Node x)
        {
            var h = g.Unary(Op.Tanh, g.Affine(g.Concat(0, x, shared), weights[0], weights[1]));
            h = g.Unary(Op.Softplus, g.Affine(h, weights[2], null));
            return g.Reshape(g.Affine(h, weights[3], null), Shape.Scalar);
        }

        var (loss, calls) = ((Node?)null, random.Next(2, 4));
        for (var call = 0; call < calls; call++)
        {
            bindings.Inputs[$"x{call}"] = Values(batch * input);
            var x = g.Unary(Op.Sin, g.Input($"x{call}", TensorType.Batch(input)));
            var score = g.MeanRows(g.Unary(Op.Softplus, Network(x)));
            loss = loss is null ? score : g.Add(loss, score);
        }
        // The slope at the first input, for each row, once differentiated already.
        var at = g.Input("x0", TensorType.Batch(input));
        var slope = g.Sum(g.Unary(Op.Square, Gradients.Of(g, Network(at), [at])[0]));
        var penalised = g.Add(loss!, g.MeanRows(g.Unary(Op.Square, g.Sub(slope, g.Constant(1)))));
        var gradients = Gradients.Of(g, penalised, weights);
        return (new(weights.Select((w, i) => ($"gradient.{w.Name}", gradients[i])).Prepend(("loss", penalised))), bindings, batch);
    }
}

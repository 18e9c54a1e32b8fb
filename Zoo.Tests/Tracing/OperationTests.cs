using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Tracing;

/// <summary>Members of the symbolic types as the nodes they stand for, with x of shape [8].</summary>
public class OperationTests
{
    [Theory]
    [InlineData("x.Relu()", "Relu(x)")]
    [InlineData("x.LeakyRelu()", "Select(Step(x), x, Mul(x, 0.01))")]
    [InlineData("x.LeakyRelu(0.2f)", "Select(Step(x), x, Mul(x, 0.2))")]
    [InlineData("x.Elu(2f)", "Select(Step(x), x, Mul(Expm1(Clamp(x, -104, 0)), 2))")]
    [InlineData("x.Gelu()", "Mul(Mul(x, 0.5), Add(Erf(Mul(x, 0.70710677)), 1))")]
    [InlineData("x.Silu()", "Mul(x, Sigmoid(x))")]
    [InlineData("x.Tanh()", "Tanh(x)")]
    [InlineData("x.Sigmoid()", "Sigmoid(x)")]
    [InlineData("x.LogSigmoid()", "Neg(Softplus(Neg(x)))")]
    [InlineData("x.Softplus()", "Softplus(x)")]
    [InlineData("x + x", "Add(x, x)")]
    [InlineData("x - 1f", "Sub(x, 1)")]
    [InlineData("2f * x", "Mul(2, x)")]
    [InlineData("x / 3", "Div(x, 3)")]
    [InlineData("-x", "Neg(x)")]
    [InlineData("x.Abs()", "Abs(x)")]
    [InlineData("x.Sign()", "Sign(x)")]
    [InlineData("x.Square()", "Square(x)")]
    [InlineData("x.Sqrt()", "Sqrt(x)")]
    [InlineData("x.Rsqrt()", "Rsqrt(x)")]
    [InlineData("x.Reciprocal()", "Reciprocal(x)")]
    [InlineData("x.Exp()", "Exp(x)")]
    [InlineData("x.Expm1()", "Expm1(x)")]
    [InlineData("x.Log()", "Log(x)")]
    [InlineData("x.Log1p()", "Log1p(x)")]
    [InlineData("x.Sin()", "Sin(x)")]
    [InlineData("x.Cos()", "Cos(x)")]
    [InlineData("x.Clamp(-1f, 2f)", "Clamp(x, -1, 2)")]
    [InlineData("Tensor.Max(x, 0f)", "Max(x, 0)")]
    [InlineData("Tensor.Min(0.5f, x)", "Min(0.5, x)")]
    [InlineData("Tensor.Greater(x, -x)", "Greater(x, Neg(x))")]
    [InlineData("x.Reshape(2, 4).Flatten()", "x")]
    [InlineData("x.Slice(2, 3)", "Slice(x, 2 → n×[3])")]
    [InlineData("x.Reshape(2, 4).Slice(1, 2, axis: 1).Sum(0).Slice(0, 1)",
        "Slice(Reshape(Sum(Slice(Reshape(x → n×[2, 4]), 1 → n×[2, 2]) → n×[1, 2]) → n×[2]), 0 → n×[1])")]
    [InlineData("Tensor.Concat(x, Tensor.Constant(2f, 3)).Slice(3, 8)", "Slice(Concat(x, 2), 3 → n×[8])")]
    [InlineData("x.Sum()", "Reshape(Sum(x → n×[1]) → n×[])")]
    [InlineData("x.Mean()", "Mul(Reshape(Sum(x → n×[1]) → n×[]), 0.125)")]
    [InlineData("x.Reshape(4, 2).Mean(1).Sum()",
        "Reshape(Sum(Mul(Reshape(Sum(Reshape(x → n×[4, 2]) → n×[4, 1]) → n×[4]), 0.5) → n×[1]) → n×[])")]
    [InlineData("x.Max()", "Reshape(ReduceMax(x → n×[1]) → n×[])")]
    [InlineData("x.StopGradient()", "StopGradient(x)")]
    [InlineData("Tensor.Constant(3f) * x", "Mul(3, x)")]
    [InlineData("Tensor.Parameter(\"w\", [8]) * x", "Mul(encoder.w, x)")]
    [InlineData("x.MatMul(Tensor.Parameter(\"w\", [8, 8]))", "MatMul(x, encoder.w)")]
    [InlineData("x.Reshape(4, 2).MatMul(Tensor.Parameter(\"w\", [2, 2])).Flatten()",
        "Reshape(MatMul(Reshape(x → 4n×[2]), encoder.w) → n×[8])")]
    [InlineData("x.Reshape(2, 4).MatMul(x.Reshape(4, 2)).Flatten().Sum()",
        "Reshape(Sum(Reshape(BatchMatMul(Reshape(x → n×[2, 4]), Reshape(x → n×[4, 2])) → n×[4]) → n×[1]) → n×[])")]
    [InlineData("x.Slice(0, 2).MatMul(x.Reshape(2, 4)).Sum()",
        "Reshape(Sum(Reshape(BatchMatMul(Reshape(Slice(x, 0 → n×[2]) → n×[1, 2]), Reshape(x → n×[2, 4])) → n×[4]) → n×[1]) → n×[])")]
    [InlineData("x + Tensor.Parameter(\"w\", [3]).Dense(1, name: \"d\")",
        "Add(x, Broadcast(Add(Reshape(MatMul(Reshape(encoder.w → [1, 3]), encoder.d.weight) → [1]), encoder.d.bias) → n×[8]))")]
    [InlineData("x.Dense(8)", "Add(MatMul(x, encoder.dense1.weight), encoder.dense1.bias)")]
    [InlineData("x.Dense(8, bias: false)", "MatMul(x, encoder.dense1.weight)")]
    // Distributions.
    [InlineData("new Bernoulli(x).Logits", "x")]
    [InlineData("new Bernoulli(x).Mean", "Sigmoid(x)")]
    [InlineData("new Gaussian(x, Tensor.Constant(1f)).Mean", "x")]
    [InlineData("new Gaussian(x, Tensor.Parameter(\"v\", [1])).LogVariance", "encoder.v")]
    [InlineData("Gaussian.Standard(8).LogVariance", "0")]
    [InlineData("new Bernoulli(x).LogProbability(x)", "Reshape(Sum(Sub(Mul(x, x), Softplus(x)) → n×[1]) → n×[])")]
    [InlineData("new Bernoulli(x).Entropy()", "Reshape(Sum(Sub(Softplus(x), Mul(x, Sigmoid(x))) → n×[1]) → n×[])")]
    public void IsTheTerm(string expression, string term) => Assert.Equal(term, Traced.Term(Traced.Mean(expression)));

    [Theory]
    [InlineData("x.Softmax()")]
    [InlineData("x.LogSoftmax()")]
    [InlineData("x.LogSumExp()")]
    [InlineData("x.LayerNorm(affine: false)")]
    [InlineData("new Gaussian(x, x).LogProbability(-x)")]
    [InlineData("new Gaussian(x, x).Entropy()")]
    [InlineData("new Gaussian(x, x).Divergence(Gaussian.Standard(8))")]
    [InlineData("((Distribution)new Gaussian(x, x)).Entropy()")]
    [InlineData("Tensor.Gradient(x.Dense(1).Tanh(), x)")]
    [InlineData("Tensor.Gradient(Tensor.Gradient(x.Exp().Sum(), x).Square().Sum(), x)")]
    public void IsTheComposite(string expression)
    {
        var traced = Traced.Mean(expression);
        var g = new GraphBuilder();
        var x = g.Input("x", TensorType.Batch(8));
        var law = new GaussianValue(x, x);
        var expected = expression switch
        {
            "x.Softmax()" => g.Softmax(x),
            "x.LogSoftmax()" => g.LogSoftmax(x),
            "x.LogSumExp()" => g.LogSumExp(x),
            "x.LayerNorm(affine: false)" => g.Normalise(x, 1e-5f),
            "new Gaussian(x, x).LogProbability(-x)" => law.LogProbability(g, g.Neg(x)),
            "new Gaussian(x, x).Divergence(Gaussian.Standard(8))" => law.Divergence(g, GaussianValue.Standard(g, new Shape(8))),
            "Tensor.Gradient(x.Dense(1).Tanh(), x)" => Gradient(g.Unary(Op.Tanh,
                g.Affine(x, g.Parameter("encoder.dense1.weight", new Shape(8, 1)), g.Parameter("encoder.dense1.bias", new Shape(1))))),
            "Tensor.Gradient(Tensor.Gradient(x.Exp().Sum(), x).Square().Sum(), x)" => Gradient(g.Sum(g.Unary(Op.Square,
                Gradient(g.Sum(g.Unary(Op.Exp, x)))))),
            _ => law.Entropy(g),
        };
        Assert.Equal(new Roots<string>([("mean", expected)]), new Roots<string>([("mean", traced)]));

        Node Gradient(Node of) => Zoo.Generators.Differentiation.Gradients.Of(g, of, [x])[0];
    }

    [Fact]
    public void LayersOwnParametersInPyTorchsLayoutAndFan()
    {
        var trace = Traced.Model(Declarations.Vae("""
            var h = x.Dense(5, weight: Init.HeNormal).LayerNorm() + Tensor.Parameter("offset", [5], Init.Normal002);
            return new(h.Dense(3, bias: false, name: "mean"), h.MatMul(Tensor.Parameter("w", [5, 3], Init.Orthogonal)));
            """));
        Assert.Equal(
            [
                "encoder.dense1.weight Encoder [8, 5] True HeNormal 8 5",
                "encoder.dense1.bias Encoder [5] False Default 8 5",
                "encoder.layernorm1.weight Encoder [5] False Ones 5 5",
                "encoder.layernorm1.bias Encoder [5] False Zeros 5 5",
                "encoder.offset Encoder [5] False Normal002 5 5",
                "encoder.mean.weight Encoder [5, 3] True Default 5 3",
                "encoder.w Encoder [5, 3] False Orthogonal 5 3",
                "decoder.dense1.weight Decoder [3, 8] True Default 3 8",
                "decoder.dense1.bias Decoder [8] False Default 3 8",
            ],
            trace.Parameters.Select(p => $"{p.Name} {p.Network} {p.Shape} {p.IsTransposed} {p.Init} {p.FanIn} {p.FanOut}"));
        Assert.Equal(
            [
                "encoder.dense1 dense [8] [5] 45 80",
                "encoder.layernorm1 layernorm [5] [5] 10 35",
                "encoder.offset parameter [5] [5] 5 0",
                "encoder.mean dense [5] [3] 15 30",
                "encoder.w parameter [5, 3] [5, 3] 15 0",
                "decoder.dense1 dense [3] [8] 32 48",
            ],
            trace.Layers.Select(l => $"{l.Name} {l.Kind} {l.Input} {l.Output} {l.Parameters} {l.FlopsPerExample}"));
    }

    [Fact]
    public void AffineLayerNormScalesAndShiftsEveryElement()
    {
        var y = Traced.Mean("x.Reshape(2, 4).LayerNorm().Flatten()").Inputs[0];
        Assert.Equal(Op.Add, y.Op);
        Assert.Equal("encoder.layernorm1.bias", Traced.Term(y.Inputs[1]));
        Assert.Equal("encoder.layernorm1.weight", Traced.Term(y.Inputs[0].Inputs[1]));
        Assert.Equal(new Shape(2, 4), y.Inputs[0].Inputs[1].Shape);
    }

    [Fact]
    public void ASharedParameterIsOneParameter()
    {
        var trace = Traced.Model(Declarations.Vae("return new(x * Tensor.Parameter(\"scale\", [1]), x + "
            + "Tensor.Parameter(\"scale\", [1]));"));
        Assert.Single(trace.Parameters, p => p.Name == "encoder.scale");
    }

    [Fact]
    public void NodesKnowTheCallThatMadeThem()
    {
        var mean = Traced.Mean("x.Relu().Tanh()");
        Assert.NotEqual(mean.Site, mean.Inputs[0].Site);
        Assert.True(mean.Site >= 0 && mean.Inputs[0].Site >= 0);
    }
}

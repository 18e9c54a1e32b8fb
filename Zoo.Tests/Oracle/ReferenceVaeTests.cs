using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Tracing;

namespace Zoo.Tests.Oracle;

/// <summary>The reference's updates, worked out by hand for its first steps, and its layouts.</summary>
public class ReferenceVaeTests
{
    static ModelTrace Trace(OptimizerTrace? optimizer)
    {
        var g = new GraphBuilder();
        var (x, z) = (g.Input("x", TensorType.Batch(2)), g.Input("z", TensorType.Batch(3)));
        var (w, v) = (g.Parameter("encoder.dense1.weight", new(2, 3)), g.Parameter("decoder.dense1.weight", new(3, 2)));
        return new(
            new("", EquatableArray<ContainingType>.Empty, "Tiny", "Tiny", "public", "Tests"), "Vae",
            new(new AttributeValue[] { new("Input", new double[] { 2 }, null), new("Batch", new double[] { 1 }, null) }),
            new NetworkTrace[]
            {
                Network("Encoder", "x", OutputKind.Gaussian, new([("mean", g.MatMul(x, w)), ("log_variance", g.Constant(0))])),
                Network("Decoder", "z", OutputKind.Bernoulli, new([("logits", g.MatMul(z, v))])),
            },
            EquatableArray<PhaseTrace>.Empty,
            new ParameterTrace[] { new(w.Name, "Encoder", w.Shape, FileAxis.Turned(w.Shape), "Default", 2, 3, 0),
                new(v.Name, "Decoder", v.Shape, FileAxis.Turned(v.Shape), "Default", 3, 2, 0) },
            EquatableArray<LayerTrace>.Empty,
            optimizer is null ? EquatableArray<OptimizerTrace>.Empty : new OptimizerTrace[] { optimizer });
    }

    static NetworkTrace Network(string name, string parameter, OutputKind kind, Roots<string> outputs) =>
        new(name, new([parameter]), new([new Shape(kind == OutputKind.Gaussian ? 2 : 3)]), false, new([new OutputPart("", kind)]), outputs,
            outputs, 0);

    static OptimizerTrace Optimizer(string kind, params (string Name, double Value)[] values) =>
        new(kind, null, null,
            new(new EquatableArray<AttributeValue>(values.Select(v => new AttributeValue(v.Name, new[] { v.Value }, null)))));

    /// <summary>What one weight of 1 is after steps with these gradients.</summary>
    static double[] After(OptimizerTrace? optimizer, params double[] gradients)
    {
        var reference = new ReferenceVae(Trace(optimizer));
        reference.Load("encoder.dense1.weight", [1, 1, 1, 1, 1, 1]);
        return
        [
            .. gradients.Select(gradient =>
            {
                reference.Update(new Dictionary<string, double[]> { ["gradient.encoder.dense1.weight"] = [gradient, 0, 0, 0, 0, 0],
                    ["gradient.decoder.dense1.weight"] = new double[6] });
                return reference.Value("encoder.dense1.weight")[0];
            }),
        ];
    }

    static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-7));

    /// <summary>The first step of Adam is the learning rate along the sign; a second with the same gradient too.</summary>
    [Fact]
    public void Adam() => AssertNear([0.99, 0.98], After(Optimizer("Adam", ("LearningRate", 0.01)), 5, 5));

    [Fact]
    public void AdamIsTheDefault() => AssertNear([1.001], After(null, -3));

    [Fact]
    public void Sgd() => AssertNear([0.8, 0.7], After(Optimizer("Sgd", ("LearningRate", 0.1)), 2, 1));

    [Fact]
    public void SgdWithMomentum() => AssertNear([0.8, 0.6], After(Optimizer("Sgd", ("LearningRate", 0.1), ("Momentum", 0.5)), 2, 1));

    /// <summary>Steps along g + μb with b = 2, then 2.</summary>
    [Fact]
    public void SgdWithNesterovMomentum() =>
        AssertNear([0.7, 0.5], After(Optimizer("Sgd", ("LearningRate", 0.1), ("Momentum", 0.5), ("Nesterov", 1)), 2, 1));

    /// <summary>v = 0.25·4, then 0.75·1 + 0.25·16.</summary>
    [Fact]
    public void RmsProp() =>
        AssertNear([0.8, 0.8 - 0.1 * 4 / Math.Sqrt(4.75)],
            After(Optimizer("RmsProp", ("LearningRate", 0.1), ("Alpha", 0.75), ("Epsilon", 0)), 2, 4));

    [Fact]
    public void WeightDecayIsAddedToTheGradient() =>
        AssertNear([0.7], After(Optimizer("Sgd", ("LearningRate", 0.1), ("WeightDecay", 1)), 2));

    [Fact]
    public void ClippingScalesToTheNorm() =>
        AssertNear([0.9, 0.85], After(Optimizer("Sgd", ("LearningRate", 0.1), ("ClipNorm", 1)), 8, 0.5));

    [Fact]
    public void WeightsHaveTheLayoutOfFiles()
    {
        var reference = new ReferenceVae(Trace(null));
        float[] file = [1, 2, 3, 4, 5, 6];
        reference.Load("encoder.dense1.weight", file);
        Assert.Equal(file.Select(v => (double)v), reference.Value("encoder.dense1.weight"));
        // File [3, 2]: the first code is 1·x₀ + 2·x₁.
        Assert.Equal([3, 7, 11], reference.Run("Encode", 1, new() { ["x"] = [1, 1] }, [])["output.mean"]);
    }

    [Fact]
    public void AParameterOfAnotherLengthIsRefused() =>
        Assert.Throws<ArgumentException>(() => new ReferenceVae(Trace(null)).Load("encoder.dense1.weight", [1, 2]));
}

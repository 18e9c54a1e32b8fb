using System.Reflection;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Plans;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Engines;

/// <summary>Models of one's own with labels, and with a condition of a shape: what is compiled, and what is refused.</summary>
public sealed class LabelledModelTests(LabelledModelTests.Models models) : IClassFixture<LabelledModelTests.Models>
{
    const string Labelled = """
        using Zoo;

        [Model(Input = [3], Batch = 4, Classes = 5)]
        public partial class Labelled
        {
            [Network] static Tensor Decode(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(64).Relu().Dense(3);
            [Phase] static Tensor Error(Tensor x, Tensor y, Noise n) => (Decode(n.Normal(2), y) - x).Square().Sum();
        }

        """;

    const string Rest = """
        [Model(Input = [3], Batch = 4, Condition = [2, 3])]
        public partial class Conditioned
        {
            [Network] static Tensor Decode(Tensor z, Tensor y) => Tensor.Concat(z, y.Reshape(6)).Dense(8).Relu().Dense(3);
            [Phase] static Tensor Error(Tensor x, Tensor y, Noise n) => (Decode(n.Normal(2), y) - x).Square().Sum();
        }

        public static class Calls
        {
            public static void LabelledStep(Labelled m, float[] x, int[] y) => m.Step(x, y);
            public static void LabelledTrain(Labelled m, float[] x, int[] y) => m.Train(x, y);
            public static void LabelledGradients(Labelled m, float[] x, int[] y) => m.Gradients(x, y);
            public static void LabelledEvaluate(Labelled m, float[] x, int[] y) => m.Evaluate(x, y);
            public static void LabelledInterface(Labelled m, float[] x, int[] y) => ((IGenerativeModel)m).Step(x, y, default, new float[1]);
            public static void ConditionedStep(Conditioned m, float[] x, float[] y) => m.Step(x, y);
            public static void ConditionedTrain(Conditioned m, float[] x, float[] y) => m.Train(x, y);
            public static void ConditionedGradients(Conditioned m, float[] x, float[] y) => m.Gradients(x, y);
            public static void ConditionedEvaluate(Conditioned m, float[] x, float[] y) => m.Evaluate(x, y);
            public static void ConditionedInterface(Conditioned m, float[] x, float[] y) =>
                ((IGenerativeModel)m).Step(x, default, y, new float[1]);
        }
        """;

    /// <summary>The two models and their calls, compiled once.</summary>
    public sealed class Models : IDisposable
    {
        internal CompiledModels Compiled { get; } = new([Labelled + Rest]);

        public void Dispose() => Compiled.Dispose();
    }

    static IReadOnlyList<Kernel> Kernels(Target target, out ProgramPlan plan)
    {
        plan = Pipeline.Plan(GeneratorRun.Of(Labelled).Trace!, target).Program("Gradients");
        return plan.Kernels;
    }

    /// <summary>Labels are read by a choice of rows and by sums of rows, and no product is as wide as the classes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LabelsAreNeverMultiplied(bool isGpu)
    {
        var kernels = Kernels(isGpu ? Target.Gpu : Target.Cpu, out var plan);
        var labels = plan.Buffers.Single(b => b is { Kind: BufferKind.Input, Name: "y" });
        Assert.Equal(new Extent(1, 0), labels.Length);
        var readers = kernels.Where(k => k.Reads.Contains(labels.Id)).ToList();
        Assert.Equal(2, readers.Count);
        var layer = Assert.Single(readers.OfType<ProductKernel>());
        var chosen = Assert.Single(layer.Map!.Instructions, i => i.Op == Op.Gather);
        Assert.Equal((5, 2 * 64), (chosen.Row!.Count, chosen.Load!.Offset));
        var sums = Assert.Single(readers.OfType<ScatterKernel>());
        Assert.Equal((5, 64, 2 * 64), (sums.Classes, sums.Columns, sums.TargetOffset));
        Assert.Equal((BufferKind.Gradient, "decode.dense1.weight"), (plan.Buffers[sums.Target].Kind, plan.Buffers[sums.Target].Name));
        // Two layers forward, two gradients of weights, one of a layer's input; none has five or seven of anything.
        var products = kernels.OfType<ProductKernel>().Select(p => (M: p.M.For(4), p.N, K: p.K.For(4))).ToList();
        Assert.Equal(5, products.Count);
        Assert.DoesNotContain(products, p => p.M is 5 or 7 || p.N is 5 or 7 || p.K is 5 or 7);
        Assert.DoesNotContain(kernels.Select(k => k.Map).OfType<MapBody>().SelectMany(m => m.Instructions), i => i.Op == Op.OneHot);
        Assert.Contains("relu(C + decode.dense1.weight[2 + y] + decode.dense1.bias)", layer.Summary, StringComparison.Ordinal);
        Assert.StartsWith("C = normal1·decode.dense1.weight[0..2]: [4×2]·[2×64]", layer.Summary, StringComparison.Ordinal);
        Assert.StartsWith("∂decode.dense1.weight[2..7] = Σ ", sums.Summary, StringComparison.Ordinal);
        Assert.Contains(kernels, k => k.Summary.StartsWith("∂decode.dense1.weight[0..2] = normal1ᵀ·", StringComparison.Ordinal));
    }

    /// <summary>Layers of labels alone are merged as any others, and what two phases share may choose rows.</summary>
    [Fact]
    public void LabelsAreMergedAndShared()
    {
        var plan = Pipeline.Plan(GeneratorRun.Of(AdversarialDeclarations.All["labelled"]).Trace!, Target.Cpu);
        Assert.Contains(plan.Storages, s => s.Storage.Name == "decode.dense3_dense4.weight" && s.Storage.Shape == new Shape(4, 6));
        IEnumerable<MapBody> Maps(string program) => plan.Program(program).Kernels.Select(k => k.Map).OfType<MapBody>();
        MapInstruction[] Chosen(string program) => [.. Maps(program).SelectMany(m => m.Instructions).Where(i => i.Op == Op.Gather)];
        Assert.Single(Chosen("SharedTell"));
        Assert.Contains(plan.Program("SharedTell").Buffers, b => b is { Kind: BufferKind.Handed, Name: "margin.dense1.add" });
        // A phase without labels in its networks multiplies, as it must.
        Assert.Empty(Chosen("GradientsShrink"));
        // Two calls with the same labels: their gradients are summed in one.
        var sums = plan.Program("GradientsTell").Kernels.OfType<ScatterKernel>().Select(k => k.Summary.Split(" = ")[0]).Order();
        Assert.Equal(["∂judge.dense1.weight[3..7]", "∂judge.dense2.weight"], sums);
    }

    static readonly float[] X = new float[12];

    void Call(object model, string member, params object[] arguments)
    {
        var method = models.Compiled.Type("Calls").GetMethod(model.GetType().Name + member)!;
        method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [model, .. arguments], null);
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Train")]
    [InlineData("Gradients")]
    [InlineData("Evaluate")]
    [InlineData("Interface")]
    public void ABadLabelIsRefusedByRowAndValue(string member)
    {
        using var model = models.Compiled.Create("Labelled", 1, Device.Cpu);
        foreach (var label in (int[])[5, -1, -7, int.MaxValue, int.MinValue])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Call(model, member, X, new[] { 4, 0, label, 1 }));
            Assert.StartsWith($"Expected labels from 0 to 4, but row 2 has {label}.", refused.Message, StringComparison.Ordinal);
            Assert.Equal(("labels", label), (refused.ParamName, refused.ActualValue));
        }
        var tooFew = Assert.Throws<ArgumentException>(() => Call(model, member, X, new int[3]));
        Assert.Equal("Expected 4 labels (one a row), but got 3. (Parameter 'labels')", tooFew.Message);
        Assert.Equal(0, model.Steps);
        Call(model, member, X, new[] { 4, 0, 3, 1 });
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Train")]
    [InlineData("Gradients")]
    [InlineData("Evaluate")]
    [InlineData("Interface")]
    public void AConditionHasTheLengthOfItsShape(string member)
    {
        using var model = models.Compiled.Create("Conditioned", 1, Device.Cpu);
        foreach (var length in (int[])[0, 6, 23, 25])
        {
            var refused = Assert.Throws<ArgumentException>(() => Call(model, member, X, new float[length]));
            var expected = $"Expected 24 values (4 {(member == "Evaluate" ? "rows" : "examples")} of 6), but got {length}.";
            Assert.Equal($"{expected} (Parameter 'condition')", refused.Message);
        }
        Assert.Equal(0, model.Steps);
        Call(model, member, X, new float[24]);
    }

    /// <summary>The interface takes both; each model refuses what it has not declared.</summary>
    delegate void RunDecode(ReadOnlySpan<float> z, ReadOnlySpan<int> y, Span<float> value);

    /// <summary>A network by itself takes its label as the losses' callers do.</summary>
    [Fact]
    public void ANetworkByItselfTakesLabels()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All["labelled"]]);
        using var model = compiled.Create("M", 4, Device.Cpu);
        var decode = compiled.Type("M").GetMethod("RunDecode")!.CreateDelegate<RunDecode>(model);
        float[] z = [.. Enumerable.Range(0, 280).Select(i => MathF.Sin(i))], value = new float[210];
        int[] y = [.. Enumerable.Range(0, 70).Select(i => i * 3 % 4)];
        decode(z, y, value);
        var expected = new OracleStep(compiled.Traces["M"]).Run(
            "RunDecode", model, 70, new() { ["z"] = [.. z.Select(v => (double)v)], ["y"] = [.. y.Select(l => (double)l)] }, [], 0);
        Tolerances.Close("value", expected["output.value"], value, Tolerances.Loss, 1);
        y[66] = 4;
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => decode(z, y, value));
        Assert.Equal("y", refused.ParamName);
        Assert.Contains("Expected labels from 0 to 3, but row 66 has 4", refused.Message);
    }

    [Fact]
    public void WhatIsNotDeclaredIsRefused()
    {
        using var labelled = models.Compiled.Create("Labelled", 1, Device.Cpu);
        using var conditioned = models.Compiled.Create("Conditioned", 1, Device.Cpu);
        var condition = Assert.Throws<ArgumentException>(() => labelled.Step(X, new int[4], new float[24], new float[1]));
        Assert.Contains("no condition, but got 24", condition.Message, StringComparison.Ordinal);
        var labels = Assert.Throws<ArgumentException>(() => conditioned.Step(X, new int[4], new float[24], new float[1]));
        Assert.Contains("no labels, but got 4", labels.Message, StringComparison.Ordinal);
    }
}

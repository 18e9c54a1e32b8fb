using System.Reflection;
using Zoo.Generators.Emission;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// What variants may ask of labels beyond own models: rows without one in training, and members that take labels. A variant of this file
/// says so; the declaration is that of an own model, whose losses it leaves aside.
/// </summary>
public sealed class LabelledVariantTests(LabelledVariantTests.Compiled models) : IClassFixture<LabelledVariantTests.Compiled>
{
    sealed class Partly : Variant
    {
        public override string Name => "Model";

        public override IReadOnlyList<OptionSpec> Options => [];

        public override Shape ShapeOf(
            string parameter, AttributeValues options, IReadOnlyDictionary<string, NetworkTrace> traced) => new(2);

        public override IReadOnlyList<PhaseDeclaration> Phases(ModelTrace trace) => [new("Complete", ["Decode"])];

        public override void Build(ModelBuilder m)
        {
            var g = m.Graph;
            var y = m.Labels("y", "labels", 3, InputElement.OptionalLabel);
            Node Made(Node x, Node labels) => m.Networks.Tensor("Decode", m.Draws("Complete"), x, labels);
            m.Phase("Complete", [new("Error", "Squared error.")], _ =>
            {
                var rows = g.Sum(g.Unary(Op.Square, g.Sub(Made(m.Examples, y), m.Examples)));
                return new(g.MeanRows(rows), rows);
            });
            m.Evaluate();
            SurfaceParameter Labels(string name) => new(name, "A label a row.", ParameterKind.Labels, 3);
            var made = ModelBuilder.Result("made", 2, "What is made of them.");
            var completed = Made(m.Examples, m.OneHot("kind", 3));
            m.Infer("Complete", "Examples by label.", "completes", completed, made, ModelBuilder.Rows("x", 2), Labels("kind"));
            var nothing = g.Constant(0, TensorType.Batch(2));
            m.Infer("Typical", "What a label alone gives.", "typical", Made(nothing, m.OneHot("kind", 3)), made, Labels("kind"));
            var between = g.Sub(Made(nothing, m.OneHot("to", 3)), Made(nothing, m.OneHot("from", 3)));
            m.Infer("Difference", "From one label to another.", "differs", between, made, Labels("from"), Labels("to"));
        }
    }

    const string Source = """
        using Zoo;

        [Model(Input = [2], Batch = 4, Classes = 3)]
        public partial class M
        {
            [Network] static Tensor Decode(Tensor x, Tensor y) => Tensor.Concat(x, y).Dense(5).Tanh().Dense(2);
            [Phase] static Tensor Unused(Tensor x, Tensor y) => Decode(x, y).Square().Sum();
        }

        public static class Calls
        {
            public static float Step(M m, float[] x, int[] y) => m.Step(x, y).Error;
            public static void Train(M m, float[] x, int[] y) => m.Train(x, y);
            public static void Gradients(M m, float[] x, int[] y) => m.Gradients(x, y);
            public static float Evaluate(M m, float[] x, int[] y) => m.Evaluate(x, y).Error;
            public static void Complete(M m, float[] x, int[] kind, float[] made) => m.Complete(x, kind, made);
            public static void Typical(M m, int[] kind, float[] made) => m.Typical(kind, made);
            public static void Difference(M m, int[] from, int[] to, float[] made) => m.Difference(from, to, made);
        }
        """;

    static BuiltModel Build(ModelTrace trace, bool merge = true) => BuildPrograms.Run(trace, new Partly(), merge);

    /// <summary>The model and its calls, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal CompiledModels Models { get; } = new(
            [Source], trace => CpuEmitter.Run(Pipeline.Plan(Pipeline.Optimise(Build(trace).Graph), Target.Cpu)), hasGpu: false,
            trace => SurfaceEmitter.Run(Build(trace).Surface, hasGpu: false));

        public void Dispose() => Models.Dispose();
    }

    object? Call(string member, params object[] arguments) =>
        models.Models.Type("Calls").GetMethod(member)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    static readonly float[] X = [0.5f, -1, 0.25f, 1, -0.75f, 0.125f, 1, 1];

    static readonly int[] Y = [2, -1, 0, 1];

    Dictionary<string, double[]> Expected(string program, IGenerativeModel model, Dictionary<string, double[]> inputs, int rows)
    {
        var trace = models.Models.Traces["M"];
        var bindings = new Bindings { Inputs = inputs };
        foreach (var parameter in trace.Parameters)
            bindings.Parameters[parameter.Name] = OracleStep.Values(parameter, model.Parameters[parameter.Name]);
        return Interpreter.Evaluate(Differentiate.Run(Build(trace, merge: false).Graph).Program(program).Results, rows, bindings);
    }

    static double[] Doubles<T>(IEnumerable<T> values) where T : IConvertible => [.. values.Select(v => v.ToDouble(null))];

    [Fact]
    public void RowsWithoutALabelAreZeros()
    {
        using var model = models.Models.Create("M", 3, Device.Cpu);
        var expected = Expected("Gradients", model, new() { ["x"] = Doubles(X), ["y"] = Doubles(Y) }, 4);
        Assert.Equal(expected["loss.Error"][0], (float)Call("Evaluate", model, X, Y)!, 1e-5);
        Call("Gradients", model, X, Y);
        foreach (var parameter in models.Models.Traces["M"].Parameters)
        {
            var gradient = new float[model.Parameters[parameter.Name].Length];
            model.Parameters[parameter.Name].CopyGradientTo(gradient);
            float[] actual = [.. OracleStep.FromSurface(parameter, gradient).Select(v => (float)v)];
            Tolerances.Close(parameter.Name, expected[$"gradient.{parameter.Name}"], actual, Tolerances.Gradient, 1e-3);
        }
        Assert.Equal(expected["loss.Error"][0], (float)Call("Step", model, X, Y)!, 1e-5);
    }

    [Theory]
    [InlineData("Step")]
    [InlineData("Train")]
    [InlineData("Gradients")]
    [InlineData("Evaluate")]
    public void NoLabelIsAllowedWhereTheVariantSaysSoAndNothingElse(string member)
    {
        using var model = models.Models.Create("M", 3, Device.Cpu);
        foreach (var label in (int[])[-2, 3])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Call(member, model, X, new[] { 0, -1, 2, label }));
            var expected = $"Expected labels from 0 to 2, or −1 where there is none, but row 3 has {label}.";
            Assert.StartsWith(expected, refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, model.Steps);
        Call(member, model, X, Y);
    }

    [Fact]
    public void MembersTakeLabelsAndCheckThem()
    {
        using var model = models.Models.Create("M", 3, Device.Cpu);
        var random = new System.Random(5);
        // More than a chunk.
        int[] from = [.. Enumerable.Range(0, 150).Select(_ => random.Next(3))], to = [.. from.Select(k => (k + 1) % 3)];
        float[] x = [.. Enumerable.Range(0, 300).Select(_ => random.NextSingle())], made = new float[300];
        Call("Complete", model, x, from, made);
        var expected = Expected("Complete", model, new() { ["x"] = Doubles(x), ["kind"] = Doubles(from) }, 150);
        Tolerances.Close("Complete", expected["output.made"], made, Tolerances.Result, 1);
        Call("Typical", model, to, made);
        expected = Expected("Typical", model, new() { ["kind"] = Doubles(to) }, 150);
        Tolerances.Close("Typical", expected["output.made"], made, Tolerances.Result, 1);
        Call("Difference", model, from, to, made);
        expected = Expected("Difference", model, new() { ["from"] = Doubles(from), ["to"] = Doubles(to) }, 150);
        Tolerances.Close("Difference", expected["output.made"], made, Tolerances.Result, 1);

        Array.Fill(made, 7);
        from[149] = 3;
        (string Member, string Name, object[] Arguments)[] bad =
        [
            ("Complete", "kind", [model, x, from, made]), ("Typical", "kind", [model, from, made]),
            ("Difference", "from", [model, from, to, made]), ("Difference", "to", [model, to, from, made]),
        ];
        foreach (var (member, name, arguments) in bad)
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Call(member, arguments));
            Assert.StartsWith("Expected labels from 0 to 2, but row 149 has 3.", refused.Message, StringComparison.Ordinal);
            Assert.Equal(name, refused.ParamName);
        }
        var tooFew = Assert.Throws<ArgumentException>(() => Call("Difference", model, to, to[..149], made));
        Assert.Contains("Expected 150 labels (one a row), but got 149.", tooFew.Message, StringComparison.Ordinal);
        Assert.All(made, value => Assert.Equal(7, value));
    }
}

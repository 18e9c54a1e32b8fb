using Xunit;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// The programs of random VAEs, from C# source on, against the bound written out in plain code and against finite differences.
/// </summary>
public class VaeProgramTests
{
    static void AssertNear(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{what}: expected {expected:R}, got {actual:R}.");

    internal static Bindings Bind(RandomModel model, ModelTrace trace, ModelValues values, int step)
    {
        var x = values.X.SelectMany(v => v).ToArray();
        var epsilon = values.Epsilon.SelectMany(v => v).ToArray();
        var one = values.Epsilon.SelectMany(v => v.Take(v.Length / model.Samples)).ToArray();
        var zeros = new double[one.Length];
        return new()
        {
            Inputs = { ["x"] = x, ["z"] = one, ["mean"] = one, ["log_variance"] = zeros },
            Draws = { ["epsilon"] = epsilon, ["evaluate.epsilon"] = epsilon, ["sample.z"] = one, ["likelihood.z"] = one },
            Parameters = new(values.Parameters),
            Hyperparameters = { ["beta"] = trace.Options.Float("Beta", 1), ["warm_up_steps"] = trace.Options.Int("WarmUpSteps", 0),
                ["free_bits"] = trace.Options.Float("FreeBits", 0), ["capacity"] = trace.Options.Float("Capacity", 0),
                ["capacity_steps"] = trace.Options.Int("CapacitySteps", 0) },
            StepCount = step,
        };
    }

    /// <summary>Parameters as the storages hold them: side by side where products were merged.</summary>
    static void BindStorages(ModelGraph graph, Bindings bindings)
    {
        foreach (var storage in graph.Storages.Where(s => !bindings.Parameters.ContainsKey(s.Name)))
        {
            var parts = storage.Members.Select(m => (m.Shape.Last, Data: bindings.Parameters[m.Parameter])).ToList();
            var rows = storage.Shape.Count / storage.Shape.Last;
            bindings.Parameters[storage.Name] = [.. Enumerable.Range(0, rows)
                .SelectMany(r => parts.SelectMany(p => p.Data.Skip(r * p.Last).Take(p.Last)))];
        }
    }

    [Fact]
    public void LossesAreTheBound()
    {
        for (var seed = 0; seed < TracedModels.Count; seed += 2)
        {
            var (model, trace) = TracedModels.All[seed];
            if (model.DiffersInTraining) continue;
            var values = new ModelValues(model, trace, seed);
            var expected = new DirectVae(trace, values.Parameters).Evaluate(values.X, values.Epsilon, step: seed % 3);
            var graph = BuildPrograms.Run(trace).Graph;
            var bindings = Bind(model, trace, values, seed % 3);
            BindStorages(graph, bindings);
            var losses = Interpreter.Evaluate(graph.Program("Gradients").Results, model.Batch, bindings);
            AssertNear(expected.Objective, losses["objective"][0], 1e-6, $"Seed {seed}, objective");
            AssertNear(expected.Reconstruction.Average(), losses["loss.Reconstruction"][0], 1e-6, $"Seed {seed}, reconstruction");
            AssertNear(expected.Divergence.Average(), losses["loss.Divergence"][0], 1e-6, $"Seed {seed}, divergence");
            AssertNear(expected.Elbo.Average(), losses["loss.Elbo"][0], 1e-6, $"Seed {seed}, bound");
            var rows = Interpreter.Evaluate(graph.Program("Evaluate").Results, model.Batch, bindings);
            for (var i = 0; i < model.Batch; i++) AssertNear(expected.Elbo[i], rows["row.Elbo"][i], 1e-6, $"Seed {seed}, bound of row {i}");
        }
    }

    /// <summary>
    /// β·|KL − C_t| beside the likelihood, below the capacity and above it, while it grows and after; what is reported is the bound.
    /// </summary>
    [Theory]
    [InlineData("Capacity = 30f", 0)]
    [InlineData("Capacity = 0.05f", 0)]
    [InlineData("Capacity = 2f, CapacitySteps = 8, Beta = 3f", 1)]
    [InlineData("Capacity = 2f, CapacitySteps = 8, Beta = 3f", 20)]
    public void ACapacityIsPaidForEitherWay(string options, int step)
    {
        var expected = IsTheBound(options, 1, "return new(z.Dense(4).Tanh().Dense(3), Tensor.Parameter(\"log_variance\", [1]));", step);
        Assert.True(Math.Abs(expected.Objective + expected.Elbo.Average()) > 0.01, "the capacity makes no difference here");
    }

    /// <summary>
    /// Decoders whose every layer has several rows an example; with the random models' they have what the surface offers.
    /// </summary>
    public static IReadOnlyList<string> Decoders { get; } =
    [
        "var h = z.Dense(6).Tanh(); var s = (h.Square() + 1f).Sqrt(); "
            + "return new(Tensor.Min(h, s.Log()).Dense(3), h.Expm1().Dense(3) + h.Square().Log1p().Dense(3));",
        "var h = z.Dense(6); return new((Tensor.Greater(h, 0.1f) * h - h.LogSumExp()).Dense(3), Tensor.Parameter(\"log_variance\", [1]));",
        "var h = z.Dense(4).Softplus(); return new(Tensor.Gradient(h.Sum(), z).Dense(3) + h.LayerNorm().Dense(3), Tensor.Constant(0f, 3));",
        "var w = Tensor.Parameter(\"w\", [2, 4], Init.GlorotUniform); var h = Tensor.Concat(z.Reshape(1, 2).MatMul(w).Flatten(), z); "
            + "return new(h.Dense(3), z.Dense(3).Clamp(-1f, 1f));",
        "var h = z.Dense(5).Sin(); return new((h.Sign() * h.StopGradient() + h).Dense(3), Tensor.Constant(0f, 3));",
        "var i = z.Dense(18).Reshape(2, 3, 3).Conv2d(3, 2, padding: 1).InstanceNorm(0.1f).Tanh().ConvTranspose2d(2, 2); "
            + "i = i.GroupNorm(1, epsilon: 0.1f).Upsample2d(2).MaxPool2d(3).Permute(2, 0, 1).AveragePool2d(2); "
            + "return new(i.Flatten().Maxout(3, pieces: 2), Tensor.Constant(0f, 3));",
        "var h = z.Dense(5).LeakyRelu(0.2f); return new((h.Exp() + 1f).Reciprocal().Dense(3), Tensor.Max(h.Max(), h).Dense(3) * 0.3f);",
    ];

    public static TheoryData<string> WeightedDecoders => [.. Decoders];

    /// <summary>L_K of networks of every kind, for each sample alone in plain code and for all of a batch's rows in the program.</summary>
    [Theory]
    [MemberData(nameof(WeightedDecoders))]
    public void TheWeightedBoundIsThatOfEachSample(string decoder) => IsTheBound("Samples = 4, Beta = 0.6f", 4, decoder, step: 0);

    /// <summary>Compares the program of a model with the bound in plain code, which is returned.</summary>
    static DirectVae.Losses IsTheBound(string options, int samples, string decoder, int step)
    {
        var source = $$"""
            using Zoo;

            [Vae(Input = [3], Batch = 4, {{options}})]
            public partial class M
            {
                static Gaussian Encoder(Tensor x) => new(x.Dense(2) * 2f, x.Dense(2));
                static Gaussian Decoder(Tensor z) { {{decoder}} }
            }
            """;
        var model = new RandomModel("M", source, [3], 4, [2], samples, IsBernoulli: false);
        var trace = TracedModels.Trace(model);
        var values = new ModelValues(model, trace, seed: 5);
        var expected = new DirectVae(trace, values.Parameters).Evaluate(values.X, values.Epsilon, step);
        var graph = BuildPrograms.Run(trace).Graph;
        var bindings = Bind(model, trace, values, step);
        BindStorages(graph, bindings);
        var losses = Interpreter.Evaluate(graph.Program("Gradients").Results, model.Batch, bindings);
        AssertNear(expected.Objective, losses["objective"][0], 1e-6, "objective");
        AssertNear(expected.Reconstruction.Average(), losses["loss.Reconstruction"][0], 1e-6, "reconstruction");
        AssertNear(expected.Elbo.Average(), losses["loss.Elbo"][0], 1e-6, "bound");
        return expected;
    }

    /// <summary>
    /// Differentiation of the objective, against differences at a few weights; the reference and the storages of the compiler agree.
    /// </summary>
    [Fact]
    public void GradientsAreSlopesOfTheBound()
    {
        const double step = 1e-6;
        for (var seed = 0; seed < TracedModels.Count; seed += 8)
        {
            var (model, trace) = TracedModels.All[seed];
            if (model.DiffersInTraining) continue;
            // A difference sees through StopGradient.
            if (model.Source.Contains("StopGradient", StringComparison.Ordinal)) continue;
            var values = new ModelValues(model, trace, seed);
            var direct = new DirectVae(trace, values.Parameters);
            double Objective() => direct.Evaluate(values.X, values.Epsilon, step: 0).Objective;
            var reference = new ReferenceVae(trace);
            foreach (var parameter in trace.Parameters)
                reference.Load(parameter.Name, [.. Transposed(parameter, values.Parameters[parameter.Name]).Select(v => (float)v)]);
            foreach (var parameter in trace.Parameters)
                values.Parameters[parameter.Name] = Untransposed(parameter, reference.Value(parameter.Name));
            var gradients = reference.LossesAndGradients([.. values.X.SelectMany(v => v)], [.. values.Epsilon.SelectMany(v => v)]);
            var random = new Random(seed);
            for (var probe = 0; probe < 4; probe++)
            {
                var parameter = trace.Parameters[random.Next(trace.Parameters.Count)];
                var place = random.Next(parameter.Shape.Count);
                var weights = values.Parameters[parameter.Name];
                var at = weights[place];
                weights[place] = at + step;
                var above = Objective();
                weights[place] = at - step;
                var below = Objective();
                weights[place] = at;
                AssertNear((above - below) / (2 * step), Untransposed(parameter, gradients[$"gradient.{parameter.Name}"])[place], 1e-5,
                    $"Seed {seed}, {parameter.Name}[{place}]\n{model.Source}");
            }
        }
    }

    static double[] Transposed(ParameterTrace parameter, double[] values) =>
        parameter.IsTransposed ? Transpose(values, parameter.Shape[0], parameter.Shape[1]) : values;

    static double[] Untransposed(ParameterTrace parameter, double[] values) =>
        parameter.IsTransposed ? Transpose(values, parameter.Shape[1], parameter.Shape[0]) : values;

    static double[] Transpose(double[] values, int rows, int columns)
    {
        var result = new double[values.Length];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
        return result;
    }

    /// <summary>Differentiation and simplification of whole models keep the values of every program.</summary>
    [Fact]
    public void PassesKeepEveryProgram()
    {
        for (var seed = 1; seed < TracedModels.Count; seed += 4)
        {
            var (model, trace) = TracedModels.All[seed];
            if (model.DiffersInTraining) continue;
            var bindings = Bind(model, trace, new(model, trace, seed), step: 1);
            var before = Differentiate.Run(BuildPrograms.Run(trace).Graph);
            BindStorages(before, bindings);
            var after = Simplify.Run(before);
            Assert.Equal(after, Simplify.Run(after));
            foreach (var program in before.Programs)
            {
                var expected = Interpreter.Evaluate(program.Results, model.Batch, bindings);
                var actual = Interpreter.Evaluate(after.Program(program.Name).Results, model.Batch, bindings);
                foreach (var (name, values) in expected)
                    for (var i = 0; i < values.Length; i++)
                    {
                        Assert.True(double.IsFinite(values[i]) && Math.Abs(values[i]) < 1e4,
                            $"Seed {seed}, {program.Name}, {name}[{i}] is {values[i]}: not tame.\n{model.Source}");
                        AssertNear(values[i], actual[name][i], 2e-6, $"Seed {seed}, {program.Name}, {name}[{i}]\n{model.Source}");
                    }
            }
        }
    }
}

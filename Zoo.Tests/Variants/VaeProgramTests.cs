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

    static Bindings Bind(RandomModel model, ModelTrace trace, ModelValues values, int step)
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
                ["free_bits"] = trace.Options.Float("FreeBits", 0) },
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
            if (model.DropsInTraining) continue;
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
    /// Differentiation of the objective, against differences at a few weights; the reference and the storages of the compiler agree.
    /// </summary>
    [Fact]
    public void GradientsAreSlopesOfTheBound()
    {
        const double step = 1e-6;
        for (var seed = 0; seed < TracedModels.Count; seed += 8)
        {
            var (model, trace) = TracedModels.All[seed];
            if (model.DropsInTraining) continue;
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
            if (model.DropsInTraining) continue;
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

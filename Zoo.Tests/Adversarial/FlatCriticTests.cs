using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// The penalty where the critic's slope is exactly 0, and a norm has no derivative: λ for every example, with gradients that are finite. As
/// PyTorch's <c>norm</c> has it, the derivative there is 0, so a dead critic is not moved by its penalty; the root of a sum of squares is
/// taken for the norm that it is, where PyTorch gives NaN.
/// </summary>
public class FlatCriticTests
{
    const float Penalty = 10;

    const string Networks = """
            static Tensor Generator(Tensor z) => z.Dense(5).Tanh().Dense(3);
            static Tensor Critic(Tensor x) => x.Dense(9).Relu().Dense(6).Relu().Dense(1);
        """;

    /// <summary>With a critic of two steps to the generator's one: others step through it too, on kernels that are built once.</summary>
    internal static readonly string BuiltIn = $$"""
        using Zoo;

        [WassersteinGan(Input = [3], Latent = [4], Batch = 6, CriticSteps = 2, Penalty = 10f)]
        [Adam(LearningRate = 1e-2f)]
        public partial class M
        {
            {{Networks}}
        }
        """;

    static readonly string ByHand = $$"""
        using Zoo;

        [Model(Input = [3], Batch = 6)]
        [Adam(LearningRate = 1e-2f)]
        public partial class M
        {
            {{Networks.Replace("static", "[Network] static")}}

            [Phase(Trains = [nameof(Critic)])]
            static (Tensor Distance, Tensor Penalty) CriticLoss(Tensor x, Noise n)
            {
                var fake = Generator(n.Normal(4)).StopGradient();
                var alpha = n.Uniform(1);
                var between = alpha * x + (1f - alpha) * fake;
                var slope = Tensor.Gradient(Critic(between), between).Square().Sum().Sqrt();
                return (Critic(fake).Sum() - Critic(x).Sum(), 10f * (slope - 1f).Square());
            }
        }
        """;

    [Theory]
    [InlineData("built in", "weights")]
    [InlineData("built in", "units")]
    [InlineData("by hand", "weights")]
    [InlineData("by hand", "units")]
    public void PenaltyAndGradientsAreFinite(string model, string dead)
    {
        using var compiled = new CompiledModels([Source(model)]);
        Check(compiled, Device.Cpu, dead);
    }

    [PoclFact]
    [Trait("Speed", "Slow")]
    public void OnPoclToo()
    {
        using var pocl = new PoclDevice();
        // Both make the same kernels of the penalty, and PoCL takes most of a minute for either.
        foreach (var model in Rehearsal.Part(["built in", "by hand"], 1))
        {
            using var compiled = new CompiledModels([Source(model)], hasGpu: true);
            foreach (var dead in new[] { "weights", "units" }) Check(compiled, pocl.Device, dead);
        }
    }

    static string Source(string model) => model == "built in" ? BuiltIn : ByHand;

    /// <summary>On the oracle and on a device.</summary>
    static void Check(CompiledModels compiled, Device device, string dead)
    {
        using var model = compiled.Create("M", 4, device);
        var trace = compiled.Traces["M"];
        Flatten(model, dead);
        var x = TrainingBatch.Of(trace, 1).X;
        var engine = PhasedSteps.Engine(model);
        engine.Gradients(0, new Runtime.Inputs(x, model.BatchSize));
        CheckOracle(trace, model, x);
        CheckGradients(model);
        engine.Update(0);
        // A whole step as well, whose loss is read as users read it.
        var losses = new float[model.LossNames.Length];
        Flatten(model, dead);
        model.Step(x, default, default, losses);
        Assert.Equal(Penalty, losses[model.LossNames.IndexOf("Penalty")]);
        Assert.All(model.Parameters, p => Assert.All(PhasedSteps.Values(p), v => Assert.True(float.IsFinite(v), p.Name)));
    }

    /// <summary>No weights at all; or weights as they are, behind units that no example wakes.</summary>
    static void Flatten(IGenerativeModel model, string dead)
    {
        foreach (var parameter in model.Parameters.Where(p => p.Name.StartsWith("critic.", StringComparison.Ordinal)))
        {
            if (dead == "weights") parameter.CopyFrom(new float[parameter.Length]);
            else if (parameter.Name == "critic.dense2.bias") parameter.CopyFrom([.. Enumerable.Repeat(-100f, parameter.Length)]);
        }
    }

    static void CheckOracle(ModelTrace trace, IGenerativeModel model, float[] x)
    {
        var draws = model.Draws.Names.ToDictionary(n => n, n =>
        {
            var values = new float[model.Draws.Length(n)];
            model.Draws.CopyTo(n, values);
            return values.Select(v => (double)v).ToArray();
        });
        var phase = BuildPrograms.Run(trace).Graph.Phases[0];
        var inputs = new Dictionary<string, double[]> { ["x"] = [.. x.Select(v => (double)v)] };
        var expected = new OracleStep(trace).Run(phase.Gradients, model, model.BatchSize, inputs, draws, 0);
        Assert.Equal(Penalty, expected["loss.Penalty"][0]);
        Assert.All(expected.Values, values => Assert.All(values, v => Assert.True(double.IsFinite(v))));
        foreach (var parameter in trace.Parameters.Where(p => p.Network == "Critic"))
        {
            var gradient = new float[model.Parameters[parameter.Name].Length];
            model.Parameters[parameter.Name].CopyGradientTo(gradient);
            float[] actual = [.. OracleStep.FromSurface(parameter, gradient).Select(v => (float)v)];
            Tolerances.Close(parameter.Name, expected[$"gradient.{parameter.Name}"], actual, Tolerances.Gradient, 1e-3);
        }
    }

    static void CheckGradients(IGenerativeModel model)
    {
        foreach (var parameter in model.Parameters)
        {
            var gradient = new float[parameter.Length];
            parameter.CopyGradientTo(gradient);
            Assert.All(gradient, v => Assert.True(float.IsFinite(v), parameter.Name));
        }
    }
}

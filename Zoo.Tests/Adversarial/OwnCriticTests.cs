using Zoo.Generators.Tracing;
using Zoo.Runtime;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// The Wasserstein GAN with gradient penalty that <c>OwnCritic</c> writes by hand is the built-in one of the same networks. The name of a
/// draw is its key; so where phases and Noise calls have the names that the variant gives, two classes of one seed draw the same numbers.
/// </summary>
public class OwnCriticTests
{
    const double Tolerance = 1e-6;

    const string BuiltIn = """
        using Zoo;

        [WassersteinGan(Input = [2], Latent = [8], Batch = 64, Penalty = 0.1f, CriticSteps = 5)]
        [Adam(LearningRate = 1e-4f, Beta1 = 0.5f)]
        public partial class BuiltIn
        {
            static Tensor Generator(Tensor z) => z.Dense(64).Relu().Dense(2);
            static Tensor Critic(Tensor x) => x.Dense(64).Relu().Dense(1);
        }
        """;

    /// <summary>The class of Zoo.Models as it stands.</summary>
    static string OwnCritic
    {
        get
        {
            using var reader = new StreamReader(typeof(OwnCriticTests).Assembly.GetManifestResourceStream("Models/OwnCritic.cs")!);
            return "using Zoo;\n" + reader.ReadToEnd();
        }
    }

    /// <summary>
    /// The same with phases and draws called as the built-in ones are: a method has one name, so the networks step aside.
    /// </summary>
    static string Renamed
    {
        get
        {
            (string From, string To)[] names =
            [
                ("Generator(", "Maker("), ("nameof(Generator)", "nameof(Maker)"),
                ("Critic(", "Judge("), ("nameof(Critic)", "nameof(Judge)"),
                ("CriticLoss(", "Critic("), ("GeneratorLoss(", "Generator("),
                ("n.Normal(8)", "n.Normal(8, name: \"z\")"), ("n.Uniform(1)", "n.Uniform(1, name: \"alpha\")"),
            ];
            return names.Aggregate(OwnCritic, (text, name) =>
            {
                Assert.Contains(name.From, text, StringComparison.Ordinal);
                return text.Replace(name.From, name.To, StringComparison.Ordinal);
            });
        }
    }

    /// <summary>Losses, gradients and updated weights of two rounds, to single precision, from the same weights and draws.</summary>
    [Fact]
    public void CompiledStepsAreThoseOfTheBuiltIn()
    {
        using var compiled = new CompiledModels([BuiltIn, Renamed]);
        using var builtIn = compiled.Create("BuiltIn", 6, Device.Cpu);
        using var own = compiled.Create("Zoo.Models.OwnCritic", 6, Device.Cpu);
        foreach (var parameter in builtIn.Parameters) Own(own, parameter.Name).CopyFrom(PhasedSteps.Values(parameter));
        var (losses, ownLosses) = (new float[3], new float[3]);
        for (var step = 0; step < 10; step++)
        {
            var x = TrainingBatch.Of(compiled.Traces["BuiltIn"], step).X;
            builtIn.Step(x, default, default, losses);
            own.Step(x, default, default, ownLosses);
            // What one maximises the other minimises.
            ownLosses[0] = -ownLosses[0];
            Assert.Equal(builtIn.Draws.Names, own.Draws.Names);
            foreach (var name in builtIn.Draws.Names) Assert.Equal(Draw(builtIn, name), Draw(own, name));
            Assert.Equal((step + 1) % 5 != 0, float.IsNaN(losses[2]));
            for (var i = 0; i < 3; i++)
                if (float.IsNaN(losses[i])) Assert.True(float.IsNaN(ownLosses[i]));
                else Assert.InRange(Math.Abs(losses[i] - ownLosses[i]), 0, Tolerance * Math.Max(1, Math.Abs(losses[i])));
            foreach (var parameter in builtIn.Parameters)
            {
                var twin = Own(own, parameter.Name);
                Close($"step {step} {parameter.Name}", PhasedSteps.Values(parameter), PhasedSteps.Values(twin));
                float[] gradient = new float[parameter.Length], ownGradient = new float[parameter.Length];
                parameter.CopyGradientTo(gradient);
                twin.CopyGradientTo(ownGradient);
                Close($"step {step} gradient of {parameter.Name}", gradient, ownGradient);
            }
        }
    }

    /// <summary>OwnCritic to the letter, on the oracle with the draws of the one handed to the other.</summary>
    [Fact]
    public void TheLossesOfOwnCriticAreThoseOfTheBuiltIn()
    {
        ModelTrace builtIn = GeneratorRun.Of(BuiltIn).Trace!, own = GeneratorRun.Of(OwnCritic).Trace!;
        using var compiled = new CompiledModels([BuiltIn]);
        using var model = compiled.Create("BuiltIn", 6, Device.Cpu);
        var x = TrainingBatch.Of(builtIn, 0).X;
        var data = new Dictionary<string, double[]> { ["x"] = [.. x.Select(v => (double)v)] };
        model.Step(x, default, default, new float[3]);
        PhasedSteps.Engine(model).Gradients(1, new Inputs(x, model.BatchSize));
        var draws = model.Draws.Names.ToDictionary(n => n, n => Draw(model, n).Select(v => (double)v).ToArray());
        var ownDraws = new Dictionary<string, double[]>
        {
            ["critic_loss:normal1"] = draws["critic:z"],
            ["critic_loss:uniform1"] = draws["critic:alpha"],
            ["generator_loss:normal1"] = draws["generator:z"],
        };
        foreach (var phase in new[] { "Critic", "Generator" })
        {
            var expected = new OracleStep(builtIn).Run($"Gradients{phase}", model, model.BatchSize, data, draws, 1);
            var actual = new OracleStep(own).Run($"Gradients{phase}Loss", model, model.BatchSize, data, ownDraws, 1);
            Assert.Equal(expected.Count, actual.Count);
            foreach (var (name, values) in expected)
            {
                // What one maximises the other minimises.
                var sign = name == "loss.Wasserstein" ? -1 : 1;
                var twin = actual[name == "loss.Generator" ? "loss.GeneratorLoss" : name];
                Assert.InRange(values.Zip(twin, (e, a) => Math.Abs(e - sign * a)).Max(), 0, 1e-12 * Math.Max(1, values.Max(Math.Abs)));
            }
        }
    }

    static Parameter Own(IGenerativeModel own, string builtIn) =>
        own.Parameters[builtIn.Replace("generator.", "maker.").Replace("critic.", "judge.")];

    static float[] Draw(IGenerativeModel model, string name)
    {
        var values = new float[model.Draws.Length(name)];
        model.Draws.CopyTo(name, values);
        return values;
    }

    static void Close(string what, float[] expected, float[] actual) =>
        Tolerances.Close(what, [.. expected.Select(v => (double)v)], actual, Tolerance);
}

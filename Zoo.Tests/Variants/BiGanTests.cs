using Zoo.Generators.Differentiation;
using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Tracing;
using Zoo.Generators.Variants;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Variants;

/// <summary>
/// Whose weights each phase of a BiGAN moves, and the objectives of both in double precision against logits of the networks alone and
/// central differences. The same with what implementations get wrong is told from it.
/// </summary>
public sealed class BiGanTests
{
    const int Rows = 6;
    const double Tolerance = 1e-6;

    /// <summary>What an implementation may get wrong; the first is nothing.</summary>
    public enum Mistake
    {
        None,

        /// <summary>Encoder and generator maximise the discriminator's loss, which saturates, in place of exchanging the labels.</summary>
        Saturating,

        /// <summary>The discriminator's loss itself for encoder and generator, who would help it.</summary>
        DiscriminatorsLoss,

        /// <summary>No loss of (x, E(x)): nothing would train the encoder.</summary>
        GeneratedAlone,

        /// <summary>(G(z), z) taken for real by the discriminator.</summary>
        PairsExchanged,
    }

    /// <summary>The step of one phase moves nobody else's weights: a generator that is stepped on D's loss too would show here.</summary>
    [Theory]
    [InlineData("bigan")]
    [InlineData("ali")]
    [InlineData("gaussian ali")]
    public void APhaseMovesItsOwnNetworksAlone(string name)
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[name]]);
        using var model = compiled.Create("M", 3, Device.Cpu);
        var (engine, batch) = (PhasedSteps.Engine(model), TrainingBatch.Of(compiled.Traces["M"], 1));
        foreach (var (phase, moved) in ((int, string[])[])[(0, ["discriminator"]), (1, ["encoder", "generator"])])
        {
            var before = model.Parameters.ToDictionary(p => p.Name, PhasedSteps.Values);
            engine.Gradients(phase, batch.Inputs(engine));
            engine.Update(phase);
            foreach (var parameter in model.Parameters)
            {
                var isMoved = !before[parameter.Name].SequenceEqual(PhasedSteps.Values(parameter));
                Assert.True(isMoved == moved.Contains(parameter.Name.Split('.')[0]), $"phase {phase}, {parameter.Name}");
            }
        }
    }

    /// <summary>How far the variant's losses and gradients are from those of the logits.</summary>
    static double Deviation(string name, Mistake mistake)
    {
        var trace = GeneratorRun.Of(AdversarialDeclarations.All[name]).Trace!;
        var graph = Differentiate.Run(BuildPrograms.Run(trace, merge: false).Graph);
        var (g, bindings, random) = (new GraphBuilder(), new Bindings(), new Random(4));
        double[] Values(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => 2 * random.NextDouble() - 1)];
        foreach (var parameter in trace.Parameters) bindings.Parameters[parameter.Name] = Values(parameter.Shape.Count);
        bindings.Inputs["x"] = Values(Rows * 3);

        var networks = new NetworkLibrary(g, trace.Networks);
        var scope = new DrawScope("discriminator:", isTraining: true);
        var (x, shape) = (g.Input("x", TensorType.Batch(3)), new Shape(2));
        Node code;
        if (trace.Network("Encoder")!.Kind == OutputKind.Gaussian)
            code = networks.Gaussian("Encoder", scope, x).Reparameterise(g, scope.Normal(g, "epsilon", shape));
        else code = networks.Tensor("Encoder", scope, x);
        var z = networks.Has("Prior") ? networks.Tensor("Prior", scope) : scope.Normal(g, "z", shape);
        var real = networks.Number("Discriminator", scope, x, code);
        var generated = networks.Number("Discriminator", scope, networks.Tensor("Generator", scope, z), z);
        foreach (var draw in Topology.Sort([real, generated]).Where(n => n.Op == Op.Draw))
            bindings.Draws[draw.Name] = bindings.Draws[draw.Name.Replace("discriminator:", "evaluate.")] = Values(draw.Type.Count(Rows));

        double Objective(string phase)
        {
            var (r, f) = (Interpreter.Evaluate(real, Rows, bindings), Interpreter.Evaluate(generated, Rows, bindings));
            double Of(double sign, bool hasReal = true) => Enumerable.Range(0, Rows).Average(i =>
                (hasReal ? SpecialFunctions.Softplus(-sign * r[i]) : 0) + SpecialFunctions.Softplus(sign * f[i]));
            if (phase == "Discriminator") return Of(mistake == Mistake.PairsExchanged ? -1 : 1);
            return mistake switch
            {
                Mistake.Saturating => -Of(1),
                Mistake.DiscriminatorsLoss => Of(1),
                Mistake.GeneratedAlone => Of(-1, hasReal: false),
                _ => Of(-1),
            };
        }

        var worst = 0.0;
        foreach (var phase in (string[])["Discriminator", "Generator"])
        {
            var actual = Interpreter.Evaluate(graph.Program("Gradients" + phase).Results, Rows, bindings);
            worst = Math.Max(worst, Math.Abs(Objective(phase) - actual["loss." + phase][0]));
            foreach (var parameter in trace.Parameters.Where(p => phase == "Discriminator" == (p.Network == "Discriminator")))
            {
                var weights = bindings.Parameters[parameter.Name];
                for (var place = 0; place < weights.Length; place++)
                {
                    const double Step = 1e-5;
                    var at = weights[place];
                    weights[place] = at + Step;
                    var above = Objective(phase);
                    weights[place] = at - Step;
                    var below = Objective(phase);
                    weights[place] = at;
                    worst = Math.Max(worst, Math.Abs((above - below) / (2 * Step) - actual["gradient." + parameter.Name][place]));
                }
            }
        }
        return worst;
    }

    [Theory]
    [InlineData("bigan")]
    [InlineData("ali")]
    [InlineData("gaussian ali")]
    public void ObjectivesAndGradientsAreThoseOfTheLogits(string name) => Assert.InRange(Deviation(name, Mistake.None), 0, Tolerance);

    [Theory]
    [InlineData(Mistake.Saturating)]
    [InlineData(Mistake.DiscriminatorsLoss)]
    [InlineData(Mistake.GeneratedAlone)]
    [InlineData(Mistake.PairsExchanged)]
    public void MistakesAreFound(Mistake mistake) =>
        Assert.True(Deviation("bigan", mistake) > 1e3 * Tolerance, "What is wrong passes for what is right.");
}

using Zoo.Generators.Graphs;
using Zoo.Generators.Passes;
using Zoo.Generators.Variants;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Variants;

/// <summary>Whose weights each phase moves, when it is due, and what a row without a label is given.</summary>
public class AdversarialAutoencoderTests
{
    const string SemiSupervised = """
        using Zoo;

        [AdversarialAutoencoder(Input = [3], Batch = 6, Classes = 4)]
        [Adam(LearningRate = 1e-2f, WeightDecay = 0.1f)]
        public partial class M
        {
            static (Categorical Label, Tensor Style) Encoder(Tensor x)
            {
                var h = x.Dense(7).Softplus();
                return (new Categorical(h.Dense(4)), h.Dense(2));
            }

            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Softplus().Dense(3));
            static Tensor Discriminator(Tensor z) => z.Dense(9).LeakyRelu(0.2f).Dense(1);
            static Tensor LabelDiscriminator(Tensor y) => y.Dense(5).LeakyRelu(0.2f).Dense(1);
        }
        """;

    /// <summary>
    /// With weight decay, which moves what an optimiser holds whether or not there is a gradient: an optimiser of the auto-encoder that
    /// held the discriminator too would show here.
    /// </summary>
    [Fact]
    public void APhaseMovesItsOwnNetworksAndNoOther()
    {
        using var compiled = new CompiledModels([SemiSupervised]);
        var trace = compiled.Traces["M"];
        using var model = compiled.Create("M", 5, Device.Cpu);
        var engine = PhasedSteps.Engine(model);
        // The label's loss has no gradient for the head of the style.
        string[] moved = ["encoder decoder", "discriminator", "label_discriminator", "encoder", "encoder.dense1 encoder.dense2"];
        var batch = TrainingBatch.Of(trace, 1);
        Assert.Contains(-1, batch.Labels);
        for (var phase = 0; phase < moved.Length; phase++)
        {
            var before = model.Parameters.ToDictionary(p => p.Name, PhasedSteps.Values);
            engine.Gradients(phase, batch.Inputs(engine));
            engine.Update(phase);
            foreach (var parameter in model.Parameters)
            {
                var isMoved = !before[parameter.Name].SequenceEqual(PhasedSteps.Values(parameter));
                var isExpected = moved[phase].Split(' ').Any(n => parameter.Name.StartsWith(n + ".", StringComparison.Ordinal));
                Assert.True(isMoved == isExpected, $"phase {phase}, {parameter.Name}");
            }
        }
    }

    /// <summary>All rows without a label: no loss, no gradient of it, and no division by 0.</summary>
    [Fact]
    public void WithoutAnyLabelNothingIsClassified()
    {
        using var compiled = new CompiledModels([SemiSupervised.Replace(", WeightDecay = 0.1f", "")]);
        using var model = compiled.Create("M", 5, Device.Cpu);
        var batch = TrainingBatch.Of(compiled.Traces["M"], 1) with { Labels = [-1, -1, -1, -1, -1, -1] };
        var losses = new float[5];
        model.Step(batch.X, batch.Labels, default, losses);
        Assert.Equal(0, losses[4]);
        Assert.All(losses, l => Assert.True(float.IsFinite(l)));
        var engine = PhasedSteps.Engine(model);
        var before = model.Parameters.ToDictionary(p => p.Name, PhasedSteps.Values);
        engine.Gradients(4, batch.Inputs(engine));
        engine.Update(4);
        Assert.All(model.Parameters, p => Assert.Equal(before[p.Name], PhasedSteps.Values(p)));
    }

    [Theory]
    [InlineData("mixture aae", true)]
    [InlineData("style aae", false)]
    [InlineData("semi-supervised aae", true)]
    public void ALabelMayBeMissingUnlessTheDecoderIsGivenIt(string name, bool isOptional)
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All[name]]);
        using var model = compiled.Create("M", 5, Device.Cpu);
        int[] labels = [0, 1, 2, 3, -1, 0];
        void Step() => model.Step(new float[18], labels, default, new float[model.LossNames.Length]);
        if (isOptional) Step();
        else Assert.Contains("row 4 has -1", Assert.Throws<ArgumentOutOfRangeException>(Step).Message, StringComparison.Ordinal);
        labels[4] = 3;
        Step();
        var steps = model.Steps;
        foreach (var label in (int[])[4, -2])
        {
            labels[3] = label;
            Assert.Contains($"row 3 has {label}", Assert.Throws<ArgumentOutOfRangeException>(Step).Message, StringComparison.Ordinal);
        }
        labels = [0, 1, 2, 3, 0];
        Assert.StartsWith("Expected 6 labels (one a row), but got 5.", Assert.Throws<ArgumentException>(Step).Message,
            StringComparison.Ordinal);
        Assert.Equal(steps, model.Steps);
    }

    /// <summary>Two updates of the encoder for one of the discriminator, which leaves no loss in between.</summary>
    [Fact]
    public void TheDiscriminatorIsDueAtEveryEncoderStepsStep()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All["mixture aae"]]);
        using var model = compiled.Create("M", 5, Device.Cpu);
        var losses = new float[3];
        for (var step = 1; step <= 6; step++)
        {
            TrainingBatch.Of(compiled.Traces["M"], step).Step(model, losses);
            Assert.Equal([false, step % 2 != 0, false], losses.Select(float.IsNaN));
        }
    }

    /// <summary>The discriminator's label has a column more than the prior's; a Gaussian code's divergence is never written down.</summary>
    [Fact]
    public void TheDiscriminatorHasAClassForRowsWithoutALabel()
    {
        using var compiled = new CompiledModels([AdversarialDeclarations.All["mixture aae"]]);
        var trace = compiled.Traces["M"];
        Assert.Equal([new Shape(2), new Shape(5)], trace.Network("Discriminator")!.Shapes);
        Assert.Equal([new Shape(4)], trace.Network("Prior")!.Shapes);
        Assert.Equal(InputElement.OptionalLabel, BuildPrograms.Run(trace).Surface.Inputs.Single(i => i.Name == "labels").Element);
    }
}

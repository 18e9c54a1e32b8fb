using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// A critic between N(0, 1) and N(d, 1), whose Wasserstein distance is d: it is trained alone, against a generator that adds d to its code
/// and stays as it is, and must measure d on points that it has not seen.
/// </summary>
/// <remarks>
/// With a finite weight λ the best critic is steeper than 1 where the two differ most: it measures d + ∫ (F − G)²/(2λρ), with the two
/// distribution functions and the density ρ of x̂. At d = 5 that is about 25 % too much for λ = 10, and 1 % for the λ = 200 used here.
/// </remarks>
[Trait("Speed", "Slow")]
public class ShiftedGaussiansTests
{
    const string Source = """
        using Zoo;

        [WassersteinGan(Input = [1], Latent = [1], Batch = 128, Penalty = 200f)]
        [Adam(LearningRate = 2e-3f, Beta1 = 0.5f, Beta2 = 0.9f)]
        public partial class M
        {
            static Tensor Generator(Tensor z) => z.Dense(1);
            static Tensor Critic(Tensor x) => x.Dense(32).LeakyRelu(0.2f).Dense(32).LeakyRelu(0.2f).Dense(1);
        }
        """;

    const int Steps = 1200, Unseen = 100_000;

    [Fact]
    public void TheCriticMeasuresTheShift()
    {
        using var compiled = new CompiledModels([Source]);
        foreach (var shift in (double[])[0.5, 2, 5])
        {
            using var model = compiled.Create("M", 3, Device.CpuWith(1));
            model.Parameters["generator.dense1.weight"].CopyFrom([1f]);
            model.Parameters["generator.dense1.bias"].CopyFrom([(float)shift]);
            var (engine, random, batch) = (PhasedSteps.Engine(model), new System.Random(5), new float[128]);
            for (var step = 0; step < Steps; step++)
            {
                // Towards the end in smaller steps, so that the last weights are no matter of chance.
                if (step == Steps * 3 / 4) model.Hyperparameters["critic:learning_rate"] = 2e-4f;
                Normal(random, batch);
                engine.Gradients(0, new Inputs(batch, batch.Length));
                engine.Update(0);
            }
            Assert.Equal([(float)shift], PhasedSteps.Values(model.Parameters["generator.dense1.bias"]));
            var unseen = new float[Unseen];
            Normal(random, unseen);
            var real = Mean(compiled, model, unseen);
            Normal(random, unseen);
            var fake = Mean(compiled, model, [.. unseen.Select(v => v + (float)shift)]);
            Assert.InRange((real - fake) / shift, 0.95, 1.05);
        }
    }

    delegate void CriticizeMethod(ReadOnlySpan<float> x, Span<float> values);

    static double Mean(CompiledModels compiled, IGenerativeModel model, float[] x)
    {
        var values = new float[x.Length];
        compiled.Type("M").GetMethod("Criticize")!.CreateDelegate<CriticizeMethod>(model)(x, values);
        return values.Average(v => (double)v);
    }

    /// <summary>Box and Muller 1958.</summary>
    static void Normal(System.Random random, float[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}

using Zoo.Tests.Engines;

namespace Zoo.Tests.Generators;

/// <summary>Names that users choose never meet in the emitted engine, nor with its own.</summary>
public class EngineNamesTests
{
    [Fact]
    public void LossesNetworksAndPhasesMayBeCalledAlike()
    {
        const string source = """
            using Zoo;

            [Model(Input = [3], Batch = 4)]
            public partial class M
            {
                [Network] static (Tensor BMean, Tensor Value) A(Tensor x) => (x.Dense(2), x.Dense(2));
                [Network] static (Gaussian B, Tensor C) AB(Tensor x) => (new(x.Dense(2), x.Dense(2)), x.Dense(1));
                [Network] static Tensor AProgram(Tensor z) => z.Dense(3).Relu();
                [Network] static Tensor AResults(Tensor z) => z.Dense(3).Relu();
                [Network] static Tensor BiasRelu(Tensor z) => z.Dense(3).Relu();

                [Phase(Trains = [nameof(A), nameof(AB)])]
                static (Tensor loss, Tensor Loss, Tensor LOSS, Tensor lossValue, Tensor @class, Tensor GradientsEvaluate)
                    Evaluation(Tensor x)
                {
                    var (mean, value) = A(x);
                    var (law, c) = AB(x);
                    return (mean.Sum(), value.Sum(), c.Square().Sum(), law.Mean.Sum(),
                        law.LogVariance.Square().Sum(), (mean * value).Sum());
                }

                [Phase(Trains = [nameof(AProgram), nameof(AResults), nameof(BiasRelu)])]
                static Tensor Evaluations(Tensor x) => (AProgram(x) + AResults(x) + BiasRelu(x)).Square().Sum();
            }
            """;
        using var compiled = new CompiledModels([source], hasGpu: true);
        using var model = compiled.Create("M", 3, Device.Cpu);
        var losses = new float[7];
        float[] x = [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))];
        model.Step(x, default, default, losses);
        Assert.Equal(["loss", "Loss", "LOSS", "lossValue", "class", "GradientsEvaluate", "Evaluations"], model.LossNames.ToArray());
        // Each is read from its own place.
        var expected = new OracleStep(compiled.Traces["M"]);
        using var fresh = compiled.Create("M", 3, Device.Cpu);
        var values = expected.Run("GradientsEvaluation", fresh, 4, new() { ["x"] = [.. x.Select(v => (double)v)] }, [], 0);
        for (var i = 0; i < 6; i++)
            Tolerances.Close(model.LossNames[i], values[$"loss.{model.LossNames[i]}"], losses[i..(i + 1)], Tolerances.Loss, 1);
    }
}

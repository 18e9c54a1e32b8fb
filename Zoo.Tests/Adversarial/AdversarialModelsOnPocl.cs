using Zoo.Tests.Engines;
using Zoo.Tests.Gpu;

namespace Zoo.Tests.Adversarial;

/// <summary>
/// Models with several phases on PoCL beside the CPU: losses, draws, gradients and updated weights of steps that end a round of phases and
/// of others.
/// </summary>
[Trait("Speed", "Slow")]
public class AdversarialModelsOnPocl(PoclDevice pocl) : IClassFixture<PoclDevice>
{
    const string Penalised = "penalised, as a flat critic is";

    /// <summary>Each takes PoCL some ten seconds.</summary>
    static readonly string[] Always =
    [
        Penalised, "semi-supervised aae",
    ];

    /// <summary>Much of which stands in one of those, or in the random programs and those of labels.</summary>
    static readonly string[] InRehearsals =
    [
        "penalised", "gan", "ebgan by the norm", "conditional vae with a prior", "clipped", "own", "labelled", "conditioned", "unread",
        "conditional vae", "importance-weighted with labels", "importance-weighted with a condition", "aae", "mixture aae", "style aae",
        "choices", "avb", "avb with a contrast and a learned prior",
    ];

    [PoclFact]
    public void EveryStepAgreesWithTheCpu()
    {
        foreach (var name in Rehearsal.Part([.. Always, .. InRehearsals], Always.Length))
        {
            var source = name == Penalised ? FlatCriticTests.BuiltIn : AdversarialDeclarations.All[name];
            using var compiled = new CompiledModels([source], hasGpu: true);
            using IGenerativeModel cpu = compiled.Create("M", 5, Device.Cpu), gpu = compiled.Create("M", 5, pocl.Device);
            for (var step = 0; step < 4; step++)
                SideBySide.Step($"{name}, step {step}", cpu, gpu, TrainingBatch.Of(compiled.Traces["M"], step));
        }
    }
}

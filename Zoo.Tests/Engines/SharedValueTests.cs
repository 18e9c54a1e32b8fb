using Zoo.Runtime;

namespace Zoo.Tests.Engines;

/// <summary>Row counts and shared draws in a program for any number of rows, at every vector width.</summary>
public class SharedValueTests
{
    static SharedValueTests() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    [Fact]
    public void AreTheSameForAllRowsOfACall()
    {
        using var changed = new CompiledModels([SharedValues.Source], SharedValues.ForCpu);
        using var plain = new CompiledModels([SharedValues.Source]);
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            using var device = Device.CpuWith(1 + (int)width % 3, width);
            SharedValues.Check(changed, plain, device, device);
        }
    }

    /// <summary>A result that is an input as it came: known by the input's name, not by the result's.</summary>
    [Fact]
    public void AnInputMayBeAResult()
    {
        using var compiled = new CompiledModels(["""
            using Zoo;

            /// <summary>Codes are the examples.</summary>
            [Vae(Input = [3], Batch = 2)]
            public partial class Same
            {
                static Gaussian Encoder(Tensor x) => new(x, x);

                static Gaussian Decoder(Tensor z) => new(z.Dense(3), 0f);
            }
            """]);
        using var model = compiled.Create("Same", 1, Device.Cpu);
        float[] x = [1, 2, 3, 4, 5, 6], mean = new float[6], logVariance = new float[6];
        SharedValues.Method(model)(x, mean, logVariance);
        Assert.Equal(x, mean);
        Assert.Equal(x, logVariance);
    }
}

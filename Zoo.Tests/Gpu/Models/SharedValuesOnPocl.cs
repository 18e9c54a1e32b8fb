using Zoo.Tests.Engines;

namespace Zoo.Tests.Gpu;

/// <summary>Row counts and shared draws in a program for any number of rows, as on the CPU.</summary>
[Collection(PoclCollection.Name)]
public class SharedValuesOnPocl(PoclDevice pocl)
{
    static SharedValuesOnPocl() => AppContext.SetSwitch("Zoo.PoisonActivations", true);

    [PoclFact]
    public void AreTheSameForAllRowsOfACall()
    {
        using var changed = new CompiledModels([SharedValues.Source], SharedValues.ForCpu, hasGpu: true, SharedValues.ForGpu);
        using var plain = new CompiledModels([SharedValues.Source]);
        SharedValues.Check(changed, plain, pocl.Device, Device.Cpu);
    }
}

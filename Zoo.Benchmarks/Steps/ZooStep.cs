namespace Zoo.Benchmarks.Steps;

/// <summary>Our side of a case: the step that is compared. Here stands the class that the generator makes for it.</summary>
static class ZooStep
{
    public static (Action Run, IDisposable Model) Create(VaeCase vae, Device device)
    {
        var step = new HandStep(vae, device);
        return (step.Run, step);
    }
}

namespace Zoo.Tests.Samples;

/// <summary>A fact that needs a GPU: skipped with the reasons, and counted as such, where there is none.</summary>
internal sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute() => Skip = GpuOfThisMachine.Name is null ? $"no GPU. {string.Join(". ", GpuOfThisMachine.Refusals)}." : null;
}

/// <summary>A fact about machines without a GPU: skipped, and seen to be, on one that has it.</summary>
internal sealed class NoGpuFactAttribute : FactAttribute
{
    public NoGpuFactAttribute() => Skip = GpuOfThisMachine.Name is { } name ? $"there is a GPU: {name}." : null;
}

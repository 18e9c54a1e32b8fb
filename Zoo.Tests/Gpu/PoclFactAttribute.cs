using Zoo.Samples.Accelerators;

namespace Zoo.Tests.Gpu;

/// <summary>A fact that runs kernels on PoCL: skipped with the reason, and counted as such, where there is none.</summary>
internal sealed class PoclFactAttribute : FactAttribute
{
    public PoclFactAttribute() => Skip = Pocl.Unavailable;
}

/// <summary>The same for theories.</summary>
internal sealed class PoclTheoryAttribute : TheoryAttribute
{
    public PoclTheoryAttribute() => Skip = Pocl.Unavailable;
}

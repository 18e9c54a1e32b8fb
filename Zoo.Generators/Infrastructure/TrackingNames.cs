namespace Zoo.Generators.Infrastructure;

/// <summary>Names of the generator's steps: what incrementality tests ask about.</summary>
public static class TrackingNames
{
    public const string Trace = nameof(Trace);
    public const string Programs = nameof(Programs);
    public const string Differentiate = nameof(Differentiate);
    public const string Simplify = nameof(Simplify);
    public const string Share = nameof(Share);
    public const string Orient = nameof(Orient);
    public const string Fuse = nameof(Fuse);
    public const string Partition = nameof(Partition);
    public const string Memory = nameof(Memory);
    public const string Emit = nameof(Emit);

    /// <summary>The same three stages for accelerators, where the project asks for them.</summary>
    public const string PartitionGpu = nameof(PartitionGpu);

    public const string MemoryGpu = nameof(MemoryGpu);

    public const string EmitGpu = nameof(EmitGpu);

    /// <summary>The public half of the class, which needs no plan.</summary>
    public const string EmitSurface = nameof(EmitSurface);

    /// <summary>What the diagnostics output reads.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}

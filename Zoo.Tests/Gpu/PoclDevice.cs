using ILGPU;
using ILGPU.Runtime;
using Zoo.Samples.Accelerators;

namespace Zoo.Tests.Gpu;

/// <summary>One PoCL accelerator for a collection of tests, which run one after another: OpenCL calls from several threads are not safe in ILGPU 1.5.3.</summary>
public sealed class PoclDevice : IDisposable
{
    readonly Lazy<(Context Context, Accelerator Accelerator)> made = new(() =>
    {
        var context = Pocl.CreateContext();
        return (context, Pocl.CreateAccelerator(context));
    });

    public Accelerator Accelerator => made.Value.Accelerator;

    public void Dispose()
    {
        if (!made.IsValueCreated) return;
        made.Value.Accelerator.Dispose();
        made.Value.Context.Dispose();
    }
}

/// <summary>Tests that share the accelerator.</summary>
[CollectionDefinition(Name)]
public sealed class PoclCollection : ICollectionFixture<PoclDevice>
{
    public const string Name = "PoCL";
}

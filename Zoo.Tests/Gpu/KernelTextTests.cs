using System.Reflection;
using ILGPU;
using Zoo.Runtime;

namespace Zoo.Tests.Gpu;

/// <summary>Every kernel of the runtime compiles for both back ends, and to nothing that is slow, imprecise or undefined there.</summary>
public sealed class KernelTextTests
{
    public static TheoryData<string> Names => [.. Kernels.Keys];

    static readonly Dictionary<string, MethodInfo> Kernels = new()
    {
        ["normal"] = KernelText.Method(typeof(DrawKernels), nameof(DrawKernels.Fill), typeof(NormalDraw)),
        ["uniform"] = KernelText.Method(typeof(DrawKernels), nameof(DrawKernels.Fill), typeof(UniformDraw)),
        ["one-hot"] = KernelText.Method(typeof(DrawKernels), nameof(DrawKernels.OneHot)),
        ["row sums"] = KernelText.Method(typeof(ReductionKernels), nameof(ReductionKernels.Rows), typeof(Addition)),
        ["row maxima"] = KernelText.Method(typeof(ReductionKernels), nameof(ReductionKernels.Rows), typeof(Maximum)),
        ["column sums"] = KernelText.Method(typeof(ReductionKernels), nameof(ReductionKernels.Columns), typeof(Addition)),
        ["column maxima"] = KernelText.Method(typeof(ReductionKernels), nameof(ReductionKernels.Columns), typeof(Maximum)),
        ["Adam"] = KernelText.Method(typeof(UpdateKernels), nameof(UpdateKernels.Adam)),
        ["RMSprop"] = KernelText.Method(typeof(UpdateKernels), nameof(UpdateKernels.RmsProp)),
        ["SGD"] = KernelText.Method(typeof(UpdateKernels), nameof(UpdateKernels.PlainSgd)),
        ["momentum"] = KernelText.Method(typeof(UpdateKernels), nameof(UpdateKernels.MomentumSgd)),
        ["squared norm"] = KernelText.Method(typeof(ClipKernels), nameof(ClipKernels.SquaredNorm)),
        ["clip scale"] = KernelText.Method(typeof(ClipKernels), nameof(ClipKernels.Scale)),
        ["sums by label"] = KernelText.Method(typeof(LabelledSumKernels), nameof(LabelledSumKernels.Sum)),
        ["windows"] = KernelText.Method(typeof(WindowKernels), nameof(WindowKernels.Gather)),
        ["sums of windows"] = KernelText.Method(typeof(WindowKernels), nameof(WindowKernels.Sum)),
        ["another order of axes"] = KernelText.Method(typeof(WindowKernels), nameof(WindowKernels.Permute)),
        ["images as sums of a product's windows"] = KernelText.Method(typeof(WindowSumKernels), nameof(WindowSumKernels.Plain)),
        ["small products"] = KernelText.Method(typeof(SmallProductKernels), nameof(SmallProductKernels.Multiply)),
    };

    [Theory, MemberData(nameof(Names))]
    public void IsPlainSingle(string name)
    {
        var text = KernelText.Compile(Kernels[name]);
        text.IsPlainSingle();
        var isGroup = name is "row sums" or "row maxima" or "column sums" or "column maxima" or "squared norm" or "clip scale";
        Assert.Equal(isGroup ? 4 * GroupTree.Threads : 0, text.SharedBytes);
    }

    /// <summary>What groups hand over lies in local memory, which ILGPU's barriers leave out.</summary>
    [Fact]
    public void BarriersOrderLocalMemory()
    {
        var text = KernelText.Compile(Kernels["row sums"]).OpenCl;
        Assert.Contains("work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE )", text, StringComparison.Ordinal);
        Assert.DoesNotContain("( CLK_GLOBAL_MEM_FENCE )", text, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => OpenClKernels.WithLocalFences("barrier(CLK_GLOBAL_MEM_FENCE);"));
    }

    /// <summary>So that a driver finds in its cache what it has built for another model, or in another process.</summary>
    [Theory, MemberData(nameof(Names))]
    public void IsTheSameWhateverWasCompiledBefore(string name)
    {
        using var context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = KernelText.OpenClBackend(context);
        string[] others = ["column maxima", "Adam", "sums of windows"];
        var before = KernelText.OpenClSource(backend, Kernels[name]);
        foreach (var other in others) KernelText.OpenClSource(backend, Kernels[other]);
        using var elsewhere = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var later = KernelText.OpenClBackend(elsewhere);
        foreach (var other in others) KernelText.OpenClSource(later, Kernels[other]);
        Assert.Equal(before, KernelText.OpenClSource(backend, Kernels[name]));
        Assert.Equal(before, KernelText.OpenClSource(later, Kernels[name]));
    }

    [Fact]
    public void DoublePrecisionIsFound()
    {
        var text = KernelText.Compile(KernelText.Method(typeof(KernelTextTests), nameof(Wide)));
        Assert.Throws<Xunit.Sdk.TrueException>(text.IsPlainSingle);
    }

    [Fact]
    public void TruthValuesAmongTheArgumentsAreFound() =>
        Assert.Throws<Xunit.Sdk.FalseException>(() => KernelText.Compile(KernelText.Method(typeof(KernelTextTests), nameof(Truthful))));

    static void Truthful(ArrayView<float> memory, SgdSettings settings) => memory[0] = settings.IsFirst ? 1 : 0;

    static void Wide(ArrayView<float> memory) => memory[0] = (float)(memory[1] * 0.1);
}

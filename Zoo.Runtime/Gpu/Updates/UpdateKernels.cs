using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Zoo.Runtime;

/// <summary>The rules of <see cref="Optimizer"/>, one element a thread.</summary>
static class UpdateKernels
{
    public static KernelConfig Config(in UpdateArguments at) => FlatGrid.For(at.Length);

    public static void Adam(ArrayView<float> memory, UpdateArguments at, AdamSettings settings)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        var (p, m, v) = AdamRule.Step(
            Lane.Load(memory, at.Parameters + i), Gradient(memory, at, i), Lane.Load(memory, at.First + i),
            Lane.Load(memory, at.Second + i), settings);
        m.Store(memory, at.First + i);
        v.Store(memory, at.Second + i);
        p.Store(memory, at.Parameters + i);
    }

    public static void RmsProp(ArrayView<float> memory, UpdateArguments at, RmsPropSettings settings)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        var (p, v) = RmsPropRule.Step(Lane.Load(memory, at.Parameters + i), Gradient(memory, at, i), Lane.Load(memory, at.First + i),
            settings);
        v.Store(memory, at.First + i);
        p.Store(memory, at.Parameters + i);
    }

    /// <summary>For a momentum of 0.</summary>
    public static void PlainSgd(ArrayView<float> memory, UpdateArguments at, SgdArguments settings)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        PlainSgdRule.Step(Lane.Load(memory, at.Parameters + i), Gradient(memory, at, i), settings.Settings)
            .Store(memory, at.Parameters + i);
    }

    /// <summary>For any other momentum, Nesterov's included.</summary>
    public static void MomentumSgd(ArrayView<float> memory, UpdateArguments at, SgdArguments settings)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        var (p, b) = MomentumSgdRule.Step(
            Lane.Load(memory, at.Parameters + i), Gradient(memory, at, i), Lane.Load(memory, at.First + i), settings.Settings);
        b.Store(memory, at.First + i);
        p.Store(memory, at.Parameters + i);
    }

    /// <summary>Weight clipping.</summary>
    public static void Clamp(ArrayView<float> memory, UpdateArguments at, float bound)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        ClampRule.Step(Lane.Load(memory, at.Parameters + i), bound).Store(memory, at.Parameters + i);
    }

    /// <summary>Averages of weights, at the place of the first state.</summary>
    public static void Average(ArrayView<float> memory, UpdateArguments at, AverageSettings settings)
    {
        var i = Grid.GlobalIndex.X;
        if (i >= at.Length) return;
        AverageRule.Step(Lane.Load(memory, at.First + i), Lane.Load(memory, at.Parameters + i), settings).Store(memory, at.First + i);
    }

    // The clipping factor was computed on the device, so it is not among the settings.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lane Gradient(ArrayView<float> memory, UpdateArguments at, int i)
    {
        var g = Lane.Load(memory, at.Gradients + i);
        return at.ScaleOffset < 0 ? g : g * Lane.Load(memory, at.ScaleOffset);
    }
}

using System.Runtime.CompilerServices;
using Peers;
using TorchSharp;

namespace Zoo.Benchmarks.Steps;

/// <summary>A case's training step in TorchSharp. The library is loaded only from here: without it the rest still runs.</summary>
sealed class TorchPeer : IDisposable
{
    static readonly Lazy<string?> Missing = new(Load);

    readonly IPeerStep step;
    readonly torch.Tensor batch;

    [MethodImpl(MethodImplOptions.NoInlining)]
    TorchPeer(StepCase of, int threads)
    {
        torch.set_num_threads(threads);
        step = of.Peer();
        batch = torch.rand(of.Batch, of.ExampleSize);
    }

    /// <summary>Whether libtorch can be loaded, and if not, why.</summary>
    public static bool IsLoadable(out string why)
    {
        why = Missing.Value ?? "";
        return Missing.Value is null;
    }

    /// <summary>The step, or null where TorchSharp cannot be loaded.</summary>
    public static TorchPeer? Create(StepCase of, int threads) => IsLoadable(out _) ? new TorchPeer(of, threads) : null;

    public void Run() => step.Run(batch);

    public void Dispose()
    {
        batch.Dispose();
        step.Dispose();
    }

    static string? Load()
    {
        try
        {
            Touch();
            return null;
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException
            or FileNotFoundException)
        {
            var reason = e.GetBaseException().Message.Split('\n')[0];
            return $"TorchSharp cannot be loaded, so its figures are missing (its bridge needs the libstdc++ of GCC 13 or newer): {reason}";
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Touch() => torch.zeros(1).Dispose();
}

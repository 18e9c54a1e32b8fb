using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of energy-based GANs with the pulling-away term: mean squared errors, images that are made once and serve both phases, and the
/// cosines of all pairs of codes as a table.
/// </summary>
sealed class TorchEnergyBasedGan : TorchReplay
{
    const double Margin = 0.1, PullingAway = 0.1;

    readonly optim.Optimizer ofDiscriminator, ofGenerator;
    readonly bool isImage;
    readonly Func<Tensor, Tensor> activation;

    TorchEnergyBasedGan(ParameterSet weights, double rate, double beta1, bool isImage, Func<Tensor, Tensor> activation) : base(weights)
    {
        (this.isImage, this.activation) = (isImage, activation);
        ofDiscriminator = optim.Adam([.. Of("encoder"), .. Of("decoder")], rate, beta1);
        ofGenerator = optim.Adam(Of("generator"), rate, beta1);
    }

    /// <summary>Images and their reconstructions are sigmoids, codes rectified.</summary>
    public static TorchEnergyBasedGan Images(ParameterSet weights) => new(weights, 1e-3, 0.9, isImage: true, h => F.relu(h));

    /// <summary>Points of the plane, with an activation that has no kink.</summary>
    public static TorchEnergyBasedGan Points(ParameterSet weights) => new(weights, 2e-4, 0.5, isImage: false, h => h.tanh());

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var fake = Layers("generator", Drawn(draws, "discriminator:z", x.shape[0]), activation);
        if (isImage) fake = fake.sigmoid();
        ofDiscriminator.zero_grad();
        var discriminator = Energy(x, Encode(x)).mean() + F.relu(Margin - Energy(fake.detach(), Encode(fake.detach()))).mean();
        discriminator.backward();
        ofDiscriminator.step();
        ofGenerator.zero_grad();
        var codes = Encode(fake);
        var energy = Energy(fake, codes).mean();
        var pulling = PullingAway * MeanSquaredCosine(codes);
        (energy + pulling).backward();
        ofGenerator.step();
        return [new(discriminator.item<double>()), new(energy.item<double>()), new(pulling.item<double>())];
    }

    public override void Dispose()
    {
        ofDiscriminator.Dispose();
        ofGenerator.Dispose();
        base.Dispose();
    }

    Tensor Encode(Tensor x)
    {
        var codes = Layers("encoder", x, activation);
        return isImage ? F.relu(codes) : codes;
    }

    Tensor Energy(Tensor x, Tensor codes)
    {
        var y = Layers("decoder", codes, activation);
        return ((isImage ? y.sigmoid() : y) - x).pow(2).mean([1]);
    }

    static Tensor MeanSquaredCosine(Tensor codes)
    {
        var n = codes.shape[0];
        var directions = codes / codes.norm(1, keepdim: true).clamp_min(1e-8);
        var table = directions.matmul(directions.t()).pow(2);
        return (table.sum() - table.diag().sum()) / (n * (n - 1));
    }
}

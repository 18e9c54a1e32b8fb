using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of Wasserstein GANs with ReLU on both sides: five steps of the critic for one of the generator; the critic's weights are
/// clipped after its update, or its slope is penalised.
/// </summary>
sealed class TorchWassersteinGan : TorchReplay
{
    const int CriticSteps = 5;

    readonly optim.Optimizer ofCritic, ofGenerator;
    readonly double clip, penalty;

    TorchWassersteinGan(
        ParameterSet weights, double clip, double penalty, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> optimizer)
        : base(weights) =>
        (this.clip, this.penalty, ofCritic, ofGenerator) = (clip, penalty, optimizer(Of("critic")), optimizer(Of("generator")));

    /// <summary>With RMSprop (Arjovsky et al. 2017, algorithm 1).</summary>
    public static TorchWassersteinGan Clipped(ParameterSet weights) => new(weights, 0.01, 0, parameters => optim.RMSProp(parameters, 5e-5));

    /// <summary>With Adam (Gulrajani et al. 2017, algorithm 1).</summary>
    public static TorchWassersteinGan Penalised(ParameterSet weights) =>
        new(weights, 0, 0.1, parameters => optim.Adam(parameters, 1e-4, 0.5, 0.9));

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var (wasserstein, punished) = Critic(x, draws);
        return [wasserstein, punished, (step + 1) % CriticSteps == 0 ? Generator(draws, x.shape[0]) : ReplayedLoss.NotDue];
    }

    public override void Dispose()
    {
        ofCritic.Dispose();
        ofGenerator.Dispose();
        base.Dispose();
    }

    (ReplayedLoss Wasserstein, ReplayedLoss Penalty) Critic(Tensor x, DrawSet draws)
    {
        var fake = Layers("generator", Drawn(draws, "critic:z", x.shape[0]), h => F.relu(h)).detach();
        ofCritic.zero_grad();
        var (ofReal, ofFake) = (Criticise(x), Criticise(fake));
        var wasserstein = ofReal.mean() - ofFake.mean();
        var punished = penalty > 0 ? Penalty(x, fake, Drawn(draws, "critic:alpha", x.shape[0])) : zeros(1, ScalarType.Float64);
        (punished - wasserstein).backward();
        ofCritic.step();
        if (clip > 0)
        {
            using var still = no_grad();
            foreach (var parameter in Of("critic")) parameter.clamp_(-clip, clip);
        }
        return (new(wasserstein.item<double>(), Size(ofReal) + Size(ofFake)), new(punished.item<double>()));
    }

    Tensor Penalty(Tensor x, Tensor fake, Tensor alpha)
    {
        var between = (alpha * x + (1 - alpha) * fake).requires_grad_();
        var gradient = autograd.grad([Criticise(between).sum()], [between], retain_graph: true, create_graph: true)[0];
        return penalty * (gradient.norm(1, false, 2) - 1).pow(2).mean();
    }

    ReplayedLoss Generator(DrawSet draws, long rows)
    {
        ofGenerator.zero_grad();
        var values = Criticise(Layers("generator", Drawn(draws, "generator:z", rows), h => F.relu(h)));
        var loss = -values.mean();
        loss.backward();
        ofGenerator.step();
        return new(loss.item<double>(), Size(values));
    }

    /// <summary>Mean size of a critic's values.</summary>
    static double Size(Tensor values) => values.abs().mean().item<double>();

    Tensor Criticise(Tensor x) => Layers("critic", x, h => F.relu(h));
}

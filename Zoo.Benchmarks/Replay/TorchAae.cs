using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of adversarial auto-encoders: an optimiser for each phase, with the parameters of its networks and no others, phases one after
/// another on weights that the last one has moved.
/// </summary>
sealed class TorchAae : TorchReplay
{
    readonly Dictionary<string, optim.Optimizer> optimizers = [];
    readonly bool hasHead;

    TorchAae(ParameterSet weights, bool hasHead) : base(weights)
    {
        this.hasHead = hasHead;
        TorchSharp.Modules.Parameter[] encoder = [.. Of("encoder")];
        optimizers["reconstruction"] = optim.Adam([.. encoder, .. Of("decoder")], 1e-3);
        optimizers["discriminator"] = optim.Adam([.. Of("discriminator")], 2e-4, 0.5);
        optimizers["adversarial"] = optim.Adam(encoder, 2e-4, 0.5);
        if (!hasHead) return;
        optimizers["label"] = optim.Adam([.. Of("label_discriminator")], 2e-4, 0.5);
        optimizers["classification"] = optim.Adam(encoder, 2e-4, 0.5);
    }

    /// <summary>Labels, some left out, to the discriminator and to a mixture of ten Gaussians.</summary>
    public static TorchAae Mixture(ParameterSet weights) => new(weights, hasHead: false);

    /// <summary>A head for the label, few of which are known.</summary>
    public static TorchAae SemiSupervised(ParameterSet weights) => new(weights, hasHead: true);

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (batch.X, batch.Y);
        var rows = x.shape[0];
        var (label, z) = Encode(x);
        var logits = Layers("decoder", hasHead ? cat([z, F.softmax(label!, 1)], 1) : z, h => h.tanh());
        var reconstruction = -F.binary_cross_entropy_with_logits(logits, x, reduction: nn.Reduction.Sum) / rows;
        Move("reconstruction", -reconstruction);

        // What the discriminators see has no graph; what the encoder is trained on later is the same numbers with one.
        (label, z) = Encode(x);
        var isLabelled = y.sum(1, keepdim: true);
        var real = hasHead ? Drawn(draws, "discriminator:z", rows) : Petals(draws, y, isLabelled, rows);
        var discriminator = F.softplus(-Judge(real, y, isLabelled)).mean() + F.softplus(Judge(z.detach(), y, isLabelled)).mean();
        Move("discriminator", discriminator);
        Tensor? ofLabel = null;
        if (hasHead)
        {
            ofLabel = F.softplus(-JudgeLabel(Drawn(draws, "label_discriminator:label", rows))).mean()
                + F.softplus(JudgeLabel(F.softmax(label!, 1).detach())).mean();
            Move("label", ofLabel);
        }

        var adversarial = F.softplus(-Judge(z, y, isLabelled)).mean();
        if (hasHead) adversarial += F.softplus(-JudgeLabel(F.softmax(label!, 1))).mean();
        Move("adversarial", adversarial);
        if (!hasHead) return [Loss(reconstruction), Loss(discriminator), Loss(adversarial)];

        // −1 has no loss, and the mean is over the others.
        var known = isLabelled.squeeze(1) > 0.5;
        var target = where(known, y.argmax(1), full_like(y.argmax(1), -1));
        var crossEntropy = F.cross_entropy(Encode(x).Label!, target, ignore_index: -1);
        Move("classification", crossEntropy);
        return [Loss(reconstruction), Loss(discriminator), Loss(ofLabel!), Loss(adversarial), Loss(crossEntropy * isLabelled.sum() / rows)];
    }

    public override void Dispose()
    {
        foreach (var optimizer in optimizers.Values) optimizer.Dispose();
        base.Dispose();
    }

    static ReplayedLoss Loss(Tensor loss) => new(loss.item<double>());

    void Move(string phase, Tensor loss)
    {
        // A gradient that an earlier phase left in a network that it did not move is not this one's.
        foreach (var optimizer in optimizers.Values) optimizer.zero_grad();
        loss.backward();
        optimizers[phase].step();
    }

    (Tensor? Label, Tensor Z) Encode(Tensor x)
    {
        if (!hasHead) return (null, Layers("encoder", x, h => h.tanh()));
        var h = Dense("encoder.dense1", x).tanh();
        return (Dense("encoder.dense2", h), Dense("encoder.dense3", h));
    }

    /// <summary>The eleventh column is on where there is no label.</summary>
    Tensor Judge(Tensor z, Tensor y, Tensor isLabelled) =>
        Layers("discriminator", hasHead ? z : cat([z, y, 1 - isLabelled], 1), h => h.tanh());

    Tensor JudgeLabel(Tensor y) => Layers("label_discriminator", y, h => h.tanh());

    /// <summary>Codes of the petal that the label names, or that is drawn where there is none.</summary>
    static Tensor Petals(DrawSet draws, Tensor y, Tensor isLabelled, long rows)
    {
        var petal = (y + (1 - isLabelled) * Drawn(draws, "discriminator:component", rows)).argmax(1).to(ScalarType.Float64);
        var normal = Drawn(draws, "discriminator:prior.normal1", rows);
        var (along, across) = (1.4 + 0.5 * normal[.., 0], 0.05 * normal[.., 1]);
        var angle = petal * (2 * Math.PI / 10);
        return stack([along * angle.cos() - across * angle.sin(), along * angle.sin() + across * angle.cos()], 1);
    }
}

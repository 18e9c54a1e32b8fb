using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Zoo.Benchmarks.Replay;

using Tensor = TorchSharp.torch.Tensor;

/// <summary>
/// The peer of adversarial variational Bayes, Adam with β₁ = 0.5: z is made once for both losses; encoder and decoder see T before its
/// update where they move at every step, and after it where they wait for several.
/// </summary>
abstract class TorchAvb : TorchReplay
{
    readonly int every;
    readonly optim.Optimizer ofDiscriminator, ofAutoencoder;
    readonly TorchSharp.Modules.Parameter[] judges, players;

    TorchAvb(ParameterSet weights, int every, double rate, double rateOfDiscriminator) : base(weights)
    {
        this.every = every;
        (judges, players) = ([.. Of("discriminator")], [.. Of("encoder"), .. Of("decoder")]);
        ofDiscriminator = optim.Adam(judges, rateOfDiscriminator, 0.5);
        ofAutoencoder = optim.Adam(players, rate, 0.5);
    }

    /// <summary><see cref="Zoo.Models.FourPointsAvb"/>.</summary>
    public static TorchAvb Plain(ParameterSet weights) => new FourPoints(weights);

    /// <summary><see cref="Zoo.Models.FashionAvb"/>, or <see cref="SmoothAvb"/>.</summary>
    public static TorchAvb Contrasted(ParameterSet weights, bool isSmooth) => new Images(weights, isSmooth);

    /// <summary>z, what T is shown of it, and log r(z|x) − log p(z), 0 without a contrast.</summary>
    protected abstract (Tensor Z, Tensor Shown, Tensor Known) Encode(Tensor x, DrawSet draws);

    protected abstract Tensor Judge(Tensor x, Tensor z);

    protected abstract Tensor Decode(Tensor z);

    public override ReplayedLoss[] Step(long step, TorchBatch batch, DrawSet draws)
    {
        using var scope = NewDisposeScope();
        var x = batch.X;
        var (z, shown, known) = Encode(x, draws);
        var ofDraws = Judge(x, shown);
        var loss = F.softplus(-ofDraws).mean() + F.softplus(Judge(x, Drawn(draws, "discriminator:z", x.shape[0]))).mean();
        var gradients = autograd.grad([loss], judges, retain_graph: true);
        ReplayedLoss[] losses = [ReplayedLoss.NotDue, ReplayedLoss.NotDue, ReplayedLoss.NotDue, new(loss.item<double>())];
        if (every == 1)
        {
            var ofPlayers = Bound(ofDraws);
            Move(ofDiscriminator, judges, gradients);
            Move(ofAutoencoder, players, ofPlayers);
            return losses;
        }
        Move(ofDiscriminator, judges, gradients);
        if ((step + 1) % every == 0) Move(ofAutoencoder, players, Bound(Judge(x, shown)));
        return losses;

        IList<Tensor> Bound(Tensor t)
        {
            var reconstruction = -F.binary_cross_entropy_with_logits(Decode(z), x, reduction: nn.Reduction.None).sum(1);
            var (divergence, terms) = (t + known, (t.abs() + known.abs()).mean().item<double>());
            var bound = (reconstruction - divergence).mean();
            // T and what is known of the ratio cross 0, and so does their sum.
            losses[0] = new(reconstruction.mean().item<double>());
            losses[1] = new(divergence.mean().item<double>(), terms);
            losses[2] = new(bound.item<double>(), Math.Abs(losses[0].Value) + terms);
            return autograd.grad([-bound], players);
        }
    }

    public override void Dispose()
    {
        ofDiscriminator.Dispose();
        ofAutoencoder.Dispose();
        base.Dispose();
    }

    static void Move(optim.Optimizer optimizer, TorchSharp.Modules.Parameter[] parameters, IList<Tensor> gradients)
    {
        for (var i = 0; i < parameters.Length; i++) parameters[i].grad = gradients[i].MoveToOuterDisposeScope();
        optimizer.step();
    }

    sealed class FourPoints(ParameterSet weights) : TorchAvb(weights, 5, 2e-3, 2e-3)
    {
        protected override (Tensor Z, Tensor Shown, Tensor Known) Encode(Tensor x, DrawSet draws)
        {
            var z = Layers("encoder", cat([x, Drawn(draws, "discriminator:encoder.normal1", x.shape[0])], 1), h => F.elu(h, 1));
            return (z, z, zeros(x.shape[0], ScalarType.Float64));
        }

        protected override Tensor Judge(Tensor x, Tensor z) =>
            Layers("discriminator", cat([x, z], 1), h => F.elu(h, 1)).squeeze(1) + 0.5 * z.pow(2).sum(1);

        protected override Tensor Decode(Tensor z) => Layers("decoder", z, h => F.elu(h, 1));
    }

    sealed class Images(ParameterSet weights, bool isSmooth) : TorchAvb(weights, 1, isSmooth ? 5e-5 : 2e-4, isSmooth ? 1e-4 : 4e-4)
    {
        protected override (Tensor Z, Tensor Shown, Tensor Known) Encode(Tensor x, DrawSet draws)
        {
            var h = F.elu(Dense("encoder.dense1", x), 1);
            var z = Dense("encoder.dense2", h);
            var (mean, variance) = (z, tensor(1e-4, ScalarType.Float64));
            for (var i = 0; i < 4; i++)
            {
                Tensor Layer(int layer, Tensor input) => Dense($"encoder.dense{3 + 4 * i + layer}", input);
                var noise = Drawn(draws, $"discriminator:encoder.normal{i + 1}", x.shape[0]);
                var v = Layer(2, F.elu(Layer(1, F.elu(Layer(0, noise), 1)), 1));
                var a = F.elu(Layer(3, h) - 2, 1) + 1;
                z = z + a * v;
                mean = mean + a * v.mean([0]);
                variance = variance + a.pow(2) * v.var(0, unbiased: false);
            }
            (mean, variance) = (mean.detach(), variance.detach());
            var shown = (z - mean) / variance.sqrt();
            var known = 0.5 * (z.pow(2) - shown.pow(2) - variance.log()).sum(1);
            return (z, shown, known);
        }

        protected override Tensor Judge(Tensor x, Tensor z)
        {
            Tensor Hidden(int layer, Tensor input) =>
                Dense($"discriminator.dense{layer}", input) is var h && isSmooth ? h.tanh() : F.leaky_relu(h, 0.2);
            var (ofExample, ofCode) = (Hidden(1, x), Hidden(2, z));
            var product = (Dense("discriminator.dense3", ofExample) * Dense("discriminator.dense4", ofCode)).sum(1);
            return product + (Dense("discriminator.dense5", ofExample) + Dense("discriminator.dense6", ofCode)).squeeze(1);
        }

        protected override Tensor Decode(Tensor z) => Layers("decoder", z, h => F.elu(h, 1));
    }
}

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Peers;

/// <summary>
/// Adversarial variational Bayes with adaptive contrast on 28×28, the networks of Zoo.Models' FashionAvb, Adam β₁ 0.5: one forward pass for
/// both losses, each differentiated for its own parameters alone; the half of T that reads the image runs once, and scales and z₀ of the
/// encoder are one layer.
/// </summary>
public sealed class AvbStep : IPeerStep
{
    const int Latent = 8, Bases = 4;

    readonly Linear encoder = Linear(784, 400), heads = Linear(400, (1 + Bases) * Latent);
    readonly Sequential[] bases = [.. Enumerable.Range(0, Bases).Select(_ => Sequential(
        ("1", Linear(16, 128)), ("2", ELU()), ("3", Linear(128, 128)), ("4", ELU()), ("5", Linear(128, Latent))))];
    readonly Sequential decoder = Sequential(("1", Linear(Latent, 400)), ("2", ELU()), ("3", Linear(400, 784)));
    readonly Linear ofExample = Linear(784, 512), ofCode = Linear(Latent, 512), left = Linear(512, 256), right = Linear(512, 256);
    readonly Linear exampleAlone = Linear(512, 1), codeAlone = Linear(512, 1);
    readonly Parameter[] judges, players;
    readonly optim.Optimizer forDiscriminator, forAutoencoder;

    public AvbStep()
    {
        init.zeros_(right.weight);
        judges = Of(ofExample, ofCode, left, right, exampleAlone, codeAlone);
        players = Of([encoder, heads, .. bases, decoder]);
        forDiscriminator = optim.Adam(judges, 4e-4, 0.5);
        forAutoencoder = optim.Adam(players, 2e-4, 0.5);
    }

    static Parameter[] Of(params Module[] modules) => [.. modules.SelectMany(m => m.parameters())];

    public void Run(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rows = x.shape[0];
        var parts = heads.forward(F.elu(encoder.forward(x), 1)).chunk(1 + Bases, 1);
        var (z, mean, variance) = (parts[0], parts[0].detach(), (Tensor)1e-4f);
        for (var i = 0; i < Bases; i++)
        {
            var (v, a) = (bases[i].forward(randn(rows, 16)), F.elu(parts[i + 1] - 2, 1) + 1);
            z = z + a * v;
            using var still = no_grad();
            mean = mean + a * v.mean([0]);
            variance = variance + a.pow(2) * v.var(0, unbiased: false);
        }
        var shown = (z - mean) * variance.rsqrt();
        var known = 0.5 * (z.pow(2) - shown.pow(2) - variance.log()).sum(1);

        var features = F.leaky_relu(ofExample.forward(x), 0.2);
        var (factor, constant) = (left.forward(features), exampleAlone.forward(features).squeeze(1));
        Tensor Judge(Tensor code)
        {
            var h = F.leaky_relu(ofCode.forward(code), 0.2);
            return (factor * right.forward(h)).sum(1) + constant + codeAlone.forward(h).squeeze(1);
        }
        var t = Judge(shown);
        var discriminator = F.softplus(-t).mean() + F.softplus(Judge(randn(rows, Latent))).mean();
        var reconstruction = F.binary_cross_entropy_with_logits(decoder.forward(z), x, reduction: Reduction.Sum) / rows;
        var ofJudges = autograd.grad([discriminator], judges, retain_graph: true);
        var ofPlayers = autograd.grad([reconstruction + (t + known).mean()], players);
        Move(forDiscriminator, judges, ofJudges);
        Move(forAutoencoder, players, ofPlayers);
    }

    static void Move(optim.Optimizer optimizer, Parameter[] parameters, IList<Tensor> gradients)
    {
        for (var i = 0; i < parameters.Length; i++) parameters[i].grad = gradients[i].MoveToOuterDisposeScope();
        optimizer.step();
        // Freed now, and not when the collector comes.
        foreach (var parameter in parameters)
        {
            parameter.grad?.Dispose();
            parameter.grad = null;
        }
    }

    public void Dispose()
    {
        forDiscriminator.Dispose();
        forAutoencoder.Dispose();
        foreach (var module in (Module[])[encoder, heads, .. bases, decoder, ofExample, ofCode, left, right, exampleAlone, codeAlone])
            module.Dispose();
    }
}

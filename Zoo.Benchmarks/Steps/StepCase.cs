using Peers;
using Zoo.Benchmarks.Limits;
using Zoo.Benchmarks.Models;
using Zoo.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// A training step that is measured: ours, the peer's, and what any program must do for it, of which T1 is made. Where phases are due at
/// different times, the unit is a round in which each was due at least once.
/// </summary>
/// <param name="Name">Name on the command line and in tables.</param>
/// <param name="Batch">Examples in a batch.</param>
/// <param name="ExampleSize">Numbers in an example.</param>
/// <param name="Own">Our side.</param>
/// <param name="Peer">The same step in TorchSharp.</param>
abstract record StepCase(string Name, int Batch, int ExampleSize, Func<Device, ZooModel> Own, Func<IPeerStep> Peer)
{
    public static IReadOnlyList<StepCase> All { get; } =
    [
        .. VaeCase.All,
        new ConditionalVaeCase(
            "cvae-b100", 784, 256, 8, 100, Labels: 10,
            device => ZooModel.OfLabelled(new FashionConditionalVae(1, device), model => model.Train)),
        new AdversarialAutoencoderCase(
            "aae-mixture-b100", 784, 1000, 2, 100, Labels: 10,
            device => ZooModel.OfLabelled(new FashionMixtureAae(1, device), model => model.Train)),
        new AdversarialCase(
            "gan-784-b128", 128, [64, 256, 512, 784], [784, 512, 256, 1], OpponentSteps: 0, HasPenalty: false,
            device => ZooModel.Of(new FashionGan(1, device), model => model.Train), GanStep.Dense),
        new AdversarialCase(
            "wgan-gp-grid-b256", 256, [2, 512, 512, 512, 2], [2, 512, 512, 512, 1], OpponentSteps: 5, HasPenalty: true,
            device => ZooModel.Of(new GridWgan(1, device), model => model.Train), WganStep.Grid),
        new AdversarialCase(
            "wgan-gp-fashion-b64", 64, [64, 256, 512, 784], [784, 512, 256, 1], OpponentSteps: 5, HasPenalty: true,
            device => ZooModel.Of(new FashionWgan(1, device), model => model.Train), WganStep.Fashion),
        new EnergyBasedGanCase(
            "ebgan-b64", 64, Latent: 50, Hidden: 256, Pixels: 784, Code: 64,
            device => ZooModel.Of(new FashionEbgan(1, device), model => model.Train)),
        new BiGanCase(
            "bigan-b128", 128, Latent: 50, Hidden: 1024, Pixels: 784,
            device => ZooModel.Of(new FashionBiGan(1, device), model => model.Train)),
        new AvbCase("avb-b128"),
        new ConvolutionalVaeCase("conv-vae-b64"),
        new ConvolutionalAdversarialCase(
            "dcgan-b64", OpponentSteps: 0, device => ZooModel.Of(new FashionDcgan(1, device), model => model.Train), GanStep.Convolutional),
        new ConvolutionalAdversarialCase(
            "conv-wgan-gp-b64", OpponentSteps: 5, device => ZooModel.Of(new FashionConvolutionalWgan(1, device), model => model.Train),
            WganStep.Convolutional),
    ];

    /// <summary>Calls of <c>Train</c> in one unit.</summary>
    public virtual int Calls => 1;

    /// <summary>How many classes examples have a label of; 0 where they have none.</summary>
    public virtual int Classes => 0;

    /// <summary>
    /// The matrix products of a unit. Products of one column are sums in the loops that make their operand, and not among them.
    /// </summary>
    public abstract IReadOnlyList<ProductShape> Products { get; }

    /// <summary>The convolutions of a unit, transposed ones and gradients among them, each a pass over one geometry.</summary>
    public virtual IReadOnlyList<ConvolutionShape> Convolutions => [];

    /// <summary>How many parameters an optimiser moves at once, and how often in a unit.</summary>
    public abstract IReadOnlyList<(int Parameters, int Times)> Updates { get; }

    /// <summary>Exponentials, and what costs about as much as one.</summary>
    public abstract double Transcendentals { get; }

    public double Operations => Products.Sum(product => product.Operations) + Convolutions.Sum(pass => pass.Operations);

    /// <summary>The case with that name.</summary>
    public static StepCase Of(string name) => All.Single(each => each.Name == name);
}

using Zoo.Models;

namespace Zoo.Benchmarks.Replay;

/// <summary>A model that TorchSharp follows step by step, from the same weights, batches and draws.</summary>
/// <param name="Name">The class; its golden is <c>{Name}.csv</c>.</param>
/// <param name="Steps">
/// How many steps are compared. A ReLU whose operand is within a rounding error of 0 is on in one program and off in the other. The slope
/// of a critic then jumps, and with it the penalty; and Adam, which divides by the size of a gradient, moves a weight whose gradient was
/// 0 until then by a full step however small the new one is. The larger the batch and the layers, the sooner that happens; from there
/// on the training amplifies it, in TorchSharp beside itself just as well: <c>replay --control</c>.
/// </param>
/// <param name="ExampleSize">Floats of an example.</param>
/// <param name="Create">A new model on a device.</param>
/// <param name="FillBatch">What it is trained on.</param>
/// <param name="Classes">How many there are, where it takes labels.</param>
/// <param name="ConditionSize">Floats of a condition, where it takes one.</param>
sealed record ReplayedModel(
    string Name, int Steps, int ExampleSize, Func<Device, IGenerativeModel> Create, FillBatch FillBatch, int Classes = 0,
    int ConditionSize = 0)
{
    /// <summary>Room for a batch.</summary>
    public ReplayBatch Room(int rows) =>
        new(new float[rows * ExampleSize], new int[Classes > 0 ? rows : 0], new float[rows * ConditionSize]);

    /// <summary>How far losses may be apart, relative to their size.</summary>
    public const double Tolerance = 1e-4;

    const ulong Seed = 1;

    public static IReadOnlyList<ReplayedModel> All { get; } =
    [
        new(nameof(FashionVae), 100, 784, device => new FashionVae(Seed, device), ReplayBatches.Images),
        new(nameof(FashionConditionalVae), 100, 784, device => new FashionConditionalVae(Seed, device), ReplayBatches.LabelledImages,
            Classes: 10),
        new(nameof(FashionQuadrantVae), 50, 588, device => new FashionQuadrantVae(Seed, device), ReplayBatches.Quadrants,
            ConditionSize: 196),
        new(nameof(SoftQuadrantVae), 100, 588, device => new SoftQuadrantVae(Seed, device), ReplayBatches.Quadrants, ConditionSize: 196),
        new(nameof(SmallConvolutionalVae), 40, 784, device => new SmallConvolutionalVae(Seed, device), ReplayBatches.Images),
        new(nameof(SmoothConvolutionalVae), 100, 784, device => new SmoothConvolutionalVae(Seed, device), ReplayBatches.Images),
        new(nameof(SmallDcgan), 30, 784, device => new SmallDcgan(Seed, device), ReplayBatches.Images),
        new(nameof(SmoothDcgan), 100, 784, device => new SmoothDcgan(Seed, device), ReplayBatches.Images),
        new(nameof(RingGan), 100, 2, device => new RingGan(Seed, device), ReplayBatches.Ring),
        new(nameof(MinimaxGan), 100, 2, device => new MinimaxGan(Seed, device), ReplayBatches.Ring),
        new(nameof(FashionGan), 10, 784, device => new FashionGan(Seed, device), ReplayBatches.Images),
        new(nameof(ClippedWgan), 100, 2, device => new ClippedWgan(Seed, device), ReplayBatches.Grid),
        new(nameof(PenalisedWgan), 100, 2, device => new PenalisedWgan(Seed, device), ReplayBatches.Grid),
        new(nameof(GridWgan), 20, 2, device => new GridWgan(Seed, device), ReplayBatches.Grid),
        new(nameof(FashionEbgan), 100, 784, device => new FashionEbgan(Seed, device), ReplayBatches.Images),
        new(nameof(SmoothEbgan), 100, 2, device => new SmoothEbgan(Seed, device), ReplayBatches.Grid),
        new(nameof(FashionBiGan), 100, 784, device => new FashionBiGan(Seed, device), ReplayBatches.Images),
        new(nameof(MixtureBiGan), 100, 2, device => new MixtureBiGan(Seed, device), ReplayBatches.Grid),
        new(nameof(SmallMixtureAae), 100, 784, device => new SmallMixtureAae(Seed, device),
            ReplayBatches.PartlyLabelledImages, Classes: 10),
        new(nameof(SmallSemiSupervisedAae), 100, 784, device => new SmallSemiSupervisedAae(Seed, device),
            ReplayBatches.PartlyLabelledImages, Classes: 10),
        new(nameof(SmoothAli), 100, 2, device => new SmoothAli(Seed, device), ReplayBatches.Grid),
        new(nameof(FourPointsAvb), 100, 4, device => new FourPointsAvb(Seed, device), ReplayBatches.FourPoints),
        new(nameof(SmoothAvb), 100, 784, device => new SmoothAvb(Seed, device), ReplayBatches.Images),
        new(nameof(FashionAvb), 40, 784, device => new FashionAvb(Seed, device), ReplayBatches.Images),
    ];
}

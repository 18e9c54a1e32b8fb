using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// The generator 64-128×7×7-64×14×14-28×28 with batch normalisation against an opponent 28×28-64×14×14-128×7×7-1: the DCGAN, where both
/// learn in one step from the same images, and with a penalty on the slope of a critic that has layer normalisation. That layer has a
/// second derivative, so the slope's gradient comes back through the second convolution.
/// </summary>
/// <param name="OpponentSteps">Steps of the critic for one of the generator; 0: both in one step, without penalty.</param>
sealed record ConvolutionalAdversarialCase(string Name, int OpponentSteps, Func<Device, ZooModel> Own, Func<IPeerStep> Peer)
    : StepCase(Name, Rows, 784, Own, Peer)
{
    const int Rows = 64, Latent = 64, Features = 128 * 7 * 7;

    static readonly ConvolutionPasses Up = new("up 1", 14, 64, 128, 4), Image = new("up 2", 28, 1, 64, 4);
    static readonly ConvolutionPasses First = new("conv 1", 28, 1, 64, 4), Second = new("conv 2", 14, 64, 128, 4);
    static readonly DenseProducts Start = new("start", Latent, Features);

    public override int Calls => Math.Max(1, OpponentSteps);

    bool HasPenalty => OpponentSteps > 0;

    int Generations => HasPenalty ? OpponentSteps + 1 : 1;

    public override IReadOnlyList<ProductShape> Products =>
        [.. Enumerable.Range(0, Generations).SelectMany(_ => Start.Forward(Rows)), .. Start.WeightGradients(Rows)];

    public override IReadOnlyList<ConvolutionShape> Convolutions =>
    [
        .. Enumerable.Range(0, Generations).SelectMany(_ => (ConvolutionShape[])[Up.ToImage(Rows), Image.ToImage(Rows)]),
        .. Enumerable.Range(0, Calls).SelectMany(_ => OpponentStep()),
        // The generator's step: judged, and back to the codes' layer.
        First.ToWindows(Rows), Second.ToWindows(Rows), Second.ToImage(Rows), First.ToImage(Rows),
        Image.ToWindows(Rows), Image.ToWeight(Rows), Up.ToWindows(Rows), Up.ToWeight(Rows),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates =>
    [
        (First.Weights + 64 + Second.Weights + (HasPenalty ? 128 + 2 * Features : 2 * 128) + Features + 1, Calls),
        (Latent * Features + 2 * 128 + Up.Weights + 2 * 64 + Image.Weights + 1, 1),
    ];

    /// <summary>Per number of a code log, sine and cosine; exp for each pixel that is a sigmoid's, and for each logit of a GAN.</summary>
    public override double Transcendentals => Rows * (Generations * (3.0 * Latent + 784) + (HasPenalty ? 0 : 6));

    static IEnumerable<ConvolutionShape> Learn(int rows) =>
        [First.ToWindows(rows), Second.ToWindows(rows), Second.ToImage(rows), First.ToWeight(rows), Second.ToWeight(rows)];

    IEnumerable<ConvolutionShape> OpponentStep() => HasPenalty
        ?
        [
            // Real, generated, and what lies between them, whose slope is made of the way back.
            .. Learn(3 * Rows), First.ToImage(Rows),
            // The slope's gradient: forward once more, and back from the second derivative of the layer normalisation.
            First.ToWindows(Rows), Second.ToWindows(Rows), Second.ToImage(Rows), Second.ToWeight(Rows), First.ToWeight(Rows),
        ]
        : Learn(2 * Rows);
}

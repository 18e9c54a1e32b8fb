using Peers;
using Zoo.Benchmarks.Limits;
using Zoo.Benchmarks.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary><see cref="ConvolutionalVae"/>: two convolutions, dense heads, a dense layer back and two transposed convolutions.</summary>
sealed record ConvolutionalVaeCase(string Name)
    : StepCase(Name, Rows, 784, device => ZooModel.Of(new ConvolutionalVae(1, device), model => model.Train), () => new ConvVaeStep())
{
    const int Rows = 64, Latent = 16, Features = 64 * 7 * 7;

    static readonly ConvolutionPasses First = new("conv 1", 28, 1, 32, 3), Second = new("conv 2", 14, 32, 64, 3);
    static readonly ConvolutionPasses Third = new("up 1", 14, 32, 64, 4), Last = new("up 2", 28, 1, 32, 4);
    static readonly DenseProducts Heads = new("heads", Features, 2 * Latent), Expand = new("expand", Latent, Features);

    public override IReadOnlyList<ProductShape> Products =>
    [
        .. Heads.Forward(Rows), Heads.Input(0, Rows, Features), .. Heads.WeightGradients(Rows),
        .. Expand.Forward(Rows), Expand.Input(0, Rows, Latent), .. Expand.WeightGradients(Rows),
    ];

    public override IReadOnlyList<ConvolutionShape> Convolutions =>
    [
        First.ToWindows(Rows), First.ToWeight(Rows), Second.ToWindows(Rows), Second.ToImage(Rows), Second.ToWeight(Rows),
        Third.ToImage(Rows), Third.ToWindows(Rows), Third.ToWeight(Rows), Last.ToImage(Rows), Last.ToWindows(Rows), Last.ToWeight(Rows),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates =>
        [(First.Weights + 32 + Second.Weights + 64 + Heads.Parameters + Expand.Parameters + Third.Weights + 32 + Last.Weights + 1, 1)];

    /// <summary>
    /// Per pixel exp and log1p of the loss; per latent element exp of the deviation, and log, sine and cosine of its normal number.
    /// </summary>
    public override double Transcendentals => Rows * (2.0 * 784 + 4.0 * Latent);
}

using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// A dense generator and a dense auto-encoder on images, with the pulling-away term: both phases see the same images, which the
/// auto-encoder sees again once it has moved.
/// </summary>
/// <param name="Latent">Width of the generator's codes.</param>
/// <param name="Hidden">Width of its hidden layer.</param>
/// <param name="Pixels">Of an image.</param>
/// <param name="Code">Width of the auto-encoder's codes.</param>
sealed record EnergyBasedGanCase(string Name, int Batch, int Latent, int Hidden, int Pixels, int Code, Func<Device, ZooModel> Own)
    : StepCase(Name, Batch, Pixels, Own, () => new EnergyBasedGanStep())
{
    readonly DenseProducts generator = new("generator", Latent, Hidden, Pixels), coder = new("auto-encoder", Pixels, Code, Pixels);

    public override IReadOnlyList<ProductShape> Products =>
    [
        .. generator.Forward(Batch),
        // Real and generated images.
        .. coder.Forward(2 * Batch), .. coder.Backward(2 * Batch), .. coder.WeightGradients(2 * Batch),
        .. coder.Forward(Batch), .. coder.Backward(Batch), coder.Input(0, Batch, Pixels),
        // The term's square, and its gradient.
        new("pairs", Code, Code, Batch, TransposeA: true), new("∂pairs", Batch, Code, Code),
        .. generator.Backward(Batch), .. generator.WeightGradients(Batch),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates => [(coder.Parameters, 1), (generator.Parameters, 1)];

    /// <summary>Per number of a code log, sine and cosine; exp for each pixel of an image and of three reconstructions.</summary>
    public override double Transcendentals => Batch * (3.0 * Latent + 4.0 * Pixels);
}

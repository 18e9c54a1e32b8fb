using Peers;
using Zoo.Benchmarks.Limits;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// An adversarial auto-encoder of dense layers, two hidden ones of one width in each network, labels beside the code that its discriminator
/// sees. A label chooses a row of a weight, and its gradient adds rows up: neither is a product.
/// </summary>
sealed record AdversarialAutoencoderCase(
    string Name, int Input, int Hidden, int Latent, int Batch, int Labels, Func<Device, ZooModel> Own)
    : StepCase(Name, Batch, Input, Own, () => new AdversarialAutoencoderStep(Input, Hidden, Latent, Batch, Labels))
{
    public override int Classes => Labels;

    IReadOnlyList<int> Encoder => [Input, Hidden, Hidden, Latent];

    IReadOnlyList<int> Decoder => [Latent, Hidden, Hidden, Input];

    /// <summary>Without its last layer, whose products have one column.</summary>
    IReadOnlyList<int> Discriminator => [Latent, Hidden, Hidden];

    public override IReadOnlyList<ProductShape> Products =>
    [
        // Reconstruction: both networks forward and back.
        .. Forward("encoder", Encoder, Batch), .. Forward("decoder", Decoder, Batch), .. Backward("decoder", Decoder, Batch, first: 0),
        .. Backward("encoder", Encoder, Batch, first: 1), .. WeightGradients("encoder", Encoder, Batch),
        .. WeightGradients("decoder", Decoder, Batch),
        // The discriminator on codes of both kinds.
        .. Forward("codes", Encoder, Batch), .. Forward("discriminator", Discriminator, 2 * Batch),
        .. Backward("discriminator", Discriminator, 2 * Batch, first: 1), .. WeightGradients("discriminator", Discriminator, 2 * Batch),
        // The encoder against it, through its moved weights.
        .. Forward("judge", Discriminator, Batch), .. Backward("judge", Discriminator, Batch, first: 0),
        .. Backward("codes", Encoder, Batch, first: 1), .. WeightGradients("codes", Encoder, Batch),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates =>
    [
        (Weights(Encoder), 2), (Weights(Decoder), 1), (Weights(Discriminator) + (Labels + 1) * Hidden + Hidden + 1, 1),
    ];

    /// <summary>Exp and log1p of each pixel and its slope; log, sine and cosine of a code; three logits.</summary>
    public override double Transcendentals => Batch * (3.0 * Input + 3.0 * Latent + 3 * 3.0);

    static IEnumerable<int> Layers(IReadOnlyList<int> widths) => Enumerable.Range(0, widths.Count - 1);

    static IEnumerable<ProductShape> Forward(string name, IReadOnlyList<int> widths, int rows) =>
        Layers(widths).Select(i => new ProductShape($"{name}.{i + 1}", rows, widths[i + 1], widths[i]));

    static IEnumerable<ProductShape> Backward(string name, IReadOnlyList<int> widths, int rows, int first) => Layers(widths).Skip(first)
        .Select(i => new ProductShape($"∂{name}.{i + 1}.x", rows, widths[i], widths[i + 1], TransposeB: true));

    static IEnumerable<ProductShape> WeightGradients(string name, IReadOnlyList<int> widths, int rows) =>
        Layers(widths).Select(i => new ProductShape($"∂{name}.{i + 1}.W", widths[i], widths[i + 1], rows, TransposeA: true));

    static int Weights(IReadOnlyList<int> widths) => Layers(widths).Sum(i => (widths[i] + 1) * widths[i + 1]);
}

using Peers;
using Zoo.Benchmarks.Limits;
using Zoo.Models;

namespace Zoo.Benchmarks.Steps;

/// <summary>
/// <see cref="FashionAvb"/>: encoder, bases of noise, decoder and T from one forward pass. T's half that reads the example alone is the
/// same for both of its calls, and no gradient of its weights is made for the bound.
/// </summary>
sealed record AvbCase(string Name)
    : StepCase(Name, Rows, Pixels, device => ZooModel.Of(new FashionAvb(1, device), model => model.Train), () => new AvbStep())
{
    const int Rows = 128, Pixels = 784, Hidden = 400, Latent = 8, Bases = 4, Noise = 16, Base = 128, Features = 512, Inner = 256;

    // z₀ and the scales of all bases read one value.
    const int Heads = (1 + Bases) * Latent;

    public override IReadOnlyList<ProductShape> Products =>
    [
        new("encoder.1", Rows, Hidden, Pixels), new("encoder.heads", Rows, Heads, Hidden),
        new("∂heads.W", Hidden, Heads, Rows, TransposeA: true), new("∂heads.x", Rows, Hidden, Heads, TransposeB: true),
        new("∂encoder.1.W", Pixels, Hidden, Rows, TransposeA: true),
        .. Enumerable.Range(0, Bases).SelectMany(_ => Network("base", [Noise, Base, Base, Latent], Rows)),
        .. Network("decoder", [Latent, Hidden, Pixels], Rows), new("∂decoder.x", Rows, Latent, Hidden, TransposeB: true),
        .. Network("T of x", [Pixels, Features, Inner], Rows),
        .. Network("T of z", [Latent, Features, Inner], 2 * Rows),
        // Through T to the code.
        new("∂T.2.x", Rows, Features, Inner, TransposeB: true), new("∂T.1.x", Rows, Latent, Features, TransposeB: true),
    ];

    public override IReadOnlyList<(int Parameters, int Times)> Updates =>
    [
        (Weights(Pixels, Hidden) + Weights(Hidden, Heads) + Bases * (Weights(Noise, Base) + Weights(Base, Base) + Weights(Base, Latent))
            + Weights(Latent, Hidden) + Weights(Hidden, Pixels), 1),
        (Weights(Pixels, Features) + Weights(Latent, Features) + 2 * Weights(Features, Inner) + 2 * Weights(Features, 1), 1),
    ];

    /// <summary>Per pixel exp and log1p of the loss; per ELU exp; log, sine and cosine of noise and of T's codes.</summary>
    public override double Transcendentals =>
        Rows * (2.0 * Pixels + 2.0 * Hidden + Bases * (2.0 * Base + Latent) + 3.0 * (Bases * Noise + Latent));

    static int Weights(int input, int output) => (input + 1) * output;

    /// <summary>Forward, gradients of weights, and of all activations but the first.</summary>
    static IEnumerable<ProductShape> Network(string name, int[] widths, int rows)
    {
        for (var i = 0; i + 1 < widths.Length; i++)
        {
            yield return new($"{name}.{i + 1}", rows, widths[i + 1], widths[i]);
            yield return new($"∂{name}.{i + 1}.W", widths[i], widths[i + 1], rows, TransposeA: true);
            if (i > 0) yield return new($"∂{name}.{i + 1}.x", rows, widths[i], widths[i + 1], TransposeB: true);
        }
    }
}

using System.Globalization;

namespace Zoo.Benchmarks.Generation;

/// <summary>Declarations of any depth: so many layers in the encoder, and as many in the decoder.</summary>
static class DeepModel
{
    /// <summary>Kinds of layers, with the C# of one.</summary>
    public static readonly (string Kind, string Layer)[] Kinds =
    [
        ("dense", "h.Dense(64).Relu()"), ("residual", "h + h.LayerNorm().Dense(64).Silu()"),
    ];

    public static string Source(string layer, int layers) => string.Create(CultureInfo.InvariantCulture, $$"""
        using Zoo;

        [Vae(Input = [64], Batch = 32)]
        [Adam]
        public partial class Deep
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(64);
                for (var i = 0; i < {{layers}}; i++) h = {{layer}};
                return new(h.Dense(8), h.Dense(8));
            }

            static Bernoulli Decoder(Tensor z)
            {
                var h = z.Dense(64);
                for (var i = 0; i < {{layers}}; i++) h = {{layer}};
                return new(h.Dense(64));
            }
        }
        """);
}

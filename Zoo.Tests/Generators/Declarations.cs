namespace Zoo.Tests.Generators;

/// <summary>Models as source text.</summary>
static class Declarations
{
    public const string FashionVae = """
        using Zoo;

        namespace Zoo.Surface;

        /// <summary>A model.</summary>
        [Vae(Input = [784], Batch = 128)]
        [Adam(LearningRate = 1e-3f)]
        public partial class FashionVae
        {
            static Gaussian Encoder(Tensor x)
            {
                var h = x.Dense(400).Relu();
                return new Gaussian(mean: h.Dense(20), logVariance: h.Dense(20));
            }

            static Bernoulli Decoder(Tensor z) => new(logits: z.Dense(400).Relu().Dense(784));
        }
        """;

    /// <summary>A VAE over 8 numbers whose encoder has this body; further members may follow.</summary>
    public static string Vae(string encoder, string members = "", string attributes = "") => $$"""
        using Zoo;

        /// <summary>A model.</summary>
        [Vae(Input = [8], Batch = 4)]
        {{attributes}}
        public partial class M
        {
            static Gaussian Encoder(Tensor x)
            {
                {{encoder}}
            }

            static Bernoulli Decoder(Tensor z) => new(z.Flatten().Dense(8));
            {{members}}
        }
        """;
}

namespace Zoo.Tests.Adversarial;

/// <summary>Small models with several phases, one for each thing that phases do.</summary>
static class AdversarialDeclarations
{
    const string Networks = """
            static Tensor Generator(Tensor z) => z.Dense(7).Tanh().Dense(3);
            static Tensor OPPONENT(Tensor x) => x.Dense(9).LeakyRelu(0.2f).Dense(6).Softplus().Dense(1);
        """;

    static string Class(string attributes, string body) => $$"""
        using Zoo;

        {{attributes}}
        public partial class M
        {
            {{body}}
        }
        """;

    static string Gan(string options, string more = "") => Class(
        $"[Gan(Input = [3], Batch = 6{options})]\n[Adam(LearningRate = 1e-2f, Beta1 = 0.5f)]",
        Networks.Replace("OPPONENT", "Discriminator") + more);

    static string Wgan(string options, string optimizer) => Class(
        $"[WassersteinGan(Input = [3], Latent = [4], Batch = 6, CriticSteps = 3{options})]\n{optimizer}",
        Networks.Replace("OPPONENT", "Critic"));

    static string BiGan(string encoder) => Class(
        "[BiGan(Input = [3], Batch = 6)]\n[Adam(LearningRate = 1e-2f, Beta1 = 0.5f)]\n[Sgd(LearningRate = 1e-2f, For = nameof(Generator))]",
        $$"""
        {{encoder}}
        static Tensor Generator(Tensor z) => z.Dense(7).Tanh().Dense(3);
        static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(9).LeakyRelu(0.2f).Dense(1);
        """);

    static string Ebgan(string options, string encoder, string more = "") => Class(
        $"[EnergyBasedGan(Input = [3], Batch = 6{options})]\n[Adam(LearningRate = 1e-2f, Beta1 = 0.5f)]\n"
            + "[Sgd(LearningRate = 1e-2f, For = nameof(Decoder))]",
        $$"""
        static Tensor Generator(Tensor z) => z.Dense(7).Tanh().Dense(3);
        {{encoder}}
        {{more}}
        """);

    static string Avb(string options, string encoder) => Class(
        $"[AdversarialVariationalBayes(Input = [3], Batch = 6{options})]\n[Adam(LearningRate = 1e-2f, Beta1 = 0.5f)]\n"
            + "[Sgd(LearningRate = 1e-2f, For = nameof(Decoder))]",
        $$"""
        {{encoder}}
        static Gaussian Decoder(Tensor z) => new(z.Dense(7).Tanh().Dense(3), Tensor.Parameter("log_variance", [1]));
        static Tensor Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(9).Elu().Dense(1) + z.Square().Sum();
        """);

    /// <summary>z = z₀(x) + Σ aᵢ(x)·vᵢ(nᵢ), the moments of the vᵢ taken in the batch.</summary>
    const string Contrasted = """
        static (Tensor Z, Gaussian Contrast) Encoder(Tensor x, Noise n)
        {
            var h = x.Dense(6).Tanh();
            Tensor z = h.Dense(2), mean = z, variance = 1e-4f;
            for (var i = 0; i < 2; i++)
            {
                Tensor v = n.Normal(3).Dense(5).Elu().Dense(2), a = h.Dense(2).Exp();
                z += a * v;
                mean += a * v.BatchMean();
                variance += a.Square() * v.BatchVariance();
            }
            return (z, new(mean, variance.Log()));
        }
        """;
    static string Aae(string options, string networks) => Class(
        $"[AdversarialAutoencoder(Input = [3], Batch = 6{options})]\n[Adam(LearningRate = 1e-2f, Phase = \"reconstruction\")]\n"
            + "[Adam(LearningRate = 2e-3f, Beta1 = 0.5f)]\n[Sgd(LearningRate = 1e-2f, For = nameof(Discriminator))]",
        networks);

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["gan"] = Gan(", Latent = [4]"),
        ["minimax"] = Gan(", Latent = [4], Loss = GanLoss.Minimax"),
        ["smoothed"] = Gan(", Latent = [4], LabelSmoothing = 0.1f, InstanceNoise = 0.3f"),
        ["prior"] = Gan("",
            "static Tensor Prior(Noise n) => Tensor.Concat(n.Uniform(2), n.Normal(3, name: \"wide\") * Tensor.Parameter(\"scale\", [3], "
                + "Init.Ones));"),
        ["clipped"] = Wgan(", Clip = 0.05f", "[RmsProp(LearningRate = 1e-2f)]"),
        ["penalised"] = Wgan(", Penalty = 10f", "[Adam(LearningRate = 1e-2f, Beta1 = 0.5f, Beta2 = 0.9f)]"),
        ["optimisers"] = Wgan(
            ", Penalty = 1f",
            "[Sgd(LearningRate = 1e-2f, Momentum = 0.9f, Phase = \"critic\", ClipNorm = 0.5f)]\n[RmsProp(LearningRate = 1e-3f, For = "
                + "nameof(Generator), Phase = \"Generator\")]\n[Adam]"),
        ["bigan"] = BiGan("static Tensor Encoder(Tensor x) => x.Dense(6).Tanh().Dense(2);"),
        ["ali"] = BiGan(
            "static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(6).Tanh().Dense(2);\n"
                + "static Tensor Prior(Noise n) => 2f * n.Uniform(2) - 1f;"),
        ["gaussian ali"] = BiGan(
            "static Gaussian Encoder(Tensor x) { var h = x.Dense(6).Tanh(); return new(h.Dense(2), h.Dense(2).Tanh()); }"),
        // Margins near the energies.
        ["ebgan"] = Ebgan(", Latent = [4], Margin = 0.3f",
            "static Tensor Encoder(Tensor x) => x.Dense(5).Tanh();", "static Tensor Decoder(Tensor h) => h.Dense(3);"),
        ["ebgan pulling away"] = Ebgan(", Latent = [4], Margin = 0.3f, PullingAway = 0.5f",
            "static Tensor Encoder(Tensor x) => x.Dense(6).LeakyRelu(0.2f).Dense(5);", "static Tensor Decoder(Tensor h) => h.Dense(3);"),
        // The norm, codes with two axes, some of them of zeros, and a prior with a parameter.
        ["ebgan by the norm"] = Ebgan(", Margin = 1f, PullingAway = 2f, Reduction = EnergyReduction.Norm",
            "static Tensor Encoder(Tensor x) => x.Dense(4).Relu().Reshape(2, 2);",
            """
            static Tensor Decoder(Tensor h) => h.Reshape(4).Dense(6).Tanh().Dense(3);
            static Tensor Prior(Noise n) => Tensor.Parameter("scale", [2], Init.Ones) * n.Normal(2);
            """),
        ["ebgan by the sum"] = Ebgan(", Latent = [2], Margin = 2f, PullingAway = 0.1f, Reduction = EnergyReduction.SumOfSquares",
            "static Tensor Encoder(Tensor x) => x.Dense(9).Tanh();", "static Tensor Decoder(Tensor h) => h.Dense(3);"),
        ["avb"] = Avb(
            ", DiscriminatorSteps = 2",
            "static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(4)).Dense(7).Elu().Dense(2);"),
        ["avb with a contrast"] = Avb("", Contrasted),
        // A prior whose weights learn, plain and with a contrast, and one that nobody can write down.
        ["avb with a learned prior"] = Avb(
            "",
            """
            static Tensor Encoder(Tensor x, Noise n) => (x.Dense(2) + n.Normal(2, name: "mixed").Dense(2)).Tanh() * 2f;
            static Gaussian Prior() => new(Tensor.Parameter("mean", [2]), Tensor.Parameter("log_variance", [1]));
            """),
        ["avb with a contrast and a learned prior"] = Avb(
            ", DiscriminatorSteps = 3",
            Contrasted + "\nstatic Gaussian Prior() => new(Tensor.Parameter(\"mean\", [2]), Tensor.Parameter(\"log_variance\", [2]));"),
        ["avb with a drawn prior"] = Avb(
            "",
            """
            static Tensor Encoder(Tensor x, Noise n) => (x.Dense(2) + n.Uniform(2) * x.Dense(2).Exp()).Tanh();
            static Tensor Prior(Noise n) => n.Uniform(2) * 2f + n.Normal(2).Square();
            """),
        // Statistics of the generator go on once a step, those of the discriminator twice, and neither in the other's phase.
        ["normalised gan"] = Class(
            "[Gan(Input = [3], Latent = [2], Batch = 6)]\n[Adam(LearningRate = 1e-2f, Beta1 = 0.5f)]",
            """
            static Tensor Generator(Tensor z) => z.Dense(7).BatchNorm(epsilon: 0.1f).Tanh().Dense(3);
            static Tensor Discriminator(Tensor x) => x.Dense(9).BatchNorm(0.3f, 0.1f).LeakyRelu(0.2f).Dense(1);
            """),
        ["normalised ali"] = BiGan(
            "static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(6).BatchNorm(epsilon: 0.1f).Tanh().Dense(2);"),
        ["convolutional wgan"] = Class(
            "[WassersteinGan(Input = [1, 3, 1], Latent = [2], Batch = 6, Penalty = 0.5f, CriticSteps = 3)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Tensor Generator(Tensor z) => z.Dense(4).Reshape(2, 2, 1).BatchNorm(epsilon: 0.1f).Tanh()
                .ConvTranspose2d(1, 3, padding: 1).Permute(0, 2, 1).Flatten().Dense(3).Reshape(1, 3, 1);
            static Tensor Critic(Tensor x) => x.Conv2d(3, 2, padding: 1).LayerNorm(epsilon: 0.1f).Tanh().Flatten().Dense(1);
            """),
        ["own"] = Class(
            "[Model(Input = [3], Batch = 6)]\n[Adam(LearningRate = 1e-2f)]\n[Sgd(LearningRate = 1e-2f, Phase = \"align\")]",
            """
            [Network] static Tensor Encode(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(5).Elu().Dense(2);
            [Network] static Tensor Decode(Tensor z) => z.Dense(6).Relu().Dense(3);
            [Network] static Tensor Judge(Tensor z) => z.Dense(4).Tanh().Dense(1);

            [Phase(Trains = [nameof(Encode), nameof(Decode)])]
            static (Tensor Error, Tensor Spread) Reconstruct(Tensor x, Noise n)
            {
                var z = Encode(x, n);
                return ((Decode(z) - x).Square().Sum(), 0.1f * (z - z.BatchMean()).Square().Sum());
            }

            [Phase(Trains = [nameof(Judge)], Repeat = 2)]
            static Tensor Tell(Tensor x, Noise n) =>
                (Judge(n.Normal(2)).Softplus() + (-Judge(Encode(x, n).StopGradient())).Softplus()).Sum();

            [Phase(Trains = [nameof(Encode)])]
            static Tensor Align(Tensor x, Noise n) => Judge(Encode(x, n)).Softplus().Sum();
            """),
        ["penalty by hand"] = Class(
            "[Model(Input = [3], Batch = 6)]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Tensor Generator(Tensor z) => z.Dense(7).Tanh().Dense(3);
            [Network] static Tensor Critic(Tensor x) => x.Dense(9).LeakyRelu(0.2f).Dense(6).Softplus().Dense(1);

            [Phase(Trains = [nameof(Critic)], Repeat = 3)]
            static (Tensor Distance, Tensor Penalty) CriticLoss(Tensor x, Noise n)
            {
                var fake = Generator(n.Normal(4)).StopGradient();
                var alpha = n.Uniform(1);
                var between = alpha * x + (1f - alpha) * fake;
                var slope = Tensor.Gradient(Critic(between), between).Square().Sum().Sqrt();
                return (Critic(fake).Sum() - Critic(x).Sum(), 10f * (slope - 1f).Square());
            }

            [Phase(Trains = [nameof(Generator)])]
            static Tensor GeneratorLoss(Noise n) => -Critic(Generator(n.Normal(4))).Sum();
            """),
        ["one phase"] = Class(
            "[Model(Input = [3], Batch = 6)]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Gaussian Density(Tensor x) => new(x.Dense(4).Tanh().Dense(3), x.Dense(3));
            [Phase] static Tensor Loss(Tensor x) => -Density(x * 0.5f).LogProbability(x);
            """),
        // Labels beside a code and beside examples, in two calls of one network with the same labels, in two layers that are merged, and in
        // what two phases share; the last phase reads neither labels nor examples.
        ["labelled"] = Class(
            "[Model(Input = [3], Batch = 6, Classes = 4)]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Tensor Decode(Tensor z, Tensor y) =>
                Tensor.Concat(z, y).Dense(7).Tanh().Dense(3) + y.Dense(3).Tanh() * y.Dense(3);
            [Network] static Tensor Judge(Tensor x, Tensor y) =>
                (Tensor.Concat(x, y, 2f * x).Dense(9).LeakyRelu(0.2f) + y.Dense(9)).Dense(1);

            [Network] static Tensor Margin(Tensor x, Tensor y) => Tensor.Concat(y, x).Dense(5).Tanh().Dense(1);

            [Phase(Trains = [nameof(Judge)], Repeat = 2)]
            static (Tensor Real, Tensor Fake, Tensor Slope) Tell(Tensor x, Tensor y, Noise n)
            {
                var fake = Decode(n.Normal(4), y).StopGradient();
                var slope = Tensor.Gradient(Judge(fake, y), fake).Square().Sum();
                return ((Margin(x, y) - Judge(x, y)).Softplus().Sum(), Judge(fake, y).Softplus().Sum(), 0.1f * slope);
            }

            [Phase(Trains = [nameof(Decode), nameof(Margin)])]
            static Tensor Fool(Tensor x, Tensor y, Noise n) => (Margin(x, y).Square() - Judge(Decode(n.Normal(4), y), y)).Softplus().Sum();

            [Phase(Trains = [nameof(Decode)])]
            static Tensor Shrink(Noise n) => 0.01f * Decode(n.Normal(4), n.Normal(4, name: "mixed")).Square().Sum();
            """),
        ["conditioned"] = Class(
            "[Model(Input = [3], Batch = 6, Condition = [2])]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Tensor Predict(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(8).Tanh().Dense(3);
            [Phase] static Tensor Error(Tensor x, Tensor y, Noise n) => (Predict(n.Normal(2), y) - x * y.Sum()).Square().Sum();
            """),
        ["unread"] = Class(
            "[Model(Input = [70], Batch = 6, Classes = 3)]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Tensor Row(Tensor y) => y.Dense(2);
            [Phase] static Tensor Length(Tensor y) => (Row(y).Square().Sum() - 1f).Square();
            """),
        // Labels beside an example and beside a code; both heads of the encoder see them through one layer.
        ["conditional vae"] = Class(
            "[ConditionalVae(Input = [3], Batch = 6, Classes = 4, Beta = 0.5f, FreeBits = 0.1f)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Gaussian Encoder(Tensor x, Tensor y)
            {
                var h = Tensor.Concat(x, y).Dense(9).Softplus();
                return new(h.Dense(2), h.Dense(2));
            }

            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Softplus().Dense(3));
            """),
        // The divergence grows towards a capacity, from below and from above it.
        ["capacity"] = Class(
            "[Vae(Input = [3], Batch = 6, Capacity = 1.5f, CapacitySteps = 4, Beta = 2f)]\n[Adam(LearningRate = 3e-2f)]",
            """
            static Gaussian Encoder(Tensor x) => new(x.Dense(2) * 2f, x.Dense(2));
            static Gaussian Decoder(Tensor z) => new(z.Dense(7).Tanh().Dense(3), z.Dense(3));
            """),
        // A condition with two axes, a prior network, and one body for two of the networks.
        ["conditional vae with a prior"] = Class(
            "[ConditionalVae(Input = [3], Batch = 6, Condition = [2, 2], WarmUpSteps = 3)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Gaussian Encoder(Tensor x, Tensor y) => Head(Tensor.Concat(x, y.Reshape(4)));
            static Gaussian Prior(Tensor y) => Head(y.Reshape(4));
            static Gaussian Decoder(Tensor z, Tensor y) =>
                new(Tensor.Concat(z, y.Reshape(4)).Dense(8).Tanh().Dense(3), Tensor.Parameter("log_variance", [1]));

            static Gaussian Head(Tensor t)
            {
                var h = t.Dense(7).Tanh();
                return new(h.Dense(2), h.Dense(2));
            }
            """),
        // Several samples: the condition is repeated with the codes, labels as labels.
        ["importance-weighted with labels"] = Class(
            "[ConditionalVae(Input = [3], Batch = 6, Classes = 4, Samples = 3)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Gaussian Encoder(Tensor x, Tensor y)
            {
                var h = Tensor.Concat(x, y).Dense(9).Tanh();
                return new(h.Dense(2), h.Dense(2));
            }

            static Gaussian Prior(Tensor y) => new(y.Dense(2), y.Dense(2));
            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Tanh().Dense(3));
            """),
        // Each sample is dropped from by draws of its own.
        ["importance-weighted with dropout"] = Class(
            "[Vae(Input = [3], Batch = 6, Samples = 3)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Gaussian Encoder(Tensor x) => new(x.Dense(5).Dropout(0.3f).Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(8).Tanh().Dropout(0.4f).Dense(3));
            """),
        ["importance-weighted with a condition"] = Class(
            "[ConditionalVae(Input = [3], Batch = 6, Condition = [2], Samples = 3, Beta = 0.7f)]\n[Adam(LearningRate = 1e-2f)]",
            """
            static Gaussian Encoder(Tensor x, Tensor y) => new(Tensor.Concat(x, y).Dense(2), x.Dense(2));
            static Gaussian Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Tanh().Dense(3), y.Dense(3));
            """),
        // A noise-fed encoder, the prior left out.
        ["aae"] = Aae("",
            """
            static Tensor Encoder(Tensor x, Noise n) => Tensor.Concat(x, n.Normal(2)).Dense(7).Tanh().Dense(2);
            static Gaussian Decoder(Tensor z) => new(z.Dense(8).Tanh().Dense(3), Tensor.Parameter("log_variance", [1]));
            static Tensor Discriminator(Tensor z) => z.Dense(9).LeakyRelu(0.2f).Dense(1);
            """),
        // Labels, some left out, to the discriminator and the prior; a Gaussian encoder; two updates of it for one of the discriminator.
        ["mixture aae"] = Aae(", Classes = 4, EncoderSteps = 2",
            """
            static Gaussian Encoder(Tensor x) { var h = x.Dense(7).Tanh(); return new(h.Dense(2), h.Dense(2).Tanh()); }
            static Bernoulli Decoder(Tensor z) => new(z.Dense(8).Softplus().Dense(3));
            static Tensor Discriminator(Tensor z, Tensor y) => Tensor.Concat(z, y).Dense(9).LeakyRelu(0.2f).Dense(1);
            static Tensor Prior(Noise n, Tensor y) => Priors.GaussianMixture(n, y, components: 4);
            """),
        // Labels of every row, to the decoder and the prior.
        ["style aae"] = Aae(", Classes = 4",
            """
            static Tensor Encoder(Tensor x) => x.Dense(7).Softplus().Dense(2);
            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Softplus().Dense(3));
            static Tensor Discriminator(Tensor z) => z.Dense(9).LeakyRelu(0.2f).Dense(1);
            static Tensor Prior(Noise n, Tensor y) =>
                Priors.SwissRoll(n, y) + 0.1f * Priors.GaussianMixture(n) + Priors.Gaussian(n, 2, 0.1f);
            """),
        ["semi-supervised aae"] = Aae(", Classes = 4",
            """
            static (Categorical Label, Tensor Style) Encoder(Tensor x)
            {
                var h = x.Dense(7).Softplus();
                return (new Categorical(h.Dense(4)), h.Dense(2));
            }

            static Bernoulli Decoder(Tensor z, Tensor y) => new(Tensor.Concat(z, y).Dense(8).Softplus().Dense(3));
            static Tensor Discriminator(Tensor z) => z.Dense(9).LeakyRelu(0.2f).Dense(1);
            static Tensor LabelDiscriminator(Tensor y) => y.Dense(5).LeakyRelu(0.2f).Dense(1);
            static Tensor Prior(Noise n) => Priors.SwissRoll(n);
            """),
        // Choices inside of networks: relaxed, straight through, and one that no gradient passes.
        ["choices"] = Class(
            "[Model(Input = [3], Batch = 6)]\n[Adam(LearningRate = 1e-2f)]",
            """
            [Network] static Categorical Choose(Tensor x) => new(x.Dense(5));
            [Network] static Tensor Decode(Tensor y) => y.Dense(6).Tanh().Dense(3);

            [Phase] static (Tensor Relaxed, Tensor Hard, Tensor Entropy, Tensor Surprise) Error(Tensor x, Noise n)
            {
                var law = Choose(x);
                return ((Decode(law.Relax(n, 0.7f)) - x).Square().Sum(), (Decode(law.StraightThrough(n)) - x).Square().Sum(),
                    -0.1f * law.Entropy(), -0.1f * law.LogProbability(law.Sample(n)));
            }
            """),
    };
}

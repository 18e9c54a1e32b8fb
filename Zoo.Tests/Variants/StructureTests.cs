using System.Reflection;
using Zoo.Generators.Passes;
using Zoo.Models;
using Zoo.Tests.Generators;

namespace Zoo.Tests.Variants;

/// <summary>What cards say training and sampling are made of.</summary>
public sealed class StructureTests
{
    static IEnumerable<Type> Declared => typeof(FashionVae).Assembly.GetTypes().Where(typeof(IGenerativeModel).IsAssignableFrom);

    public static TheoryData<string> Models { get; } = [.. Declared.Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>The card of a declared model.</summary>
    public static ModelCard Card(string model) => (ModelCard)Declared.Single(type => type.Name == model)
        .GetProperty("Card", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>A line for each node: its inputs in parentheses, with a minus where no gradient comes back.</summary>
    static string[] Lines(ModelCard card, string program) =>
        [.. card.Structure.Single(p => p.Name == program).Nodes.Select(node => $"{node.Kind} {node.Name}: {node.Detail} ("
            + string.Join(", ", node.Inputs.Select(input => (node.Gradients.Contains(input) ? "" : "-") + input)) + ")")];

    static void Is(ModelCard card, string program, params string[] nodes) => Assert.Equal(nodes, Lines(card, program));

    static void Trains(ModelCard card, string program, string minimises, params string[] networks)
    {
        var phase = card.Structure.Single(p => p.Name == program);
        Assert.Equal((true, minimises), (phase.IsTraining, phase.Minimises));
        Assert.Equal(networks, phase.Trains);
    }

    /// <summary>Doersch 2016, figures 4 (right) and 5: the gradient goes around the draw, and testing has no encoder.</summary>
    [Fact]
    public void OfAVae()
    {
        Trains(FashionVae.Card, "Step", "β·Divergence − Reconstruction", "Encoder", "Decoder");
        Is(FashionVae.Card, "Step",
            "Input x: 784 ()",
            "Network Encoder: 784 → 400 → 2 × 20 (-x)",
            "Draw ε: N(0, I₂₀) ()",
            "Value z: μ + σ·ε (Encoder, -ε)",
            "Network Decoder: 20 → 400 → 784 (z)",
            "Loss Reconstruction: E log p(x|z) (-x, Decoder)",
            "Loss Divergence: KL(q(z|x) ‖ p(z)) (Encoder)",
            "Loss Elbo: Reconstruction − Divergence (-Reconstruction, -Divergence)");
        Is(FashionVae.Card, "Sample", "Draw z: N(0, I₂₀) ()", "Network Decoder: 20 → 400 → 784 (-z)", "Output x: 784 (-Decoder)");
    }

    [Fact]
    public void OfAGan()
    {
        Trains(RingGan.Card, "Discriminator", "Discriminator loss", "Discriminator");
        Is(RingGan.Card, "Discriminator",
            "Input x: 2 ()",
            "Network Discriminator: 2 → 128 → 128 → 1 (-x)",
            "Draw z: N(0, I₁₆) ()",
            "Network Generator: 16 → 128 → 128 → 2 (-z)",
            "Network Discriminator′: 2 → 128 → 128 → 1 (-Generator)",
            "Loss Discriminator loss: E softplus(−D(x)) + E softplus(D(G(z))) (Discriminator, Discriminator′)");
        Trains(RingGan.Card, "Generator", "Generator loss", "Generator");
        Is(RingGan.Card, "Generator",
            "Draw z: N(0, I₁₆) ()",
            "Network Generator: 16 → 128 → 128 → 2 (-z)",
            "Network Discriminator: 2 → 128 → 128 → 1 (Generator)",
            "Loss Generator loss: E softplus(−D(G(z))) (Discriminator)");
    }

    /// <summary>Both pairs, and through the discriminator's fixed weights a gradient to encoder and generator.</summary>
    [Fact]
    public void OfABiGan()
    {
        Trains(FashionBiGan.Card, "Generator", "Generator loss", "Encoder", "Generator");
        Is(FashionBiGan.Card, "Generator",
            "Input x: 784 ()",
            "Network Encoder: 784 → 1024 → 50 (-x)",
            "Network Discriminator: 834 → 1024 → 1 (-x, Encoder)",
            "Draw z: N(0, I₅₀) ()",
            "Network Generator: 50 → 1024 → 784 (-z)",
            "Network Discriminator′: 834 → 1024 → 1 (Generator, -z)",
            "Loss Generator loss: E softplus(D(x, E(x))) + E softplus(−D(G(z), z)) (Discriminator, Discriminator′)");
        Assert.Contains("Network Discriminator: 834 → 1024 → 1 (-x, -Encoder)", Lines(FashionBiGan.Card, "Discriminator"));
    }

    [Fact]
    public void OfAdversarialVariationalBayes()
    {
        Trains(FourPointsAvb.Card, "Autoencoder", "−Elbo", "Encoder", "Decoder");
        Is(FourPointsAvb.Card, "Autoencoder",
            "Input x: 4 ()",
            "Draw n: N(0, I₈) ()",
            "Network Encoder: 12 → 64 → 64 → 2 (-x, -n)",
            "Network Decoder: 2 → 64 → 64 → 4 (Encoder)",
            "Loss Reconstruction: E log p(x|z) (-x, Decoder)",
            "Network Discriminator: 6 → 128 → 128 → 1 (-x, Encoder)",
            "Loss Divergence: E T(x, z) (Discriminator)",
            "Loss Elbo: Reconstruction − Divergence (Reconstruction, Divergence)");
        Trains(FourPointsAvb.Card, "Discriminator", "Discriminator loss", "Discriminator");
        Is(FourPointsAvb.Card, "Discriminator",
            "Input x: 4 ()",
            "Draw n: N(0, I₈) ()",
            "Network Encoder: 12 → 64 → 64 → 2 (-x, -n)",
            "Network Discriminator: 6 → 128 → 128 → 1 (-x, -Encoder)",
            "Draw z: N(0, I₂) ()",
            "Network Discriminator′: 6 → 128 → 128 → 1 (-x, -z)",
            "Loss Discriminator loss: E softplus(−T(x, z)), z of q, + E softplus(T(x, z)), z of p (Discriminator, Discriminator′)");
        // Draws of one law are one node, and so are layers side by side that are alike.
        Assert.Contains("Draw n: N(0, I₁₆), 4 times ()", Lines(FashionAvb.Card, "Autoencoder"));
    }

    /// <summary>The penalty is of the critic's gradient, which is no result of the critic: of a variant and of own losses.</summary>
    [Fact]
    public void OfAPenalty()
    {
        Trains(GridWgan.Card, "Critic", "Penalty − Wasserstein", "Critic");
        string[] lines = Lines(GridWgan.Card, "Critic");
        Assert.Contains("Value x′: α·x + (1 − α)·Generator(z) (-α, -x, -Generator)", lines);
        Assert.Contains("Loss Penalty: λ·E (‖∇C(x′)‖ − 1)² (Critic′′)", lines);
        Trains(OwnCritic.Card, "CriticLoss", "Wasserstein + Penalty", "Critic");
        lines = Lines(OwnCritic.Card, "CriticLoss");
        Assert.Contains("Loss Wasserstein: Critic(Generator(n)) − Critic(x) (Critic, Critic′)", lines);
        Assert.Contains("Value x′: u·x + (1 − u)·Generator(n) (-u, -x, -Generator)", lines);
        Assert.Contains("Loss Penalty:  (Critic′′)", lines);
    }

    /// <summary>Deviations that no network gives: one that is learned, and one that is written.</summary>
    [Fact]
    public void OfOtherDeviations()
    {
        Assert.Contains("Value z: μ + σ·ε (Encoder, -ε)", Lines(LinearVae.Card, "Step"));
        Assert.Contains("Value z: μ + 0.497·ε (Encoder, -ε)", Lines(FashionStyleAae.Card, "Reconstruction"));
    }

    /// <summary>A label that decides what is drawn, one that is only compared, and one that is given to a decoder.</summary>
    [Fact]
    public void OfLabels()
    {
        Assert.Contains("Value y′: y + (1 − Σ y)·component (-y, -component)", Lines(FashionMixtureAae.Card, "Discriminator"));
        Assert.Contains("Input y: a label of 10 ()", Lines(FashionMixtureAae.Card, "Adversarial"));
        Is(FashionSemiSupervisedAae.Card, "Classification",
            "Input y: a label of 10 ()", "Input x: 784 ()", "Network Encoder: 784 → 1000 → 1000 → 2 × 10 (-x)",
            "Loss Classification: −E log p(y|x) (-y, Encoder)");
        Is(FashionConditionalVae.Card, "Sample",
            "Draw z: N(0, I₈) ()", "Input labels: a label of 10 ()", "Network Decoder: 18 → 256 → 784 (-z, -labels)",
            "Output x: 784 (-Decoder)");
    }

    /// <summary>Contrastive divergence: no gradient comes back along a chain.</summary>
    [Fact]
    public void OfAMachine()
    {
        Trains(LaplaceRbm.Card, "Step", "objective", "Weight", "VisibleBias", "HiddenBias", "VisibleLogVariance");
        Is(LaplaceRbm.Card, "Step",
            "Input x: 2 ()",
            "Loss ReconstructionError: ‖x − E[v|h]‖² at h = p(h|x) (-x)",
            "Loss FreeEnergy: F(x) (-x)",
            "Draw h: p(h|v), 4 units (-x)",
            "Draw v: p(v|h), 2 units (-h)",
            "Objective objective: F(x) − F(v), v held fixed (FreeEnergy, -v)");
    }

    /// <summary>
    /// What holds of every model: the walk has found each loss that is not a constant, and each network that is trained with its gradient.
    /// </summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void OfEveryModel(string model)
    {
        var card = Card(model);
        var trained = card.Structure.SelectMany(p => p.Trains).ToHashSet();
        Assert.NotEmpty(trained);
        Assert.Equal(card.Structure.Count, card.Structure.Select(p => p.Name).Distinct().Count());
        foreach (var program in card.Structure)
        {
            var known = new HashSet<string>();
            foreach (var node in program.Nodes)
            {
                Assert.All(node.Inputs, input => Assert.Contains(input, known));
                Assert.Subset(node.Inputs.ToHashSet(), node.Gradients.ToHashSet());
                Assert.True(known.Add(node.Name), $"{program.Name} has {node.Name} twice");
                var isMade = node.Kind is StructureKind.Network or StructureKind.Loss or StructureKind.Output;
                Assert.True(!isMade || node.Inputs.Count > 0, $"{program.Name}: {node.Name} is made of nothing");
            }
            Assert.Equal(program.Minimises.Length > 0, program.Trains.Count > 0);
            // Of the variant's own parameters there is no box.
            // A machine has weights and no networks.
            if (card.Variant != "restricted_boltzmann_machine")
                foreach (var network in program.Trains)
                    Assert.Contains(program.Nodes, node => node.Gradients.Any(input => input.TrimEnd('′') == network));
        }
        var losses = Declared.Single(type => type.Name == model).GetNestedType("Losses")!.GetProperties().Select(p => p.Name);
        var found = card.Structure.SelectMany(p => p.Nodes).Where(node => node.Kind == StructureKind.Loss)
            .Select(node => node.Name.Split(' ')[0]).ToHashSet();
        string[] constant = card.Name switch
        {
            "ClippedWgan" or "MixtureClippedWgan" => ["Penalty"],
            _ => [],
        };
        Assert.Equal(constant, losses.Except(found));
        if (card.Capabilities.Any(c => c.Capability is Capability.Sample or Capability.GibbsSample))
            Assert.Contains(card.Structure, p => !p.IsTraining && p.Nodes.Any(node => node.Kind == StructureKind.Output));
    }

    /// <summary>The same lines of a declaration that no project has.</summary>
    static string[] Of(string source, string program)
    {
        var run = GeneratorRun.Of("using Zoo;\n" + source);
        Assert.Empty(run.Reported);
        var found = BuildPrograms.Run(run.Trace!).Surface.Structure.FirstOrDefault(p => p.Name == program);
        return [.. (found?.Nodes ?? []).Select(node => $"{node.Kind} {node.Name}: {node.Detail} ("
            + string.Join(", ", node.Inputs.Select(input => (node.Gradients.Contains(input) ? "" : "-") + input)) + ")")];
    }

    static string Own(string phase) => $$"""
        [Model(Input = [4], Batch = 8)]
        [Adam]
        public partial class Own
        {
            [Network] static Tensor Cell(Tensor x) => x.Dense(4).Tanh();

            [Phase] static Tensor Error(Tensor x)
            {
                var h = Cell(x);
                {{phase}}
                return h.Square().Sum();
            }
        }
        """;

    /// <summary>What nobody draws costs the compiler nothing: many calls, and values that are used twice again and again.</summary>
    [Fact]
    public void OfWhatNobodyDraws()
    {
        Assert.Equal(
            ["Input x: 4 ()", "Network Cell: 4 → 4 (-x)", "Network Cell′: 4 → 4 (Cell)", "Loss Error: Σ Cell(Cell(x))² (Cell′)"],
            Of(Own("h = Cell(h);"), "Error"));
        Assert.Empty(Of(Own("for (var i = 0; i < 65; i++) h = Cell(h);"), "Error"));
        Assert.Equal(["Input x: 4 ()", "Network Cell: 4 → 4 (-x)", "Loss Error:  (Cell)"],
            Of(Own("for (var i = 0; i < 60; i++) h = h + h * h;"), "Error"));
    }

    [Fact]
    public void OfALongerChain()
    {
        const string source = """
            [RestrictedBoltzmannMachine(Input = [4], Hidden = 3, Batch = 2, GibbsSteps = 3)]
            [Sgd]
            public partial class Machine;
            """;
        Assert.Equal(["Input x: 4 ()", "Draw h: p(h|v), 3 units (-x)", "Output chain: 3 (-h)"], Of(source, "Begin"));
        Assert.Equal(["State chain: 3 ()", "Draw v: p(v|h), 4 units (-chain)", "Draw h: p(h|v), 3 units (-v)", "Output chain′: 3 (-h)"],
            Of(source, "Sweep, 2 times"));
        Assert.Contains("Draw v: p(v|h), 4 units (-chain)", Of(source, "Step"));
    }

    /// <summary>Dropout is drawn in training alone; with several samples the divergence is what the bound leaves.</summary>
    [Fact]
    public void OfABoundOfSeveralSamples()
    {
        const string source = """
            [Vae(Input = [4], Batch = 8, Samples = 5)]
            [Adam]
            public partial class Several
            {
                static Gaussian Encoder(Tensor x)
                {
                    var h = x.Dense(6).Relu().Dropout(0.2f);
                    return new(h.Dense(2), h.Dense(2));
                }

                static Bernoulli Decoder(Tensor z) => new(z.Dense(4));
            }
            """;
        string[] lines = Of(source, "Step");
        Assert.Contains("Draw dropout: U(0, 1)⁶ ()", lines);
        Assert.Contains("Draw ε: N(0, I₁₀) ()", lines);
        Assert.Contains("Value z: μ + σ·ε (Encoder, -ε)", lines);
        Assert.Contains(lines, line => line.StartsWith("Loss Elbo: L_K of 5 samples (", StringComparison.Ordinal));
        Assert.StartsWith("Objective objective: −L_K with weights of β (", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(Of(source, "Sample"), line => line.Contains("dropout", StringComparison.Ordinal));
    }
}

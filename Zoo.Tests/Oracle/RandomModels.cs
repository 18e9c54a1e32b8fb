namespace Zoo.Tests.Oracle;

/// <summary>How large random models are.</summary>
enum RandomSize
{
    /// <summary>Small, of all shapes.</summary>
    Usual,

    /// <summary>Few layers of few sizes.</summary>
    Narrow,

    /// <summary>Larger than what one tile of anything holds.</summary>
    Wide,

    /// <summary>Small images and their layers.</summary>
    Images,
}

/// <summary>
/// Random VAE declarations, each valid C# without a diagnostic, in many of the ways in which people write them. Values stay tame (bounded
/// activations, functions on the parts of their domains where single precision is good), and optimisers divide by nothing near 0, so that
/// training in single precision stays within 10⁻³ of double precision over a few steps.
/// </summary>
sealed class RandomModels
{
    readonly Random random;

    // What was not always there, so that a seed's model stays what it was but for that.
    readonly Random added;
    readonly int seed;
    readonly RandomHelpers helpers;
    readonly RandomSize size;
    int rows;

    RandomModels(int seed, RandomSize size)
    {
        (this.seed, this.size) = (seed, size);
        random = new(seed);
        added = new(~seed);
        helpers = new(random);
    }

    /// <summary>The same source for the same seed.</summary>
    public static RandomModel Source(int seed) => new RandomModels(seed, RandomSize.Usual).Create();

    /// <summary>
    /// A model of few layers and fixed sizes: kernels depend on sizes, so such models share most of theirs, which is what an engine that
    /// compiles each one slowly needs.
    /// </summary>
    public static RandomModel Narrow(int seed) => new RandomModels(seed, RandomSize.Narrow).Create();

    /// <summary>
    /// A model that several tiles of a product and of a map share, none of them full, with sums over more than 512 numbers now and then. No
    /// functions with kinks: among so many elements some would lie so near to one that rounding decides.
    /// </summary>
    public static RandomModel Wide(int seed) => new RandomModels(seed, RandomSize.Wide).Create();

    /// <summary>One whose networks are made of layers of images.</summary>
    public static RandomModel Images(int seed) => new RandomModels(seed, RandomSize.Images).Create();

    bool IsNarrow => size == RandomSize.Narrow;

    bool IsWide => size == RandomSize.Wide;

    RandomModel Create()
    {
        var input = random.Next(6) switch
        {
            0 => [random.Next(1, 4), random.Next(1, 4)],
            1 => [random.Next(1, 3), random.Next(1, 4), random.Next(1, 3)],
            _ => new[] { random.Next(1, 10) },
        };
        var latent = random.Next(10) == 0 ? new[] { random.Next(1, 4), random.Next(1, 4) } : [random.Next(1, 6)];
        if (IsNarrow) (input, latent) = (input.Length > 1 ? [2, 3] : [6], [2]);
        if (IsWide)
        {
            input = input.Length > 1 ? [random.Next(7, 12), random.Next(10, 14)] : [RandomNetwork.WideUnits(random)];
            latent = latent.Length > 1 ? [random.Next(2, 9), random.Next(9, 12)] : [random.Next(2, 80)];
        }
        var (batch, samples, isBernoulli) = (random.Next(1, 8), random.Next(4) == 0 ? random.Next(2, 6) : 1, random.Next(2) == 0);

        if (IsNarrow) (batch, samples) = (4, 1);
        if (IsWide) (batch, samples) = (RandomNetwork.Pick(random, random.Next(33, 64), random.Next(65, 131)), samples == 1 ? 1 : 2);
        rows = batch;
        List<string> members = [Encoder(input, latent), Decoder(latent, input, isBernoulli)];
        if (random.Next(5) < 2) members.Insert(random.Next(3), Prior(latent));
        members.AddRange(helpers.Members);
        // Members of a class have no order.
        members = [.. members.OrderBy(_ => random.Next())];

        var name = $"Model{seed}";
        var modifiers = RandomNetwork.Pick(random, "public partial", "internal partial", "public sealed partial", "internal sealed partial",
            "partial");
        var declaration = $$"""
            /// <summary>A random model.</summary>
            {{Attributes(input, batch, samples)}}
            {{modifiers}} class {{name}}
            {
            {{Indented(string.Join("\n\n", members))}}
            }
            """;
        var (className, body) = random.Next(5) switch
        {
            0 => (name, declaration),
            1 => ($"Random.Models.Outer{seed}+{name}",
                "namespace Random.Models;\n\n/// <summary>Around a model.</summary>\n"
                    + $"public static partial class Outer{seed}\n{{\n{Indented(declaration)}\n}}"),
            2 => ($"Random.{name}", $"namespace Random\n{{\n{Indented(declaration)}\n}}"),
            _ => ($"Random.Models.{name}", $"namespace Random.Models;\n\n{declaration}"),
        };
        return new(className, $"using Zoo;\n\n{body}\n", input, batch, latent, samples, isBernoulli);
    }

    static string Indented(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    string Attributes(int[] input, int batch, int samples)
    {
        var options = new List<string> { $"Input = {RandomNetwork.Shape(input)}", $"Batch = {batch}" };
        if (random.Next(3) == 0) options.Add($"Beta = {RandomNetwork.Pick(random, "0.5f", "2f", "4f")}");
        if (random.Next(4) == 0) options.Add($"WarmUpSteps = {RandomNetwork.Pick(random, "1", "2", "10")}");
        if (samples > 1) options.Add($"Samples = {samples}");
        else if (random.Next(5) == 0) options.Add($"FreeBits = {RandomNetwork.Pick(random, "0.05f", "0.25f")}");
        var lines = new List<string> { $"[Vae({string.Join(", ", options)})]", Optimizer(null) };
        if (random.Next(6) == 0) lines.Add(Optimizer(RandomNetwork.Pick(random, "Encoder", "Decoder")));
        return string.Join("\n", lines);
    }

    /// <summary>Adam and RMSProp with a large ε: else a gradient of rounding error alone moves a weight by a whole learning rate.</summary>
    string Optimizer(string? network)
    {
        var (kind, options) = random.Next(5) switch
        {
            0 => ("Sgd", new List<string> { "LearningRate = 0.01f" }),
            1 => ("Sgd", ["LearningRate = 0.01f", "Momentum = 0.9f", .. random.Next(2) == 0 ? ["Nesterov = true"] : Array.Empty<string>()]),
            2 => ("RmsProp", ["Epsilon = 0.01f", .. random.Next(2) == 0 ? ["Alpha = 0.9f"] : Array.Empty<string>()]),
            _ => ("Adam", ["Epsilon = 0.01f", .. random.Next(2) == 0 ? ["LearningRate = 2e-3f", "Beta1 = 0.5f"] : Array.Empty<string>()]),
        };
        if (random.Next(4) == 0) options.Add("WeightDecay = 0.01f");
        if (random.Next(5) == 0) options.Add("ClipNorm = 1f");
        if (added.Next(3) == 0) options.Add("DecoupledWeightDecay = true");
        if (added.Next(3) == 0)
            options.Add($"Schedule = LearningRateSchedule.{(LearningRateSchedule)added.Next(1, 5)}, ScheduleSteps = {added.Next(1, 4)}");
        if (added.Next(4) == 0) options.Add("ScheduleWarmUp = 2");
        if (network is not null) options.Add($"For = nameof({network})");
        return $"[{kind}({string.Join(", ", options)})]";
    }

    string Encoder(int[] input, int[] latent)
    {
        var network = new RandomNetwork(random, helpers, "x", input, size) { HasBatch = rows > 1, Added = added };
        network.Blocks(random.Next(0, IsNarrow ? 3 : 4));
        var (mean, logVariance, isShared) = network.Heads(latent.Aggregate(1, (a, b) => a * b));
        if (latent.Length > 1)
        {
            var reshape = $").Reshape({string.Join(", ", latent)})";
            (mean, logVariance) = ("(" + mean + reshape, isShared ? "-1f" : "(" + logVariance + reshape);
        }
        return network.Method("Gaussian", "Encoder", "x", Gaussian(mean, logVariance));
    }

    string Gaussian(string mean, string logVariance) => random.Next(4) switch
    {
        0 => $"new Gaussian({mean}, {logVariance})",
        1 => $"new Gaussian(mean: {mean}, logVariance: {logVariance})",
        2 => $"new(logVariance: {logVariance}, mean: {mean})",
        _ => $"new({mean}, {logVariance})",
    };

    string Decoder(int[] latent, int[] input, bool isBernoulli)
    {
        var network = new RandomNetwork(random, helpers, "z", latent, size) { HasBatch = rows > 1, Added = added };
        network.Blocks(random.Next(0, IsNarrow ? 2 : 3));
        var units = input.Aggregate(1, (a, b) => a * b);
        var reshape = input.Length > 1 ? $".Reshape({string.Join(", ", input)})" : "";
        if (isBernoulli)
        {
            var logits = network.Dense(units) + reshape;
            return network.Method("Bernoulli", "Decoder", "z",
                RandomNetwork.Pick(random, $"new Bernoulli({logits})", $"new({logits})", $"new(logits: {logits})"));
        }
        var mean = network.Dense(units) + RandomNetwork.Pick(random, "", ".Sigmoid()", ".Tanh()") + reshape;
        var logVariance = random.Next(4) switch
        {
            0 => "-0.5f",
            1 => "Tensor.Parameter(\"log_variance\", [1])",
            2 => $"Tensor.Parameter(\"log_variance\", {RandomNetwork.Shape(input)})",
            _ => network.Dense(units) + ".Tanh()" + reshape,
        };
        return network.Method("Gaussian", "Decoder", "z", Gaussian(mean, logVariance));
    }

    string Prior(int[] latent)
    {
        var shape = RandomNetwork.Shape(latent);
        var law = random.Next(4) switch
        {
            0 => $"Gaussian.Standard({string.Join(", ", latent)})",
            1 => $"new Gaussian(Tensor.Parameter(\"mean\", {shape}), Tensor.Parameter(\"log_variance\", {shape}))",
            2 => $"new(Tensor.Parameter(\"mean\", {shape}, Init.Normal002), 0.5f * Tensor.Parameter(\"log_variance\", [1]).Tanh())",
            _ => $"new(mean: Tensor.Constant(0.25f, {string.Join(", ", latent)}), logVariance: Tensor.Parameter(\"log_variance\", "
                + $"{shape}, init: Init.Ones))",
        };
        return $"static Gaussian Prior() => {law};";
    }
}

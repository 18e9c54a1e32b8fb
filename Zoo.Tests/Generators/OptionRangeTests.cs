using System.Globalization;
using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Tracing;

namespace Zoo.Tests.Generators;

/// <summary>
/// What the constructor refuses the compiler refuses: every number of every attribute, at the ends of its range and beyond them.
/// </summary>
public sealed class OptionRangeTests
{
    static readonly (string Text, float Value)[] Floats =
    [
        ("float.PositiveInfinity", float.PositiveInfinity), ("float.NegativeInfinity", float.NegativeInfinity), ("float.NaN", float.NaN),
        ("-1f", -1),
        ("-1e-45f", -1e-45f), ("-0f", -0f), ("0f", 0), ("1e-45f", 1e-45f), ("0.5f", 0.5f), ("0.99999994f", 0.99999994f), ("1f", 1),
        ("float.MaxValue", float.MaxValue),
    ];

    static readonly (string Text, float Value)[] Integers = [("int.MinValue", int.MinValue), ("-1", -1), ("0", 0), ("1", 1), ("3", 3)];

    const string Adversaries = "static Tensor Generator(Tensor z) => z.Dense(2); static Tensor NAME(Tensor x) => x.Dense(1);";

    /// <summary>Attribute, its other arguments, and the class's members; the attribute's numbers with their ranges.</summary>
    public static TheoryData<string> Attributes =>
    [
        "Vae", "ConditionalVae", "Gan", "WassersteinGan", "EnergyBasedGan", "AdversarialAutoencoder", "AdversarialVariationalBayes",
        "RestrictedBoltzmannMachine", "Model", "Adam", "Sgd", "RmsProp",
    ];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void TheCompilerRefusesWhatTheConstructorWould(string attribute)
    {
        var own = Variant.All.FirstOrDefault(v => v.Name == attribute);
        var (options, id) = own is { } variant
            ? (variant.Options.Prepend(new("Batch", 0, ValueRange.PositiveCount)), "ZOO0010")
            : (OptimizerGraph.AllProperties(attribute), "ZOO0306");
        var type = typeof(VaeAttribute).Assembly.GetType($"Zoo.{attribute}Attribute")!;
        var tried = 0;
        foreach (var option in options)
        {
            if (type.GetProperty(option.Name) is not { } property || property.PropertyType.IsEnum) continue;
            var values = property.PropertyType == typeof(int) ? Integers : Floats;
            foreach (var (text, value) in values)
            {
                tried++;
                var argument = $"{option.Name} = {text}";
                // Nothing behind the tracer looks at numbers.
                var compilation = GeneratorRun.Compile([Declaration(attribute, argument)], hasIlgpu: false);
                var traced = Traced.Trace(compilation, own ?? Variant.All.First(v => v.HasOwnLosses)).Diagnostics;
                var refused = traced.Select(d => d.In(compilation)).ToList();
                // What becomes a hyperparameter has this range when it is set, and so in the constructor.
                var holds = Enum.Parse<HyperparameterRange>(option.Range.ToString()).Holds(value);
                Assert.True(holds == (refused.Count == 0),
                    $"[{attribute}({argument})]: {string.Join("; ", refused.Select(d => d.GetMessage()))}");
                if (holds) continue;
                var written = values == Integers
                    ? ((int)value).ToString(CultureInfo.InvariantCulture)
                    : value.ToString(CultureInfo.InvariantCulture);
                Assert.Equal((id, argument), (Assert.Single(refused).Id, GeneratorRun.Under(refused[0])));
                Assert.Equal($"{option.Name} must be {option.Range.Words()}, but is {written}", refused[0].GetMessage());
            }
        }
        Assert.InRange(tried, 10, 100);
    }

    [Theory]
    [InlineData("[Gan(Input = [2], Latent = [3], Batch = 4, {|ZOO0010:Loss = (GanLoss)2|})] partial class M { ADVERSARIES }")]
    [InlineData("[Gan(Input = [2], Latent = [3], Batch = 4, {|ZOO0010:Loss = (GanLoss)(-1)|})] partial class M { ADVERSARIES }")]
    [InlineData("[EnergyBasedGan(Input = [2], Latent = [3], Batch = 4, {|ZOO0010:Reduction = (EnergyReduction)3|})] partial class M { "
        + "static Tensor Generator(Tensor z) => z.Dense(2); static Tensor Encoder(Tensor x) => x.Dense(3); static Tensor "
        + "Decoder(Tensor h) => h.Dense(2); }")]
    [InlineData("[Gan(Input = [2], Latent = [3], Batch = 4, Loss = (GanLoss)1)] partial class M { ADVERSARIES }")]
    [InlineData("[Vae(Input = [8], {|ZOO0010:Batch = int.MaxValue|})] partial class M { NETWORKS }")]
    [InlineData("[Vae(Input = [8], {|ZOO0010:Batch = 1048577|})] partial class M { NETWORKS }")]
    [InlineData("[Vae(Input = [8], Batch = 4, {|ZOO0010:Samples = int.MaxValue|})] partial class M { NETWORKS }")]
    [InlineData("[AdversarialAutoencoder(Input = [8], {|ZOO0010:Classes = 1 << 24|}, Batch = 4)] partial class M { static Tensor "
        + "Encoder(Tensor x) => x.Dense(3); static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); static Tensor Discriminator(Tensor z, "
        + "Tensor y) => Tensor.Concat(z, y).Dense(1); }")]
    // What is too large all together: parameters with gradients and moments, chains, values of a batch.
    [InlineData("[Vae(Input = [30_000], Batch = 1)] partial class {|ZOO0209:M|} { static Gaussian Encoder(Tensor x) => new(x.Dense(3), "
        + "x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(20_000).Dense(30_000)); }")]
    [InlineData("[Vae(Input = [2_000], Batch = 1_000_000)] partial class {|ZOO0209:M|} { static Gaussian Encoder(Tensor x) => "
        + "new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(2_000)); }")]
    [InlineData("[RestrictedBoltzmannMachine(Input = [40_000], Hidden = 50_000, Batch = 4)] partial class {|ZOO0209:M|};")]
    [InlineData("[RestrictedBoltzmannMachine(Input = [1_000], Hidden = 500, Batch = 4, Persistent = true, Chains = 1_048_576)] partial "
        + "class {|ZOO0209:M|};")]
    // Names that a checkpoint has for something else; others under state. are fine.
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor State(Tensor x) => x.Dense(1) + "
        + "Tensor.{|ZOO0308:Parameter|}(\"seed\", [1]) + Tensor.{|ZOO0308:Parameter|}(\"hyperparameters.beta\", [1]); [Phase] static "
        + "Tensor L(Tensor x) => State(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor State(Tensor x) => x.Dense(1) + "
        + "Tensor.{|ZOO0308:Parameter|}(\"exp_avg.n.dense1.bias\", [1]); OWN [Phase] static Tensor L(Tensor x) => State(x).Sum() + "
        + "N(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor State(Tensor x) => x.Dense(1) + "
        + "Tensor.{|ZOO0308:Parameter|}(\"steps\", [1]) + Tensor.{|ZOO0308:Parameter|}(\"updates\", [1]) + "
        + "Tensor.{|ZOO0308:Parameter|}(\"updates_in_step\", [1]); [Phase] static Tensor L(Tensor x) => State(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { [Network] static Tensor State(Tensor x) => x.Dense(1) + "
        + "Tensor.Parameter(\"seeds\", [1]); [Phase] static Tensor L(Tensor x) => State(x).Sum(); }")]
    [InlineData("[Vae(Input = [8], Batch = 4, WarmUpSteps = int.MaxValue, Beta = float.MaxValue)] partial class M { NETWORKS }")]
    [InlineData("[Model(Input = [2], {|ZOO0010:Batch = 1000|}, Classes = 16_000_000)] partial class M { OWN [Phase] static Tensor "
        + "Loss(Tensor x, Tensor y) => N(x).Sum() + y.Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase(Repeat = 100000)] static Tensor A(Tensor x) => N(x).Sum(); "
        + "[Phase({|ZOO0010:Repeat = 100000|})] static Tensor B(Tensor x) => N(x).Sum(); [Phase] static Tensor C(Tensor x) => "
        + "N(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor A(Tensor x) => N(x).Sum(); [Phase(Repeat = "
        + "int.MaxValue)] static Tensor B(Tensor x) => N(x).Sum(); }")]
    public void WhatNoStepCanHaveIsRefused(string declaration) => StrangeClass.Check(declaration);

    /// <summary>Where both halves of a model are asked for, each of them is too large, and that is said once.</summary>
    [Theory]
    [InlineData("[Vae(Input = [30_000], Batch = 1)] partial class {|ZOO0209:M|} { static Gaussian Encoder(Tensor x) => new(x.Dense(3), "
        + "x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(20_000).Dense(30_000)); }")]
    [InlineData("[Vae(Input = [2_000], Batch = 1_000_000)] partial class {|ZOO0209:M|} { static Gaussian Encoder(Tensor x) => "
        + "new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(2_000)); }")]
    [InlineData("[RestrictedBoltzmannMachine(Input = [1_000], Hidden = 500, Batch = 4, Persistent = true, Chains = 1_048_576)] partial "
        + "class {|ZOO0209:M|};")]
    public void WhatIsTooLargeForBothHalvesIsSaidOnce(string declaration)
    {
        var (source, expected) = Markup.Parse(StrangeClass.Source(declaration));
        var run = GeneratorRun.Of(GeneratorRun.Compile([source], hasIlgpu: true));
        var said = Assert.Single(run.Diagnostics);
        var marked = Assert.Single(expected);
        Assert.Equal((marked.Id, marked.Start), (said.Id, said.Location.SourceSpan.Start));
        Assert.Empty(run.Files);
    }

    static string Declaration(string attribute, string argument)
    {
        string Given(string arguments) =>
            argument.StartsWith("Batch", StringComparison.Ordinal) ? $"({arguments}, {argument})" : $"({arguments}, Batch = 4, {argument})";
        // It is refused where nothing grows.
        var growing = argument.StartsWith("CapacitySteps", StringComparison.Ordinal) ? ", Capacity = 2f" : "";
        var condition = argument switch
        {
            "Classes = 1" or "Classes = 3" => "",
            _ when argument.StartsWith("Classes", StringComparison.Ordinal) => ", Condition = [3]",
            _ => ", Classes = 3",
        };
        var needed = argument.Split(' ')[0] switch
        {
            "Hidden" => "",
            "Chains" => ", Hidden = 3, Persistent = true",
            "SlidingFactor" => ", Hidden = 3, Centered = true",
            "SparsityTarget" => ", Hidden = 3, SparsityCost = 1f",
            "Variance" => ", Hidden = 3, Visible = Visible.Gaussian",
            _ => ", Hidden = 3",
        };
        return "using Zoo; " + attribute switch
        {
            "Vae" => $"[Vae{Given("Input = [8]" + growing)}] partial class M {{ static Gaussian Encoder(Tensor x) => "
                + $"new(x.Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z) => new(z.Dense(8)); }}",
            "Gan" => $"[Gan{Given("Input = [2], Latent = [3]")}] partial class M {{ {Adversaries.Replace("NAME", "Discriminator")} }}",
            "WassersteinGan" => $"[WassersteinGan{Given("Input = [2], Latent = [3]")}] partial class M {{ "
                + $"{Adversaries.Replace("NAME", "Critic")} }}",
            "EnergyBasedGan" => $"[EnergyBasedGan{Given("Input = [2], Latent = [3]")}] partial class M {{ static Tensor "
                + $"Generator(Tensor z) => z.Dense(2); static Tensor Encoder(Tensor x) => x.Dense(3); static Tensor Decoder(Tensor h) => "
                + $"h.Dense(2); }}",
            "AdversarialVariationalBayes" => $"[AdversarialVariationalBayes{Given("Input = [2]")}] partial class M {{ static Tensor "
                + "Encoder(Tensor x, Noise n) => x + n.Normal(2); static Bernoulli Decoder(Tensor z) => new(z.Dense(2)); static Tensor "
                + "Discriminator(Tensor x, Tensor z) => Tensor.Concat(x, z).Dense(1); }",
            "ConditionalVae" => $"[ConditionalVae{Given("Input = [8]" + growing + condition)}] partial class M {{ static Gaussian "
                + "Encoder(Tensor x, Tensor y) => new(Tensor.Concat(x, y).Dense(3), x.Dense(3)); static Bernoulli Decoder(Tensor z, "
                + "Tensor y) => new(Tensor.Concat(z, y).Dense(8)); }",
            "AdversarialAutoencoder" => $"[AdversarialAutoencoder{Given("Input = [2]")}] partial class M {{ static Tensor Encoder(Tensor "
                + "x) => x.Dense(3); static Bernoulli Decoder(Tensor z) => new(z.Dense(2)); static Tensor Discriminator(Tensor z"
                + (argument.StartsWith("Classes", StringComparison.Ordinal) && argument != "Classes = 0"
                    ? ", Tensor y) => Tensor.Concat(z, y)"
                    : ") => z") + ".Dense(1); }",
            "RestrictedBoltzmannMachine" => $"[RestrictedBoltzmannMachine{Given("Input = [2]" + needed)}] partial class M;",
            "Model" => $"[Model{Given("Input = [2]")}] partial class M {{ [Network] static Tensor N(Tensor t) => t.Dense(1); [Phase] "
                + $"static Tensor Loss(Tensor x) => N(x).Sum(); }}",
            _ => $"[Model(Input = [2], Batch = 4)] [{attribute}({argument})] partial class M {{ [Network] static Tensor N(Tensor t) => "
                + $"t.Dense(1); [Phase] static Tensor Loss(Tensor x) => N(x).Sum(); }}",
        };
    }
}

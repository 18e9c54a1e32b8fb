using Zoo.Models;

namespace Zoo.Tests.Surface;

/// <summary>What can be asked of any model is what its class has as typed members, and its card says which.</summary>
public sealed class CapabilityTests
{
    static readonly (Capability Capability, Type Interface)[] Interfaces =
    [
        (Capability.Evaluate, typeof(IEvaluator)), (Capability.Sample, typeof(ISampler)), (Capability.GibbsSample, typeof(IGibbsSampler)),
        (Capability.Encode, typeof(IEncoder)), (Capability.EncodeMoments, typeof(IGaussianEncoder)),
        (Capability.Reconstruct, typeof(IReconstructor)), (Capability.Classify, typeof(IClassifier)),
        (Capability.LogLikelihood, typeof(ILikelihood)), (Capability.PartitionFunction, typeof(IPartitionFunction)),
    ];

    static readonly float[] Pixels = [.. Enumerable.Range(0, 784 * 3).Select(i => i % 7 / 6f)];

    public static TheoryData<Type> Declared =>
        [.. typeof(FashionVae).Assembly.GetTypes().Where(type => typeof(IGenerativeModel).IsAssignableFrom(type))];

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_card_lists_the_interfaces_of_its_class(Type type)
    {
        Assert.Equal(typeof(Capability).GetEnumValues().Length, Interfaces.Length);
        var card = (ModelCard)type.GetProperty("Card")!.GetValue(null)!;
        Assert.Equal(
            Interfaces.Where(i => i.Interface.IsAssignableFrom(type)).Select(i => i.Capability),
            card.Capabilities.Select(c => c.Capability));
        Assert.Contains(Capability.Evaluate, card.Capabilities.Select(c => c.Capability));
        // Samples and reconstructions are examples.
        var size = card.Input.Aggregate(1, (product, axis) => product * axis);
        Assert.All(card.Capabilities, c => Assert.Equal(
            c.Capability is Capability.Sample or Capability.GibbsSample or Capability.Reconstruct ? size : c.Size, c.Size));
        Assert.All(card.Capabilities, c => Assert.True(c.Classes == 0 || c.Classes == card.Classes));
        Assert.All(card.Capabilities, c => Assert.True(c.Condition == 0 || c.Condition == card.Condition));
        Assert.NotEmpty(card.Summary);
    }

    [Fact]
    public void Without_labels_or_condition()
    {
        using var model = new FashionVae(seed: 3);
        var (any, typed) = (new float[3 * 784], new float[3 * 784]);
        ((ISampler)model).Sample(7, [], [], any);
        model.Sample(7, typed);
        Assert.Equal(typed, any);
        ((IReconstructor)model).Reconstruct(0, Pixels, [], [], any);
        model.Reconstruct(Pixels, typed);
        Assert.Equal(typed, any);

        float[] codes = new float[60], logVariances = new float[60], mean = new float[60], logVariance = new float[60];
        ((IEncoder)model).Encode(0, Pixels, [], [], codes);
        model.Encode(Pixels, mean, logVariance);
        Assert.Equal(mean, codes);
        ((IGaussianEncoder)model).Encode(Pixels, [], [], codes, logVariances);
        Assert.Equal(mean, codes);
        Assert.Equal(logVariance, logVariances);

        var losses = new float[3];
        ((IEvaluator)model).Evaluate(Pixels, [], [], losses);
        Assert.Equal(model.Evaluate(Pixels), new(losses[0], losses[1], losses[2]));
        Assert.Equal(model.LogLikelihood(Pixels, 5), ((ILikelihood)model).LogLikelihood(Pixels, [], [], 5));
    }

    [Fact]
    public void Given_labels()
    {
        using var model = new FashionConditionalVae(seed: 3);
        int[] labels = [9, 0, 4];
        var (any, typed) = (new float[3 * 784], new float[3 * 784]);
        ((ISampler)model).Sample(7, labels, [], any);
        model.Sample(7, labels, typed);
        Assert.Equal(typed, any);
        var (codes, mean) = (new float[24], new float[24]);
        ((IEncoder)model).Encode(0, Pixels, labels, [], codes);
        model.Encode(Pixels, labels, mean);
        Assert.Equal(mean, codes);
        var perRow = new double[3];
        Assert.Equal(model.LogLikelihood(Pixels, labels, 5), ((ILikelihood)model).LogLikelihood(Pixels, labels, [], 5, perRow));
        Assert.Equal(model.LogLikelihood(Pixels, labels, 5), perRow.Average(), 1e-9);
    }

    [Fact]
    public void Given_a_condition()
    {
        using var model = new FashionQuadrantVae(seed: 3);
        var (rest, quarter) = (Pixels[..(3 * 588)], Pixels[..(3 * 196)]);
        var (any, typed) = (new float[3 * 588], new float[3 * 588]);
        ((ISampler)model).Sample(7, [], quarter, any);
        model.Sample(7, quarter, typed);
        Assert.Equal(typed, any);
        ((IReconstructor)model).Reconstruct(0, rest, [], quarter, any);
        model.Reconstruct(rest, quarter, typed);
        Assert.Equal(typed, any);
        var losses = new float[3];
        ((IEvaluator)model).Evaluate(rest, [], quarter, losses);
        Assert.Equal(model.Evaluate(rest, quarter), new(losses[0], losses[1], losses[2]));
    }

    /// <summary>An encoder that draws, and one that gives a label beside the style.</summary>
    [Fact]
    public void By_draws_and_beside_labels()
    {
        using var avb = new FourPointsAvb(seed: 3);
        float[] rows = [1, 0, 0, 0, 0, 0, 1, 0];
        var (codes, typed) = (new float[4], new float[4]);
        ((IEncoder)avb).Encode(5, rows, [], [], codes);
        avb.Encode(5, rows, typed);
        Assert.Equal(typed, codes);
        ((IEncoder)avb).Encode(6, rows, [], [], codes);
        Assert.NotEqual(typed, codes);

        using var aae = new FashionSemiSupervisedAae(seed: 3);
        float[] styles = new float[30], style = new float[30], label = new float[30], probabilities = new float[30];
        ((IEncoder)aae).Encode(0, Pixels, [], [], styles);
        ((IClassifier)aae).Classify(0, Pixels, probabilities);
        aae.Encode(Pixels, label, style);
        Assert.Equal(style, styles);
        Assert.Equal(label, probabilities);
    }

    [Fact]
    public void Of_a_machine()
    {
        using var model = new BarsRbm(seed: 3);
        var (any, typed) = (new float[18], new float[18]);
        ((IGibbsSampler)model).Sample(7, 20, any);
        model.Sample(7, 20, typed);
        Assert.Equal(typed, any);
        IPartitionFunction machine = model;
        Assert.Equal(model.LogPartition(), machine.LogPartition());
        Assert.Equal(model.EstimateLogPartition(1, 10, 20), machine.EstimateLogPartition(1, 10, 20));
        Assert.Equal(model.LogLikelihood(any), machine.LogLikelihood(any, model.LogPartition()), 1e-9);
    }

    /// <summary>Several chunks of chains, and from examples several results of each.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chains_tell_how_far_they_are(bool areThinned)
    {
        using var model = new BarsRbm(seed: 3);
        var (examples, v) = (new float[300 * 9], new float[900 * 9]);
        var told = new Told();
        if (areThinned) model.Sample(7, examples, 40, v, told);
        else ((IGibbsSampler)model).Sample(7, 40, v, told);
        Assert.InRange(told.Parts.Count, 6, 1000);
        Assert.Equal(told.Parts.Order(), told.Parts);
        Assert.Equal(told.Parts.Count, told.Parts.Distinct().Count());
        Assert.InRange(told.Parts[0], 0.001, 0.2);
        Assert.Equal(1, told.Parts[^1]);
        // A call without a chain has nothing to tell.
        model.Sample(7, 40, [], new Told());
    }

    [Fact]
    public void A_likelihood_tells_how_far_it_is()
    {
        using var model = new LinearVae(seed: 3);
        var told = new Told();
        // More rows than a chunk holds, each chunk with its four samples.
        ((ILikelihood)model).LogLikelihood(new float[8 * 3000], [], [], 4, progress: told);
        Assert.True(told.Parts.Count > 4);
        Assert.Equal(told.Parts.Order(), told.Parts);
        Assert.InRange(told.Parts[0], 0, 0.5);
        Assert.Equal(1, told.Parts[^1], 1e-12);
    }

    /// <summary>A label for a model that takes none is a mistake, not something to be left out.</summary>
    [Fact]
    public void What_a_model_does_not_take_is_refused()
    {
        using var model = new LinearVae(seed: 3);
        string Refusal(Action<LinearVae> call) => Assert.Throws<ArgumentException>(() => call(model)).Message;
        Assert.Contains("takes no labels", Refusal(m => ((ISampler)m).Sample(1, [1], [], new float[8])));
        Assert.Contains("takes no condition", Refusal(m => ((IEncoder)m).Encode(1, new float[8], [], [1f], new float[3])));
        Assert.Contains("takes no labels", Refusal(m => ((IEvaluator)m).Evaluate(new float[8], [1], [], new float[3])));
        Assert.Contains("takes no condition", Refusal(m => ((ILikelihood)m).LogLikelihood(new float[8], [], [1f], 1)));
        Assert.Contains("Expected room for 3 losses, but got 2",
            Refusal(m => ((IEvaluator)m).Evaluate(new float[8], [], [], new float[2])));
    }

    sealed class Told : IProgress<double>
    {
        public List<double> Parts { get; } = [];

        public void Report(double value) => Parts.Add(value);
    }
}

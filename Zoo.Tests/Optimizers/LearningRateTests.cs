using Zoo.Generators.Variants;
using Zoo.Runtime;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Optimizers;

/// <summary>Schedules beside PyTorch's formulas, and in models that are trained, stopped and told another learning rate.</summary>
public sealed class LearningRateTests
{
    /// <summary>Factors after no, one, two, … updates.</summary>
    static IEnumerable<double> Factors(LearningRateSchedule schedule, float steps, float factor, float warmUp, int count) =>
        Enumerable.Range(1, count).Select(update => (double)LearningRate.At(schedule, 1, steps, factor, warmUp, update));

    static void AreNear(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-7) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    [Fact]
    public void SchedulesAreTheirFormulas()
    {
        AreNear(Enumerable.Repeat(1.0, 9), Factors(LearningRateSchedule.Constant, 1, 1, 0, 9), 0);
        AreNear([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], Factors(LearningRateSchedule.Step, 3, 0.5f, 0, 9), 0);
        AreNear(Enumerable.Range(0, 500).Select(t => Math.Pow(0.1, t / 7.0)), Factors(LearningRateSchedule.Exponential, 7, 0.1f, 0, 500));
        AreNear(Enumerable.Range(0, 300).Select(t => Math.Pow(0.99, t)), Factors(LearningRateSchedule.Exponential, 1, 0.99f, 0, 300));
        AreNear(Enumerable.Range(0, 101).Select(t => 0.2 + 0.4 * (1 + Math.Cos(Math.PI * t / 100))),
            Factors(LearningRateSchedule.Cosine, 100, 0.2f, 0, 101));
        AreNear([1, 0.775, 0.55, 0.325, 0.1, 0.1, 0.1], Factors(LearningRateSchedule.Linear, 4, 0.1f, 0, 7));
    }

    /// <summary>They end where they say, exactly: a learning rate of 1e-17 would still move weights of Adam's.</summary>
    [Theory]
    [InlineData(LearningRateSchedule.Cosine)]
    [InlineData(LearningRateSchedule.Linear)]
    public void TheEndIsExact(LearningRateSchedule schedule)
    {
        foreach (var factor in new[] { 0, 0.1f, 1 })
            foreach (var update in new long[] { 14, 15, 1L << 40 })
                Assert.Equal(factor, LearningRate.At(schedule, 1, 13, factor, 0, update));
    }

    [Fact]
    public void ExponentialReachesItsFactorAndZero()
    {
        Assert.Equal(0.01f, LearningRate.At(LearningRateSchedule.Exponential, 1, 1000, 0.1f, 0, 2001), 1e-8f);
        Assert.Equal(0, LearningRate.At(LearningRateSchedule.Exponential, 1, 10, 0, 0, 2));
        Assert.Equal(1, LearningRate.At(LearningRateSchedule.Exponential, 1, 10, 0, 0, 1));
    }

    [Fact]
    public void WarmUpRisesToOneAndTheScheduleBeginsBehindIt()
    {
        AreNear([0.25, 0.5, 0.75, 1, 1, 1], Factors(LearningRateSchedule.Constant, 1, 1, 4, 6), 0);
        double[] warm = [0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.25];
        AreNear(warm, Factors(LearningRateSchedule.Step, 2, 0.5f, 4, 9), 0);
        // The first factor of the schedule is 1, so two updates have it.
        AreNear([0.5, 1, 1, 0.5, 0], Factors(LearningRateSchedule.Linear, 2, 0, 2, 5), 0);
    }

    [Fact]
    public void UpdatesCountFromOne() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.At(LearningRateSchedule.Constant, 1, 1, 1, 0, 0));

    [Fact]
    public void TheGeneratorKnowsTheSameSchedulesAndRanges()
    {
        Assert.Equal(Enum.GetNames<LearningRateSchedule>(), Enum.GetNames<RateSchedule>());
        Assert.Equal(Enum.GetNames<HyperparameterRange>(), Enum.GetNames<ValueRange>());
    }

    const string Source = """
        using Zoo;

        [Vae(Input = [6], Batch = 4)]
        [Adam(LearningRate = 0.05f, WeightDecay = 0.1f, DecoupledWeightDecay = true, Schedule = LearningRateSchedule.Cosine,
            ScheduleSteps = 9, ScheduleFactor = 0.02f, ScheduleWarmUp = 3)]
        public partial class Scheduled
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(6));
        }

        [Vae(Input = [6], Batch = 4)]
        [Sgd(LearningRate = 0.5f, Schedule = LearningRateSchedule.Step, ScheduleSteps = 1, ScheduleFactor = 0.5f)]
        public partial class Halved
        {
            static Gaussian Encoder(Tensor x) => new(x.Dense(2), x.Dense(2));
            static Bernoulli Decoder(Tensor z) => new(z.Dense(6));
        }
        """;

    static readonly float[] Batch = [.. Enumerable.Range(0, 24).Select(i => i * 7 % 5 / 4f)];

    static void Train(IGenerativeModel model) => model.Step(Batch, [], [], new float[model.LossNames.Length]);

    static float[] Weights(IGenerativeModel model) =>
    [
        .. model.Parameters.SelectMany(p =>
        {
            var values = new float[p.Length];
            p.CopyTo(values);
            return values;
        }),
    ];

    /// <summary>A run that is saved amid warm-up or amid the schedule and resumed ends with the bits of one that is not.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void AResumedScheduleGoesOnToTheBit(int before)
    {
        using var compiled = new CompiledModels([Source]);
        using var straight = compiled.Create("Scheduled", 3, Device.Cpu);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            for (var step = 0; step < 14; step++)
            {
                Train(straight);
                if (step + 1 == before) straight.Save(path);
            }
            using var resumed = compiled.Load("Scheduled", path);
            Assert.Equal((9f, 0.02f, 3f), (resumed.Hyperparameters["schedule_steps"], resumed.Hyperparameters["schedule_factor"],
                resumed.Hyperparameters["schedule_warm_up"]));
            for (var step = before; step < 14; step++) Train(resumed);
            Assert.Equal(Weights(straight), Weights(resumed));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>SGD's second step is −½·α·g for the learning rate that is set between the two, whatever the first one's was.</summary>
    [Fact]
    public void ALearningRateThatIsSetIsScaled()
    {
        using var compiled = new CompiledModels([Source]);
        using var model = compiled.Create("Halved", 3, Device.Cpu);
        Train(model);
        foreach (var rate in new[] { 0.5f, 0.125f })
        {
            using var other = compiled.Create("Halved", 3, Device.Cpu);
            Train(other);
            Assert.Equal(Weights(model), Weights(other));
            other.Hyperparameters["learning_rate"] = rate;
            Train(other);
            var (before, after) = (Weights(model), Weights(other));
            var gradient = other.Parameters.SelectMany(p =>
            {
                var values = new float[p.Length];
                p.CopyGradientTo(values);
                return values;
            }).ToArray();
            Assert.Contains(gradient, g => Math.Abs(g) > 1e-2f);
            for (var i = 0; i < after.Length; i++) Assert.Equal(before[i] - rate / 2 * gradient[i], after[i], 1e-6f);
        }
        Assert.Throws<ArgumentException>(() => model.Hyperparameters["schedule_steps"] = 0.5f);
        Assert.Throws<ArgumentException>(() => model.Hyperparameters["schedule_factor"] = 1.5f);
    }
}

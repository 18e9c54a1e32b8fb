using System.Reflection;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Boltzmann;

/// <summary>log Z by enumeration and by annealed importance sampling, and the log-likelihoods that come of it.</summary>
public sealed class PartitionFunctionTests(BoltzmannModels models, Xunit.Abstractions.ITestOutputHelper output)
    : IClassFixture<BoltzmannModels>
{
    readonly CompiledModels compiled = models.Compiled;

    internal delegate double Exact(IProgress<double>? progress);

    internal delegate PartitionEstimate Estimate(
        ulong seed, int chains, int temperatures, bool reverse, ReadOnlySpan<float> examples, IProgress<double>? progress);

    delegate PartitionEstimate Scheduled(
        ulong seed, int chains, ReadOnlySpan<double> schedule, bool reverse, ReadOnlySpan<float> examples, IProgress<double>? progress);

    delegate double Likelihood(ReadOnlySpan<float> v, Span<double> perRow);

    delegate double LikelihoodWith(ReadOnlySpan<float> v, double logPartition, Span<double> perRow);

    internal static double LogPartition(IGenerativeModel model, IProgress<double>? progress = null) =>
        InferenceTests.Method<Exact>(model, "LogPartition")(progress);

    internal static PartitionEstimate Annealed(
        IGenerativeModel model, ulong seed, int chains, int temperatures, bool reverse = false, float[]? examples = null) =>
        InferenceTests.Method<Estimate>(model, "EstimateLogPartition")(seed, chains, temperatures, reverse, examples, null);

    IGenerativeModel Create(string name, int seed, float size = 1, Device? device = null)
    {
        var model = compiled.Create(name, 6, device ?? Device.Cpu);
        var random = new System.Random(seed);
        foreach (var parameter in model.Parameters.Where(p => p.IsTrained))
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Length).Select(_ => size * (2 * random.NextSingle() - 1))]);
        return model;
    }

    /// <summary>Sums that are nothing, or too large for a number, are −∞ and +∞: no difference of two infinities arises.</summary>
    [Theory]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, 1.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity)]
    public void TheLogarithmOfAnInfiniteSumIsInfinite(params double[] values)
    {
        Assert.Equal(values[0], Zoo.Runtime.PartitionFunction.LogSumExp(values));
        Assert.Equal(3, Zoo.Runtime.PartitionFunction.LogSumExp([double.NegativeInfinity, 3]), 1e-15);
        Assert.Equal(double.NaN, Zoo.Runtime.PartitionFunction.LogSumExp([1, double.NaN]));
    }

    [Theory]
    [InlineData("Cd1")]
    [InlineData("Normal")]
    [InlineData("Varying")]
    [InlineData("Rugged")]
    public void EnumerationIsTheSumOverAllStates(string name)
    {
        double? expected = null;
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = SharedWork.Among(threads);
            using var model = Create(name, 3, device: device);
            var machine = new Machine(model);
            var reports = new List<double>();
            // Of the larger machine the visible layer is the smaller, and several stretches are counted.
            expected ??= name == "Rugged"
                ? Machine.LogSumExp(machine.VisibleStates().Select(v => -machine.FreeEnergy(v)))
                : machine.LogPartition();
            Assert.Equal(expected.Value, LogPartition(model, new Reports(reports)), 1e-9);
            Assert.Equal(1, reports[^1]);
            Assert.Equal(reports.Order(), reports);
        }
    }

    sealed class Reports(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }

    [Fact]
    public void TooManyUnitsAreRefusedWithWhatToCall()
    {
        using var model = compiled.Create("Large", 1, Device.Cpu);
        Assert.Equal("Large: log Z is enumerated up to 24 hidden units, but there are 25. Call EstimateLogPartition.",
            Assert.Throws<InvalidOperationException>(() => LogPartition(model)).Message);
        Assert.Throws<InvalidOperationException>(() => InferenceTests.Method<Likelihood>(model, "LogLikelihood")(new float[26], default));
    }

    [Theory]
    [InlineData("Cd1")]
    [InlineData("Varying")]
    public void LogLikelihoodsAreFreeEnergiesLessLogZ(string name)
    {
        using var model = Create(name, 5);
        var machine = new Machine(model);
        var x = BoltzmannStepTests.Batch(name, 70 * machine.Visible, 1);
        var rows = Machine.Rows(x, machine.Visible).Select(v => -machine.FreeEnergy(v) - machine.LogPartition()).ToArray();
        var perRow = new double[70];
        var mean = InferenceTests.Method<Likelihood>(model, "LogLikelihood")(x, perRow);
        Assert.Equal(rows.Average(), mean, 1e-5);
        for (var i = 0; i < rows.Length; i++) Assert.Equal(rows[i], perRow[i], 1e-5);
        Assert.Equal(mean + 3 - machine.LogPartition() + machine.LogPartition(),
            InferenceTests.Method<LikelihoodWith>(model, "LogLikelihood")(x, machine.LogPartition() - 3, perRow), 1e-9);
        Assert.Throws<ArgumentException>(() => InferenceTests.Method<Likelihood>(model, "LogLikelihood")(x, new double[3]));
        if (machine.IsGaussian) return;
        // All states together are certain.
        float[] all = [.. machine.VisibleStates().SelectMany(v => v).Select(v => (float)v)];
        perRow = new double[1 << machine.Visible];
        InferenceTests.Method<Likelihood>(model, "LogLikelihood")(all, perRow);
        Assert.Equal(1, perRow.Sum(Math.Exp), 1e-5);
    }

    /// <summary>A machine without weights is the base itself: every weight is the same, and the estimate exact.</summary>
    [Theory]
    [InlineData("Cd1")]
    [InlineData("Varying")]
    public void AMachineWithoutWeightsIsEstimatedExactly(string name)
    {
        using var model = Create(name, 5);
        model.Parameters["weight"].CopyFrom(new float[model.Parameters["weight"].Length]);
        model.Parameters["hidden_bias"].CopyFrom(new float[model.Parameters["hidden_bias"].Length]);
        foreach (var reverse in (bool[])[false, true])
        {
            var estimate = Annealed(model, 1, 70, 5, reverse);
            Assert.Equal(LogPartition(model), estimate.LogPartition, 1e-5);
            Assert.Equal(0, estimate.Deviation, 1e-5);
            Assert.Equal(70, estimate.EffectiveSampleSize, 1e-3);
        }
    }

    /// <summary>Inside three deviations with either base and both directions, the same bits on any number of threads.</summary>
    [Theory]
    [InlineData("Cd1", 2)]
    [InlineData("Rugged", 0.5f)]
    [InlineData("Normal", 1)]
    [InlineData("Varying", 0.7f)]
    public void EstimatesLieAroundLogZ(string name, float size)
    {
        using var device = SharedWork.Among(3);
        using var one = SharedWork.Among(1);
        using IGenerativeModel model = Create(name, 1, size, device), alone = Create(name, 1, size, one);
        var exact = LogPartition(model);
        var x = BoltzmannStepTests.Batch(name, 20 * model.Parameters["visible_bias"].Length, 1);
        foreach (var examples in (float[][])[[], x])
            foreach (var reverse in (bool[])[false, true])
            {
                var estimate = Annealed(model, 7, 70, 60, reverse, examples);
                Assert.InRange((estimate.LogPartition - exact) / estimate.Deviation, -4, 4);
                Assert.InRange(estimate.Deviation, 1e-4, 0.2);
                Assert.InRange(estimate.EffectiveSampleSize, 10, 70);
                if (examples.Length == 0) Assert.Equal(estimate, Annealed(alone, 7, 70, 60, reverse));
            }
    }

    [Fact]
    public void AScheduleIsWhatIsSampledAlong()
    {
        using var model = Create("Cd1", 3);
        double[] even = [.. Enumerable.Range(0, 50).Select(i => i / 49.0)];
        var scheduled = InferenceTests.Method<Scheduled>(model, "EstimateLogPartition");
        Assert.Equal(Annealed(model, 4, 70, 50), scheduled(4, 70, even, false, default, null));
        Assert.NotEqual(Annealed(model, 4, 70, 50), scheduled(4, 70, [.. even.Select(b => b * b)], false, default, null));
        var (logPartition, deviation) = Annealed(model, 4, 70, 50);
        (double, double) both = Annealed(model, 4, 70, 50);
        Assert.Equal((logPartition, deviation), both);

        foreach (var wrong in (double[][])[[], [1], [0.1, 1], [0, 0.5], [0, 0.5, 0.5, 1], [0, 0.6, 0.5, 1], [0, double.NaN, 1]])
            Assert.Equal("schedule", Assert.Throws<ArgumentException>(() => scheduled(1, 10, wrong, false, default, null)).ParamName);
        Assert.Equal("chains", Assert.Throws<ArgumentOutOfRangeException>(() => Annealed(model, 1, 1, 10)).ParamName);
        Assert.Equal("temperatures", Assert.Throws<ArgumentOutOfRangeException>(() => Annealed(model, 1, 10, 1)).ParamName);
        Assert.Equal("examples", Assert.Throws<ArgumentException>(() => Annealed(model, 1, 10, 10, false, new float[7])).ParamName);
    }

    /// <summary>Few temperatures and large weights: increments stay finite, and forward estimates lie below.</summary>
    [Fact]
    public void LargeStepsStayFinite()
    {
        using var model = Create("Cd1", 3, 200);
        foreach (var reverse in (bool[])[false, true])
        {
            var estimate = Annealed(model, 4, 70, 2, reverse);
            Assert.True(double.IsFinite(estimate.LogPartition) && double.IsFinite(estimate.Deviation), estimate.ToString());
        }
        Assert.True(Annealed(model, 4, 70, 2).LogPartition < LogPartition(model));
    }

    /// <summary>Ten machines of 14 visible and 20 hidden units, ten seeds each: three deviations hold 98 of 100.</summary>
    [Fact, Trait("Speed", "Slow")]
    public void ThreeDeviationsHoldLogZ()
    {
        if (!Rehearsal.IsOn) return;
        var inside = 0;
        for (var machine = 0; machine < 10; machine++)
        {
            using var model = Create("Rugged", machine, 1);
            var exact = LogPartition(model);
            for (var seed = 0; seed < 10; seed++)
            {
                var estimate = Annealed(model, (ulong)seed, 100, 1000);
                if (Math.Abs(estimate.LogPartition - exact) <= 3 * estimate.Deviation) inside++;
            }
        }
        output.WriteLine($"{inside} of 100 inside");
        Assert.InRange(inside, 98, 100);
    }

    /// <summary>With few chains the estimates of both directions lie on their sides of log Z on average.</summary>
    [Fact, Trait("Speed", "Slow")]
    public void ForwardLiesBelowAndBackwardAbove()
    {
        if (!Rehearsal.IsOn) return;
        using var model = Create("Cd1", 3, 3);
        var exact = LogPartition(model);
        foreach (var reverse in (bool[])[false, true])
        {
            double[] errors = [.. Enumerable.Range(0, 1000).Select(s => Annealed(model, (ulong)s, 2, 60, reverse).LogPartition - exact)];
            var (mean, error) = (errors.Average(), Math.Sqrt(errors.Average(e => e * e) / errors.Length));
            output.WriteLine($"{(reverse ? "backward" : "forward")}: {mean:F4} ± {error:F4} from log Z on average");
            Assert.True(reverse ? mean > 2 * error : mean < -2 * error);
        }
    }

    [Fact]
    public void FirstBiasesAreTheDatasOdds()
    {
        using var model = compiled.Create("Centred", 1, Device.Cpu);
        float[] x = [1, 0, 0.5f, 1, 0, 1, 0, 0.5f, 0, 0];
        InferenceTests.Method<SetBiases>(model, "SetVisibleBiases")(x);
        // (1 + ½) / (2 + 1) and so on.
        float[] expected = [MathF.Log(5), -MathF.Log(5), 0, 0, -MathF.Log(5)];
        var biases = Adversarial.PhasedSteps.Values(model.Parameters["visible_bias"]);
        Tolerances.Close("biases", BoltzmannOracle.Doubles(expected), biases, 1e-6);
        Assert.Equal([1, 0, 0.5f, 0.5f, 0], Adversarial.PhasedSteps.Values(model.Parameters["visible_offset"]));
        Assert.Throws<ArgumentException>(() => InferenceTests.Method<SetBiases>(model, "SetVisibleBiases")([2, 0, 0, 0, 0]));
        using var gaussian = compiled.Create("Normal", 1, Device.Cpu);
        InferenceTests.Method<SetBiases>(gaussian, "SetVisibleBiases")([1, -2, 4, 2]);
        Assert.Equal([2.5f, 0], Adversarial.PhasedSteps.Values(gaussian.Parameters["visible_bias"]));
    }

    delegate void SetBiases(ReadOnlySpan<float> examples);
}

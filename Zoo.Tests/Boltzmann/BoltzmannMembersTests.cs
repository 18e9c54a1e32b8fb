using System.Reflection;
using Zoo.Runtime;
using Zoo.Tests.Adversarial;
using Zoo.Tests.Engines;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Boltzmann;

/// <summary>What users call of a trained machine, beside its formulas in double precision.</summary>
public sealed class BoltzmannMembersTests(BoltzmannModels models) : IClassFixture<BoltzmannModels>
{
    readonly CompiledModels compiled = models.Compiled;

    // More than one chunk, and a last one that is not full.
    const int Rows = 67;

    delegate double OneBit(ulong seed, ReadOnlySpan<float> v);

    delegate double AllBits(ReadOnlySpan<float> v, IProgress<double>? progress);

    IGenerativeModel Create(string name, Device device)
    {
        var model = compiled.Create(name, 6, device);
        BoltzmannStepTests.Shake(model, 2);
        return model;
    }

    [Theory]
    [InlineData("Cd1")]
    [InlineData("Wide")]
    [InlineData("Normal")]
    [InlineData("Varying")]
    public void ConditionalsAndFreeEnergiesAreTheirFormulas(string name)
    {
        using var device = SharedWork.Among(2, VectorWidth.Bits256);
        using var model = Create(name, device);
        var machine = new Machine(model);
        var x = BoltzmannStepTests.Batch(name, Rows * machine.Visible, 1);
        float[] h = new float[Rows * machine.Hidden], y = new float[x.Length], f = new float[Rows];
        InferenceTests.Method<BoltzmannStepTests.Encode>(model, "Encode")(x, h);
        InferenceTests.Method<BoltzmannStepTests.Encode>(model, "Reconstruct")(x, y);
        InferenceTests.Method<BoltzmannStepTests.Encode>(model, "FreeEnergy")(x, f);
        var rows = Machine.Rows(x, machine.Visible).ToList();
        Tolerances.Close("p(h|v)", [.. rows.SelectMany(machine.HiddenMean)], h, Tolerances.Result, 1);
        Tolerances.Close("E[v|h]", [.. rows.SelectMany(v => machine.VisibleMean(machine.HiddenMean(v)))], y, Tolerances.Result, 1);
        Tolerances.Close("F(v)", [.. rows.Select(machine.FreeEnergy)], f, Tolerances.Result, 1);
        // F(v) = −log Σ_h exp(−E(v, h)), from the energy itself.
        if (machine.Hidden < 10)
            foreach (var v in rows.Take(5))
                Assert.Equal(machine.FreeEnergy(v), -Machine.LogSumExp(machine.HiddenStates().Select(s => -machine.Energy(v, s))), 1e-9);
    }

    [Theory]
    [InlineData("Wide")]
    [InlineData("Varying")]
    public void ChainsAreSweepsOfTheirDraws(string name)
    {
        var oracle = new BoltzmannOracle(compiled.Traces[name]);
        foreach (var threads in (int[])[1, 2, 3])
        {
            using var device = SharedWork.Among(threads, VectorWidth.Bits256);
            using var model = Create(name, device);
            var size = model.Parameters["visible_bias"].Length;
            var (x, v) = (BoltzmannStepTests.Batch(name, Rows * size, 4), new float[Rows * size]);
            double[] Oracle(string begin, int sweeps)
            {
                var bindings = oracle.Bind(model, ("x", x));
                oracle.Run(begin, bindings, 77, 0, 0, Rows);
                Dictionary<string, double[]> results = [];
                for (var sweep = 0; sweep < sweeps; sweep++) results = oracle.Run("SampleSweep", bindings, 77, 0, sweep, Rows);
                return results["output.visible"];
            }

            InferenceTests.Method<BoltzmannStepTests.Sample>(model, "Sample")(77, 3, v);
            Tolerances.Close("from noise", Oracle("BeginNoise", 3), v, Tolerances.Result, 1);
            // The first of more samples are the same.
            var few = new float[2 * size];
            InferenceTests.Method<BoltzmannStepTests.Sample>(model, "Sample")(77, 3, few);
            Assert.Equal(v[..(2 * size)], few);
            var thinned = new float[3 * Rows * size];
            InferenceTests.Method<BoltzmannStepTests.SampleFrom>(model, "Sample")(77, x, 2, thinned);
            for (var block = 0; block < 3; block++)
                Tolerances.Close($"from data, block {block}", Oracle("BeginData", 2 * block + 2),
                    thinned[(block * Rows * size)..((block + 1) * Rows * size)], Tolerances.Result, 1);
        }
    }

    /// <summary>Long chains visit states as often as the machine says, by enumeration.</summary>
    [Fact]
    public void ChainsSampleTheMachine()
    {
        using var model = Create("Cd1", Device.Cpu);
        var machine = new Machine(model);
        const int chains = 20_000;
        var v = new float[chains * machine.Visible];
        InferenceTests.Method<BoltzmannStepTests.Sample>(model, "Sample")(3, 20, v);
        var counts = Machine.Rows(v, machine.Visible).GroupBy(r => string.Concat(r)).ToDictionary(g => g.Key, g => g.Count());
        var chiSquare = 0.0;
        var logZ = machine.LogPartition();
        foreach (var state in machine.VisibleStates())
        {
            var expected = chains * Math.Exp(-machine.FreeEnergy(state) - logZ);
            chiSquare += Math.Pow(counts.GetValueOrDefault(string.Concat(state)) - expected, 2) / expected;
        }
        // 31 degrees of freedom: beyond 61.1 in one of a thousand.
        Assert.InRange(chiSquare, 10, 61.1);
    }

    [Fact]
    public void PseudoLikelihoodsAreTheirFormulas()
    {
        foreach (var name in (string[])["Cd1", "Wide"])
        {
            using var device = SharedWork.Among(3, VectorWidth.Bits256);
            using var model = Create(name, device);
            var machine = new Machine(model);
            var x = BoltzmannStepTests.Batch(name, Rows * machine.Visible, 8);
            var rows = Machine.Rows(x, machine.Visible).ToList();
            double Of(double[] v, int bit)
            {
                var turned = v.Select((value, i) => i == bit ? 1 - value : value).ToArray();
                return -Math.Log(1 + Math.Exp(machine.FreeEnergy(v) - machine.FreeEnergy(turned)));
            }

            var reports = new List<double>();
            var all = InferenceTests.Method<AllBits>(model, "PseudoLogLikelihood")(x, new Reports(reports));
            Assert.Equal(rows.Average(v => Enumerable.Range(0, v.Length).Sum(bit => Of(v, bit))), all, 1e-4);
            Assert.Equal(1, reports[^1]);
            Assert.True(reports.Count > 1 && reports.SequenceEqual(reports.Order()));

            var key = Philox.DrawKey(5, "pseudo_likelihood.bit");
            var one = InferenceTests.Method<OneBit>(model, "PseudoLogLikelihood")(5, x);
            var expected = rows.Select((v, row) => v.Length * Of(v, Philox.Class(key, 0, 0, row, v.Length))).Average();
            Assert.Equal(expected, one, 1e-4);
            Assert.NotEqual(all, one, 1e-3);
            // Of one bit at a time the mean is that of all.
            Assert.Equal(all, Enumerable.Range(0, 400).Average(seed =>
                InferenceTests.Method<OneBit>(model, "PseudoLogLikelihood")((ulong)seed, x)), 0.1);
        }
    }

    /// <summary>Reports where they are made, on the caller's thread.</summary>
    sealed class Reports(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void LargeWeightsDoNotOverflow(float weight)
    {
        using var model = Create("Cd1", Device.Cpu);
        model.Parameters["weight"].CopyFrom([.. Enumerable.Repeat(weight, 20)]);
        var machine = new Machine(model);
        var (x, f) = (Enumerable.Repeat(1f, 5).ToArray(), new float[1]);
        InferenceTests.Method<BoltzmannStepTests.Encode>(model, "FreeEnergy")(x, f);
        Assert.True(float.IsFinite(f[0]));
        Tolerances.Close("F(v)", [machine.FreeEnergy([1, 1, 1, 1, 1])], f, 1e-6, 1);
        Assert.True(double.IsFinite(InferenceTests.Method<AllBits>(model, "PseudoLogLikelihood")(x, null)));
        var losses = new float[2];
        model.Step([.. Enumerable.Repeat(x, 6).SelectMany(v => v)], default, default, losses);
        Assert.All(losses, l => Assert.True(float.IsFinite(l)));
        Assert.All(PhasedSteps.Values(model.Parameters["weight"]), w => Assert.True(float.IsFinite(w)));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using var model = Create("Cd1", Device.Cpu);
        string Refused<T>(Action call) where T : ArgumentException
        {
            var exception = Assert.Throws<T>(call);
            return $"{exception.ParamName}: {exception.Message.Split(" (Parameter")[0]}";
        }

        var sample = InferenceTests.Method<BoltzmannStepTests.Sample>(model, "Sample");
        var from = InferenceTests.Method<BoltzmannStepTests.SampleFrom>(model, "Sample");
        Assert.Equal("v: Expected a multiple of 5 values (one example), but got 7.",
            Refused<ArgumentException>(() => sample(1, 2, new float[7])));
        Assert.StartsWith("gibbsSteps: Expected at least 1, but got 0.",
            Refused<ArgumentOutOfRangeException>(() => sample(1, 0, new float[5])), StringComparison.Ordinal);
        Assert.Equal("v: Expected room for a multiple of 10 values (2 chains of 5), but got 15.",
            Refused<ArgumentException>(() => from(1, new float[10], 1, new float[15])));
        Assert.Equal("v: Expected at least one example, but got none.", Refused<ArgumentException>(() =>
            InferenceTests.Method<OneBit>(model, "PseudoLogLikelihood")(1, [])));
        var evaluate = compiled.Type("Cd1Calls").GetMethod("Evaluate")!;
        float[] outside = [0, 1, 1, 0, 1, 0, 1, 1.5f, 0, 1];
        var refused = Assert.Throws<TargetInvocationException>(() => evaluate.Invoke(null, [model, outside]));
        Assert.StartsWith("Expected values from 0 to 1, but value 2 of row 1 is 1.5.",
            Assert.IsType<ArgumentException>(refused.InnerException).Message, StringComparison.Ordinal);
    }
}

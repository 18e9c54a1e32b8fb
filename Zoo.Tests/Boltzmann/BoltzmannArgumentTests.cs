using System.Reflection;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Boltzmann;

/// <summary>What a machine is given at run time and does not take: numbers, examples.</summary>
public sealed class BoltzmannArgumentTests : IDisposable
{
    const string Source = """
        using Zoo;
        [RestrictedBoltzmannMachine(Input = [4], Hidden = 3, Batch = 2, Centered = true)] public partial class Binary;
        [RestrictedBoltzmannMachine(Input = [4], Hidden = 3, Batch = 2, Visible = Visible.Gaussian)] public partial class Real;
        [RestrictedBoltzmannMachine(Input = [20], Hidden = 14, Batch = 2)] public partial class Large;
        public static class Use
        {
            public static double Binary(float[] examples, bool checks)
            {
                using var m = new Binary(1) { ChecksData = checks };
                return m.EstimateLogPartition(1, 5, 5, false, examples).LogPartition;
            }
            public static double Told(int hidden, System.IProgress<double> progress)
            {
                using IGenerativeModel m = hidden > 12 ? new Large(1) : new Binary(1);
                return m is Large large ? large.LogPartition(progress) : ((Binary)m).LogPartition(progress);
            }
            public static double Estimate(IGenerativeModel m, System.IProgress<double> progress) =>
                ((Binary)m).EstimateLogPartition(1, 5, 5, false, default, progress).LogPartition;
            public static double Schedule(IGenerativeModel m, System.IProgress<double> progress) =>
                ((Binary)m).EstimateLogPartition(1, 5, [0, 0.5, 1], false, default, progress).LogPartition;
            public static double Exactly(IGenerativeModel m, System.IProgress<double> progress) => ((Binary)m).LogPartition(progress);
            public static double AllBits(IGenerativeModel m, System.IProgress<double> progress) =>
                ((Binary)m).PseudoLogLikelihood([0, 1, 1, 0], progress);
            public static double FromNoise(IGenerativeModel m, System.IProgress<double> progress)
            {
                var v = new float[5 * 4];
                ((Binary)m).Sample(1, 7, v, progress);
                return Number(v);
            }
            public static double FromData(IGenerativeModel m, System.IProgress<double> progress)
            {
                var v = new float[6 * 4];
                ((Binary)m).Sample(1, [0, 1, 1, 0, 1, 1, 0, 1], 7, v, progress);
                return Number(v);
            }
            static double Number(float[] bits)
            {
                var number = 0.0;
                foreach (var bit in bits) number = 2 * number + bit;
                return number;
            }
            public static double Scheduled(float[] examples, bool checks)
            {
                using var m = new Binary(1) { ChecksData = checks };
                return m.EstimateLogPartition(1, 5, [0, 0.5, 1], true, examples).LogPartition;
            }
            public static double Real(float[] examples, bool checks)
            {
                using var m = new Real(1) { ChecksData = checks };
                return m.EstimateLogPartition(1, 5, 5, false, examples).LogPartition;
            }
        }
        """;

    readonly CompiledModels compiled = new([Source]);

    public void Dispose() => compiled.Dispose();

    double Call(string name, float[] examples, bool checks)
    {
        try
        {
            return (double)compiled.Type("Use").GetMethod(name)!.Invoke(null, [examples, checks])!;
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }

    /// <summary>Examples that a base machine's biases are made of: pixels of 0 to 255 have no log-odds.</summary>
    [Theory]
    [InlineData("Binary", 255f, "Expected values from 0 to 1, but value 1 of row 1 is 255.")]
    [InlineData("Scheduled", -1f, "Expected values from 0 to 1, but value 1 of row 1 is -1.")]
    [InlineData("Binary", float.NaN, "Expected values from 0 to 1, but value 1 of row 1 is NaN.")]
    [InlineData("Real", float.NegativeInfinity, "Expected finite numbers, but value 1 of row 1 is -Infinity.")]
    public void ExamplesOfAnEstimateAreLookedAt(string name, float value, string message)
    {
        float[] examples = [0, 1, 0.5f, 1, 1, value, 0, 1];
        var refused = Assert.Throws<ArgumentException>(() => Call(name, examples, checks: true));
        Assert.StartsWith(message, refused.Message);
        Assert.EndsWith("(Parameter 'examples')", refused.Message);
        Call(name, examples, checks: false);
        examples[5] = 1;
        Assert.True(double.IsFinite(Call(name, examples, checks: true)));
    }

    /// <summary>Whoever is told how far it is can end it, by an exception that comes out as it was thrown.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void WhatProgressThrowsComesOut(int hidden)
    {
        var told = compiled.Type("Use").GetMethod("Told")!;
        var thrown = Assert.Throws<TargetInvocationException>(() => told.Invoke(null, [hidden, new Ending()]));
        Assert.Equal("enough", Assert.IsType<OperationCanceledException>(thrown.InnerException).Message);
    }

    sealed class Ending : IProgress<double>
    {
        public void Report(double value) => throw new OperationCanceledException("enough");
    }

    /// <summary>Whoever is told how far a call is cannot call the model: it would compute with what the call left half.</summary>
    [Theory]
    [InlineData("Estimate")]
    [InlineData("Schedule")]
    [InlineData("Exactly")]
    [InlineData("AllBits")]
    [InlineData("FromNoise")]
    [InlineData("FromData")]
    public void WhoIsToldCannotCallTheModel(string name)
    {
        using var model = compiled.Create("Binary", 1, Device.Cpu);
        using var other = compiled.Create("Binary", 1, Device.Cpu);
        double Use(IGenerativeModel m, IProgress<double>? progress) =>
            (double)compiled.Type("Use").GetMethod(name)!.Invoke(null, [m, progress])!;

        var expected = Use(model, null);
        var (calls, losses) = (new List<Action>
        {
            () => Use(model, null), () => model.Step(new float[8], default, default, new float[2]),
            () => model.Save("never"), () => model.Parameters["weight"].CopyTo(new float[12]), model.Dispose,
        }, 0);
        var told = new Telling(() =>
        {
            foreach (var call in calls)
            {
                var thrown = Assert.ThrowsAny<Exception>(call);
                thrown = thrown is TargetInvocationException ? thrown.InnerException! : thrown;
                Assert.StartsWith("Binary is in use by the call that tells its progress", Assert.IsType<InvalidOperationException>(thrown)
                    .Message);
            }
            // What no call changes can be read, and another model be used.
            losses += model.BatchSize;
            Use(other, null);
        });
        Assert.Equal(expected, Use(model, told));
        Assert.NotEqual(0, losses);
        Assert.Throws<TargetInvocationException>(() => Use(model, new Ending()));
        model.Step(new float[8], default, default, new float[2]);
        Assert.Equal(1, model.Steps);
    }

    sealed class Telling(Action told) : IProgress<double>
    {
        public void Report(double value) => told();
    }

    /// <summary>Numbers keep the attribute's ranges.</summary>
    [Theory]
    [InlineData(0f, false)]
    [InlineData(-0.5f, false)]
    [InlineData(1.0000001f, false)]
    [InlineData(2f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(1e-3f, true)]
    [InlineData(1f, true)]
    public void ASlidingFactorIsAtMostOne(float value, bool isTaken)
    {
        using var model = compiled.Create("Binary", 1, Device.Cpu);
        if (isTaken)
        {
            model.Hyperparameters["sliding_factor"] = value;
            Assert.Equal(value, model.Hyperparameters["sliding_factor"]);
            return;
        }
        var refused = Assert.Throws<ArgumentException>(() => model.Hyperparameters["sliding_factor"] = value);
        Assert.StartsWith("Hyperparameter 'sliding_factor' must be in (0, 1]; ", refused.Message);
        Assert.Equal(0.01f, model.Hyperparameters["sliding_factor"]);
    }
}

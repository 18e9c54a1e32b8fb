using Xunit;
using Zoo.Runtime;

namespace Zoo.Tests.Optimizers;

/// <summary>Against the update rules in double precision, as PyTorch documents them, and against values worked out by hand.</summary>
public sealed class OptimizerTests
{
    const int Length = 1003;

    public static TheoryData<VectorWidth> Widths => [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    [Theory, MemberData(nameof(Widths))]
    public void Adam(VectorWidth width)
    {
        const double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0.01, scale = 0.5;
        Compare(width, 2,
            (worker, p, g, s, t) => Optimizer.Adam(worker, p, g, s[0], s[1], Length,
                AdamSettings.At(1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f, t, 0.5f)),
            (p, g, s, t) =>
            {
                g = scale * g + decay * p;
                s[0] = beta1 * s[0] + (1 - beta1) * g;
                s[1] = beta2 * s[1] + (1 - beta2) * g * g;
                return p - lr * (s[0] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(beta2, t))) + epsilon);
            });
    }

    [Theory, MemberData(nameof(Widths))]
    public void RmsProp(VectorWidth width) =>
        Compare(width, 1, (worker, p, g, s, t) => Optimizer.RmsProp(worker, p, g, s[0], Length, new(1e-3f, 0.99f, 1e-8f, 0.01f, 0.5f)),
            (p, g, s, t) =>
            {
                g = 0.5 * g + 0.01 * p;
                s[0] = 0.99 * s[0] + (1 - 0.99) * g * g;
                return p - 1e-3 * g / (Math.Sqrt(s[0]) + 1e-8);
            });

    [Theory, MemberData(nameof(Widths))]
    public void PlainSgd(VectorWidth width) =>
        Compare(width, 1, (worker, p, g, s, t) => Optimizer.Sgd(worker, p, g, s[0], Length, new(1e-2f, 0, false, 0.01f, 0.5f, t == 1)),
            (p, g, s, t) => p - 1e-2 * (0.5 * g + 0.01 * p));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MomentumSgd(bool nesterov) =>
        Compare(VectorWidth.Bits256, 1,
            (worker, p, g, s, t) => Optimizer.Sgd(worker, p, g, s[0], Length, new(1e-2f, 0.9f, nesterov, 0.01f, 0.5f, t == 1)),
            (p, g, s, t) =>
            {
                g = 0.5 * g + 0.01 * p;
                s[0] = t == 1 ? g : 0.9 * s[0] + g;
                return p - 1e-2 * (nesterov ? g + 0.9 * s[0] : s[0]);
            }, fill: float.NaN);

    /// <summary>w ← (1 − α·λ)·w before the step, whose gradient knows nothing of it: AdamW, and the same of the others.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void DecoupledDecay(VectorWidth width)
    {
        var retention = Optimizer.Retention(1e-2f, 0.5f);
        Compare(width, 2,
            (worker, p, g, s, t) => Optimizer.Adam(worker, p, g, s[0], s[1], Length,
                AdamSettings.At(1e-2f, 0.9f, 0.999f, 1e-8f, 0, t, 1, retention)),
            (p, g, s, t) =>
            {
                s[0] = 0.9 * s[0] + (1 - 0.9) * g;
                s[1] = 0.999 * s[1] + (1 - 0.999) * g * g;
                return p * (1 - 1e-2 * 0.5) - 1e-2 * (s[0] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(0.999, t))) + 1e-8);
            });
        Compare(width, 1,
            (worker, p, g, s, t) => Optimizer.RmsProp(worker, p, g, s[0], Length, new(1e-2f, 0.99f, 1e-8f, 0, 1, retention)),
            (p, g, s, t) =>
            {
                s[0] = 0.99 * s[0] + (1 - 0.99) * g * g;
                return p * (1 - 1e-2 * 0.5) - 1e-2 * g / (Math.Sqrt(s[0]) + 1e-8);
            });
        foreach (var momentum in new[] { 0, 0.9f })
            Compare(width, 1,
                (worker, p, g, s, t) => Optimizer.Sgd(worker, p, g, s[0], Length, new(1e-2f, momentum, false, 0, 1, t == 1, retention)),
                (p, g, s, t) =>
                {
                    s[0] = t == 1 ? g : momentum * s[0] + g;
                    return p * (1 - 1e-2 * 0.5) - 1e-2 * s[0];
                });
    }

    [Fact]
    public void FiveStepsByHand()
    {
        // A constant gradient of 2. Adam: m̂ = 2 and √v̂ = 2 at every step, so each step is α. SGD: b = 2, 3, 3.5, 3.75, 3.875 at μ = ½,
        // their sum 16.125.
        // Nesterov: g + b/2 = 3, 3.5, 3.75, 3.875, 3.9375, sum 18.0625. RMSprop at ρ = ¾: v = 4(1 − ¾ᵗ), so step t is α / √(1 − ¾ᵗ).
        var rms = 0.0;
        for (var t = 1; t <= 5; t++) rms += 1 / Math.Sqrt(1 - Math.Pow(0.75, t));
        Assert.Equal(1 - 5 * 0.125f,
            After((worker, p, g, s, t) => Optimizer.Adam(worker, p, g, s[0], s[1], 1, AdamSettings.At(0.125f, 0.9f, 0.999f, 0, 0, t))),
            5e-7f);
        Assert.Equal(1 - 16.125f / 16,
            After((worker, p, g, s, t) => Optimizer.Sgd(worker, p, g, s[0], 1, new(0.0625f, 0.5f, false, 0, 1, t == 1))), 1e-7f);
        Assert.Equal(1 - 18.0625f / 16,
            After((worker, p, g, s, t) => Optimizer.Sgd(worker, p, g, s[0], 1, new(0.0625f, 0.5f, true, 0, 1, t == 1))), 1e-7f);
        Assert.Equal((float)(1 - rms / 16),
            After((worker, p, g, s, t) => Optimizer.RmsProp(worker, p, g, s[0], 1, new(0.0625f, 0.75f, 0, 0, 1))), 5e-7f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(4096)]
    [InlineData(50001)]
    public void NormIsTheSameForAnyWorkersAndClips(int length)
    {
        using var memory = new Arena(length + 64);
        var (gradients, partials) = (memory.Base, memory.Base.At(length));
        Fill(gradients, length, 3);
        var exact = 0.0;
        for (var i = 0; i < length; i++) exact += (double)gradients[i] * gradients[i];
        var first = Array.Empty<float>();
        for (var workers = 1; workers <= 3; workers++)
        {
            using var team = new Team(workers, VectorWidth.Bits256);
            team.Run(new Update(worker => Optimizer.SquaredNorm(worker, gradients, length, partials)));
            var sums = partials.AsSpan(Optimizer.NormBlocks(length)).ToArray();
            if (workers == 1) first = sums;
            Assert.Equal(first, sums);
        }
        var norm = Math.Sqrt(exact);
        Assert.Equal(0.25, Optimizer.ClipScale(partials, first.Length, (float)(0.25 * (norm + 1e-6))), 1e-6);
        Assert.Equal(1f, Optimizer.ClipScale(partials, first.Length, (float)norm * 1.01f));
    }

    public static TheoryData<VectorWidth, string> Moments
    {
        get
        {
            var data = new TheoryData<VectorWidth, string>();
            foreach (var width in Enum.GetValues<VectorWidth>())
                foreach (var rule in new[] { "Adam", "RmsProp", "Sgd" }) data.Add(width, rule);
            return data;
        }
    }

    /// <summary>A moment whose gradient stays 0 comes to 0, and is never a number that costs a processor a hundred cycles.</summary>
    [Theory, MemberData(nameof(Moments))]
    public void MomentsAreNeverSubnormal(VectorWidth width, string rule)
    {
        using var team = new Team(1, width);
        using var memory = new Arena(64);
        var (p, g, m, v) = (memory.Base, memory.Base.At(16), memory.Base.At(32), memory.Base.At(48));
        float[] first = [1e-36f, -1e-36f, 3e-38f, 1.2e-38f, 1e-41f, 0, float.NaN, float.PositiveInfinity];
        first.CopyTo(m.AsSpan(8));
        if (rule != "Sgd") first = [.. first.Select(Math.Abs)];
        first.CopyTo((rule == "RmsProp" ? m : v).AsSpan(8));
        for (var step = 2; step < 2000; step++)
        {
            var t = step;
            team.Run(new Update(worker =>
            {
                if (rule == "Adam") Optimizer.Adam(worker, p, g, m, v, 8, AdamSettings.At(1e-3f, 0.9f, 0.95f, 1e-8f, 0, t));
                else if (rule == "RmsProp") Optimizer.RmsProp(worker, p, g, m, 8, new(1e-3f, 0.95f, 1e-8f, 0, 1));
                else Optimizer.Sgd(worker, p, g, m, 8, new(1e-2f, 0.9f, false, 0, 1, false));
            }));
            foreach (var moment in (float[])[.. m.AsSpan(8), .. rule == "Adam" ? v.AsSpan(8) : []])
                Assert.False(float.IsSubnormal(moment), $"step {t}: {moment:R}");
        }
        foreach (var moments in rule == "Adam" ? new[] { m, v } : [m])
        {
            Assert.All(moments.AsSpan(6).ToArray(), moment => Assert.Equal(0, moment));
            Assert.True(float.IsNaN(moments[6]));
            Assert.True(float.IsNaN(moments[7]) || float.IsInfinity(moments[7]));
        }
    }

    [Fact]
    public void AdamCountsFromOne() => Assert.Throws<ArgumentOutOfRangeException>(() => AdamSettings.At(1e-3f, 0.9f, 0.999f, 1e-8f, 0, 0));

    delegate void Own(Worker worker, Floats parameters, Floats gradients, Floats[] state, long step);

    delegate double Exact(double parameter, double gradient, double[] state, int step);

    /// <summary>Ten steps, with 1, 2 and 3 workers, which must agree bit for bit.</summary>
    static void Compare(VectorWidth width, int states, Own own, Exact exact, float fill = 0)
    {
        const int stride = 1008;
        float[]? first = null;
        for (var workers = 1; workers <= 3; workers++)
        {
            using var team = new Team(workers, width);
            using var memory = new Arena(stride * 4);
            var (p, g) = (memory.Base, memory.Base.At(stride));
            Floats[] s = [memory.Base.At(2 * stride), memory.Base.At(3 * stride)];
            memory.Base.AsSpan(4 * stride).Fill(fill);
            Fill(p, Length, 1);
            var expected = Enumerable.Range(0, Length).Select(i => (double)p[i]).ToArray();
            var state = Enumerable.Range(0, Length).Select(_ => new double[states]).ToArray();
            for (var step = 1; step <= 10; step++)
            {
                var t = step;
                Fill(g, Length, 100 + t);
                team.Run(new Update(worker => own(worker, p, g, s, t)));
                for (var i = 0; i < Length; i++) expected[i] = exact(expected[i], g[i], state[i], t);
            }
            for (var i = 0; i < Length; i++)
                Assert.True(Math.Abs(expected[i] - p[i]) <= 2e-6 * Math.Max(0.1, Math.Abs(expected[i])),
                    $"element {i}: {expected[i]:R}, {p[i]:R}");
            var bits = p.AsSpan(Length).ToArray();
            first ??= bits;
            Assert.Equal(first, bits);
        }
    }

    static float After(Own own)
    {
        using var team = new Team(1, VectorWidth.Bits256);
        using var memory = new Arena(64);
        memory.Base.Clear(0, 64);
        var (p, g) = (memory.Base, memory.Base.At(16));
        (p[0], g[0]) = (1, 2);
        for (var step = 1; step <= 5; step++)
        {
            var t = step;
            team.Run(new Update(worker => own(worker, p, g, [memory.Base.At(32), memory.Base.At(48)], t)));
        }
        return p[0];
    }

    static void Fill(Floats values, int length, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < length; i++) values[i] = (float)(random.NextDouble() * 2 - 1);
    }

    sealed class Update(Action<Worker> action) : TeamProgram
    {
        public override void Execute(Worker worker) => action(worker);
    }
}

namespace Zoo.Tests.Metrics;

/// <summary>Annealed importance sampling with Hamiltonian Monte Carlo where log p(x) is known.</summary>
public sealed class AnnealedLikelihoodTests
{
    const int Size = 5, Latent = 2;
    const double Variance = 0.125;

    static readonly float[] Loading = ReferenceRows.Of(22, Size, Latent), Offset = ReferenceRows.Of(23, 1, Size);
    static readonly float[] Observed = ReferenceRows.Of(24, 4, Size, 2);

    /// <summary>SciPy's log N(x; b, W·Wᵀ + s·I) of the four (<c>references.py</c>).</summary>
    static readonly double[] Exact = [-13.848091952548025, -7.129926772393338, -21.202500636996277, -11.00627711568864];

    /// <summary>x = W·z + b + √s·ε: probabilistic PCA.</summary>
    class Linear : IDecoderLikelihood
    {
        public int CodeSize => Latent;

        public int ExampleSize => Size;

        public int Calls { get; private set; }

        public virtual void LogLikelihoodWithGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients)
        {
            Calls++;
            gradients.Clear();
            for (var row = 0; row < logLikelihoods.Length; row++)
            {
                var log = -0.5 * Size * Math.Log(Math.Tau * Variance);
                for (var i = 0; i < Size; i++)
                {
                    double rest = x[row * Size + i] - Offset[i];
                    for (var k = 0; k < Latent; k++) rest -= Loading[i * Latent + k] * z[row * Latent + k];
                    log -= rest * rest / (2 * Variance);
                    for (var k = 0; k < Latent; k++) gradients[row * Latent + k] += (float)(Loading[i * Latent + k] * rest / Variance);
                }
                logLikelihoods[row] = (float)log;
            }
        }
    }

    [Fact]
    public void Of_probabilistic_PCA_is_that_of_a_Gaussian()
    {
        var found = AnnealedLikelihood.Of(new Linear(), Observed, seed: 1, new() { Schedule = AnnealingSchedule.Sigmoid(400) });
        for (var i = 0; i < 4; i++)
        {
            Assert.InRange(found.Likelihood.Deviations[i], 0.001, 0.15);
            Assert.Equal(Exact[i], found.Likelihood.PerExample[i], 4 * found.Likelihood.Deviations[i]);
        }
        Assert.Equal(Exact.Average(), found.Likelihood.Mean, 4 * found.Likelihood.MonteCarloError);
        Assert.InRange(found.Likelihood.EffectiveSampleSize, 10, 16);
        Assert.InRange(found.Acceptance, 0.55, 0.95);
        Assert.Equal((16, 4), (found.Likelihood.Samples, found.Likelihood.Examples));
        Assert.Equal(Exact.Average(), LikelihoodEstimateTests.Gaussian(Loading, Offset, Variance, Size).LogLikelihood(Observed), 1e-12);
    }

    /// <summary>Chains that hardly move far enough still weigh what they should on average: 3,000 of them, at seven temperatures.</summary>
    [Fact]
    public void The_mean_of_weights_is_right_for_any_schedule()
    {
        AnnealingSettings settings = new() { Chains = 3000, LeapfrogSteps = 3, Schedule = AnnealingSchedule.Linear(7), StepSize = 0.3 };
        var found = AnnealedLikelihood.Of(new Linear(), Observed, seed: 2, settings).Likelihood;
        for (var i = 0; i < 4; i++) Assert.Equal(Exact[i], found.PerExample[i], 4 * found.Deviations[i]);
        Assert.InRange(found.Deviations[3], 0.01, 0.2);
    }

    /// <summary>From the posterior itself every weight is p(x), whatever the chains do.</summary>
    [Fact]
    public void From_a_base_that_is_the_posterior_every_weight_is_the_likelihood()
    {
        // One column of W alone, so that the posterior is a Gaussian without correlation.
        var single = new OneColumn();
        double[] column = [.. Enumerable.Range(0, Size).Select(i => (double)Loading[i * Latent])];
        var precision = 1 + column.Sum(w => w * w) / Variance;
        float[] means = new float[4 * Latent], logVariances = new float[4 * Latent];
        for (var row = 0; row < 4; row++)
        {
            means[row * Latent] = (float)(Enumerable.Range(0, Size).Sum(i => column[i] * (Observed[row * Size + i] - Offset[i]))
                / Variance / precision);
            logVariances[row * Latent] = (float)-Math.Log(precision);
        }
        AnnealingSettings settings = new() { Chains = 4, Schedule = AnnealingSchedule.Linear(20) };
        var found = AnnealedLikelihood.Of(single, Observed, 3, settings, means, logVariances).Likelihood;
        float[] weight = [.. Loading.Select((value, i) => i % Latent == 0 ? value : 0)];
        var law = LikelihoodEstimateTests.Gaussian(weight, Offset, Variance, Size);
        for (var row = 0; row < 4; row++)
        {
            Assert.Equal(law.LogDensity(Observed.AsSpan(row * Size, Size)), found.PerExample[row], 1e-4);
            Assert.InRange(found.Deviations[row], 0, 1e-4);
        }
        Assert.Equal(4, found.EffectiveSampleSize, 1e-3);
    }

    sealed class OneColumn : Linear
    {
        public override void LogLikelihoodWithGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients)
        {
            float[] codes = [.. z.ToArray().Select((value, i) => i % Latent == 0 ? value : 0)];
            base.LogLikelihoodWithGradient(codes, x, logLikelihoods, gradients);
            for (var i = 1; i < gradients.Length; i += Latent) gradients[i] = 0;
        }
    }

    /// <summary>An example's number depends on its place and the seed, not on what else goes through the decoder with it.</summary>
    [Fact]
    public void Draws_are_those_of_seed_and_place()
    {
        AnnealingSettings settings = new() { Chains = 200, PilotChains = 2, LeapfrogSteps = 2, Schedule = AnnealingSchedule.Linear(5) };
        var many = ReferenceRows.Of(30, 12, Size);
        List<double> told = [];
        var all = AnnealedLikelihood.Of(new Linear(), many, 7, settings, progress: new Told(told));
        var some = AnnealedLikelihood.Of(new Linear(), many.AsSpan(0, 7 * Size), 7, settings);
        Assert.Equal(some.Likelihood.PerExample.ToArray(), all.Likelihood.PerExample[..7].ToArray());
        Assert.NotEqual(all.Likelihood.PerExample[0], AnnealedLikelihood.Of(new Linear(), many, 8, settings).Likelihood.PerExample[0]);
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1], 1e-12);
        // Three blocks, each with a pilot; a gradient to begin with, and one for each step of the three proposals.
        var decoder = new Linear();
        AnnealedLikelihood.Of(decoder, many, 7, settings);
        Assert.Equal(3 * 2 * (1 + 3 * 2), decoder.Calls);
    }

    [Fact]
    public void A_pilot_finds_steps_that_are_taken_as_often_as_was_asked()
    {
        foreach (var wanted in (double[])[0.4, 0.8])
        {
            // β stays where it is but for the ends, so that there is time to find them.
            AnnealingSettings settings = new()
            {
                Acceptance = wanted, PilotChains = 16, Schedule = [0, .. Enumerable.Range(0, 200).Select(i => 0.5 + i * 1e-6), 1],
            };
            Assert.Equal(wanted, AnnealedLikelihood.Of(new Linear(), Observed, 5, settings).Acceptance, 0.1);
        }
    }

    [Fact]
    public void Schedules_go_from_0_to_1()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], AnnealingSchedule.Linear(5));
        // NumPy: s = 1 / (1 + exp(-linspace(-4, 4, 5))), (s - s.min()) / (s.max() - s.min()).
        double[] sigmoid = [0, 0.10499358540350652, 0.5, 0.8950064145964934, 1];
        foreach (var (expected, beta) in sigmoid.Zip(AnnealingSchedule.Sigmoid(5))) Assert.Equal(expected, beta, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => AnnealingSchedule.Linear(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnnealingSchedule.Sigmoid(5, 0));
    }

    [Fact]
    public void Bad_input_is_refused_and_named()
    {
        static void Refused(string parameter, string message, Action call)
        {
            var error = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal(parameter, error.ParamName);
            Assert.StartsWith(message, error.Message);
        }
        static void Of(float[] x, AnnealingSettings? settings = null, float[]? means = null, float[]? logVariances = null) =>
            AnnealedLikelihood.Of(new Linear(), x, 1, settings, means, logVariances);
        Refused("x", "Expected at least one example, but got none.", () => Of([]));
        Refused("x", "Expected a multiple of 5 values (one example), but got 6.", () => Of(new float[6]));
        Refused("x", "Expected finite numbers, but value 4 of row 0 is NaN.", () => Of([1, 2, 3, 4, float.NaN]));
        Refused("means", "Expected 2 values (1 rows of 2), but got 3.", () => Of(new float[5], means: new float[3]));
        Refused("logVariances", "Expected 2 values (1 rows of 2), but got 0.", () => Of(new float[5], means: new float[2]));
        Refused("Chains", "Expected at least 2, but got 1.", () => Of(new float[5], new() { Chains = 1 }));
        Refused("LeapfrogSteps", "Expected at least 1, but got 0.", () => Of(new float[5], new() { LeapfrogSteps = 0 }));
        Refused("PilotChains", "Expected at least 1, but got 0.", () => Of(new float[5], new() { PilotChains = 0 }));
        Refused("StepSize", "Expected a step size above 0.", () => Of(new float[5], new() { StepSize = 0 }));
        Refused("Acceptance", "Expected an acceptance between 0 and 1.", () => Of(new float[5], new() { Acceptance = 1 }));
        Refused("Schedule", "Expected at least two numbers that rise from 0 to 1, but got 3 of another kind.",
            () => Of(new float[5], new() { Schedule = [0, 0, 1] }));
        var error = Assert.Throws<InvalidOperationException>(() => AnnealedLikelihood.Of(new Broken(), Observed, 1));
        Assert.Equal("log p(x|z) of example 0 is NaN at a code drawn from the base.", error.Message);
    }

    sealed class Broken : Linear
    {
        public override void LogLikelihoodWithGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> x, Span<float> logLikelihoods, Span<float> gradients) =>
            logLikelihoods.Fill(float.NaN);
    }

    sealed class Told(List<double> parts) : IProgress<double>
    {
        public void Report(double value) => parts.Add(value);
    }
}

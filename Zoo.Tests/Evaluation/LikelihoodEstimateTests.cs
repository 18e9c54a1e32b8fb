using Zoo.Models;

namespace Zoo.Tests.Metrics;

/// <summary>What is made of a model's likelihoods against NumPy (<c>references.py</c>), brute force, and a law that is known.</summary>
public sealed class LikelihoodEstimateTests
{
    /// <summary>Log likelihoods of a list, one row after the other, whatever the rows are.</summary>
    static RowLogLikelihood Listed(float[] logs) => (x, _, perRow) =>
    {
        for (var i = 0; i < perRow.Length; i++) perRow[i] = logs[i];
        return double.NaN;
    };

    [Fact]
    public void Parts_give_mean_errors_and_effective_samples()
    {
        var estimate = LikelihoodEstimate.Of(Listed(ReferenceRows.Of(21, 4, 6, 2)), new float[4], 1, samples: 30, parts: 6);
        Close([0.6076103116737612, 1.1463997736188238, 0.43420241244266244, 0.40961322081272294], estimate.PerExample);
        Close([0.2638370647033695, 0.3635356332627546, 0.31399712443361016, 0.40658984838781287], estimate.Deviations);
        Close([9.714082491469101, 6.042606783527803, 7.5799192106196775, 5.034013871609158], estimate.EffectiveSampleSizes);
        Close([0.6494564296369927, 0.17140664160942357, 0.17060144568695093, -0.05820970654095534],
            [estimate.Mean, estimate.StandardError, estimate.MonteCarloError, estimate.Bias]);
        Assert.Equal((4, 30), (estimate.Examples, estimate.Samples));
        Assert.Equal(estimate.EffectiveSampleSizes.ToArray().Average(), estimate.EffectiveSampleSize, 1e-12);
        Assert.Equal("log p(x) = 0.649 nats an example; standard error 0.171 over 4 examples, 0.171 over draws of 30 importance samples "
            + "each, effective 7.1", estimate.ToString());
    }

    /// <summary>Every part is a row with its example, and what is given goes with it.</summary>
    [Fact]
    public void Rows_of_a_call_are_examples_in_parts()
    {
        List<(float[] X, int[] Given, int Samples)> calls = [];
        var estimate = LikelihoodEstimate.Of<int>(
            (x, given, samples, perRow) =>
            {
                calls.Add((x.ToArray(), given.ToArray(), samples));
                for (var i = 0; i < perRow.Length; i++) perRow[i] = x[2 * i] + given[i];
                return 0;
            },
            [1, 2, 3, 4], 2, [10, 20], 1, samples: 6, parts: 3);
        var (rows, labels, each) = Assert.Single(calls);
        Assert.Equal([1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4], rows);
        Assert.Equal([10, 10, 10, 20, 20, 20], labels);
        Assert.Equal(2, each);
        Close([11, 23], estimate.PerExample);
        Close([0, 0], estimate.Deviations);
        Close([6, 6], estimate.EffectiveSampleSizes);
    }

    /// <summary>
    /// Calls draw the same numbers, so that an error that is a row's and not an example's comes again in each: the mean of five examples in
    /// three calls is as uncertain as that of two.
    /// </summary>
    [Fact]
    public void Errors_that_calls_share_add_up()
    {
        const int size = 1 << 20, parts = 2;
        float[] errors = [0.5f, -0.25f, 0.125f, 0.75f];
        List<double> told = [];
        var estimate = LikelihoodEstimate.Of(Listed(errors), new float[5 * size], size, 2, parts, new Told(told));
        Assert.Equal([0.4, 0.8, 1], told);
        double Half(int i)
        {
            var (a, b) = (Math.Exp(errors[2 * i]), Math.Exp(errors[2 * i + 1]));
            return (a - b) / (a + b);
        }
        // Two parts of a mean differ from it by ±h, which is also its deviation; the first row is there three times, the second twice.
        Close([Half(0), Math.Abs(Half(1)), Half(0), Math.Abs(Half(1)), Half(0)], estimate.Deviations.ToArray().Select(Math.Abs).ToArray());
        Assert.Equal(Math.Sqrt(9 * Half(0) * Half(0) + 4 * Half(1) * Half(1)) / 5, estimate.MonteCarloError, 1e-7);
    }

    /// <summary>A linear VAE, whose log p(x) is that of a Gaussian, with an encoder that has learned nothing.</summary>
    [Fact]
    public void A_linear_model_is_within_its_errors_of_what_it_is()
    {
        using var vae = new LinearVae(seed: 3);
        vae.Parameters["decoder.log_variance"].CopyFrom([-0.5f]);
        vae.Parameters["encoder.log_variance"].CopyFrom([-0.25f, -0.25f, -0.25f]);
        vae.Parameters["encoder.dense1.weight"].CopyFrom([.. ReferenceRows.Of(4, 3, 8, 0.125f)]);
        float[] weight = new float[24], bias = new float[8];
        vae.Parameters["decoder.dense1.weight"].CopyTo(weight);
        vae.Parameters["decoder.dense1.bias"].CopyTo(bias);
        var law = Gaussian(weight, bias, Math.Exp(-0.5), 8);
        var x = ReferenceRows.Of(6, 300, 8);
        var estimate = LikelihoodEstimate.Of(vae.LogLikelihood, x, 8, samples: 256, parts: 16);
        var exact = Enumerable.Range(0, 300).Select(row => law.LogDensity(x.AsSpan(row * 8, 8))).ToArray();
        Assert.Equal(exact.Average(), estimate.Mean - estimate.Bias, 4 * estimate.MonteCarloError);
        Assert.InRange(estimate.MonteCarloError, 1e-4, 0.02);
        Assert.InRange(estimate.EffectiveSampleSize, 10, 250);
        // Errors by their own deviations have about variance 1.
        var scores = exact.Select((log, i) => (estimate.PerExample[i] - log) / estimate.Deviations[i]).ToArray();
        Assert.InRange(scores.Average(score => score * score), 0.7, 1.8);
        Assert.Equal(Deviation(exact) / Math.Sqrt(300), estimate.StandardError, 0.01);
    }

    /// <summary>The members of models with labels and with conditions are taken as they are.</summary>
    [Fact]
    public void Members_with_labels_and_conditions_are_taken()
    {
        using var labelled = new FashionConditionalVae(seed: 1);
        var x = ReferenceRows.Of(1, 2, 784, 0.5f, 0.5f);
        var estimate = LikelihoodEstimate.Of<int>(labelled.LogLikelihood, x, 784, [3, 4], 1, samples: 4, parts: 2);
        Assert.Equal(labelled.LogLikelihood(x, [3, 4], 4), estimate.Mean, 20.0);
        using var completing = new FashionQuadrantVae(seed: 1);
        Assert.True(double.IsFinite(LikelihoodEstimate.Of<float>(
            completing.LogLikelihood, x.AsSpan(0, 588), 588, x.AsSpan(588, 196), 196, samples: 2, parts: 2).Mean));
    }

    [Fact]
    public void An_impossible_example_has_no_likelihood_and_no_error()
    {
        var estimate = LikelihoodEstimate.Of(
            Listed([0, 0, float.NegativeInfinity, float.NegativeInfinity]), new float[2], 1, samples: 2, parts: 2);
        Assert.Equal([0, double.NegativeInfinity], estimate.PerExample);
        Assert.Equal(double.NegativeInfinity, estimate.Mean);
        Assert.Equal(double.NaN, estimate.MonteCarloError);
        Assert.Equal([0, double.NaN], estimate.Deviations);
        Assert.Equal(double.NaN, LikelihoodEstimate.Of(Listed([1, 2]), [1], 1, 2, 2).StandardError);
    }

    [Theory]
    [InlineData(0, 2, 4, 2, "x", "Expected at least one example, but got none.")]
    [InlineData(3, 2, 4, 2, "x", "Expected a multiple of 2 values (one example), but got 3.")]
    [InlineData(4, 0, 4, 2, "size", "Expected at least 1 value of an example.")]
    [InlineData(4, 2, 4, 1, "parts", "Expected at least 2 parts, got 1.")]
    [InlineData(4, 2, 5, 2, "samples", "Expected a multiple of 2 samples, one or more for each part, got 5.")]
    [InlineData(4, 2, 0, 2, "samples", "Expected a multiple of 2 samples, one or more for each part, got 0.")]
    public void Bad_input_is_refused_and_named(int values, int size, int samples, int parts, string parameter, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(
            () => LikelihoodEstimate.Of(Listed(new float[8]), new float[values], size, samples, parts));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Another_count_of_conditions_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => LikelihoodEstimate.Of<float>((_, _, _, _) => 0, [1, 2], 1, [1, 2, 3], 2, 2, 2));
        Assert.StartsWith("Expected 4 values (2 for each of 2 examples), got 3.", error.Message);
    }

    /// <summary>N(b, W·Wᵀ + v·I).</summary>
    internal static MixtureOfGaussians Gaussian(float[] weight, float[] bias, double variance, int size)
    {
        var (latent, covariance) = (weight.Length / size, new double[size * size]);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                covariance[i * size + j] = (i == j ? variance : 0)
                    + Enumerable.Range(0, latent).Sum(k => (double)weight[i * latent + k] * weight[j * latent + k]);
        return MixtureOfGaussians.Of([1], [.. bias.Select(value => (double)value)], covariance, size);
    }

    static double Deviation(double[] values) =>
        Math.Sqrt(values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1));

    static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-7);
    }

    sealed class Told(List<double> parts) : IProgress<double>
    {
        public void Report(double value) => parts.Add(value);
    }
}

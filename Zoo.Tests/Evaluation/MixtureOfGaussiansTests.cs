namespace Zoo.Tests.Metrics;

/// <summary>
/// Expectation–maximisation against scikit-learn's (<c>references.py</c>), draws against the law, and what cannot be fitted.
/// </summary>
public sealed class MixtureOfGaussiansTests
{
    static readonly float[] Clusters =
        [.. ReferenceRows.Of(25, 40, 2, 0.25f, 0.5f), .. ReferenceRows.Of(26, 30, 2, 0.5f, -0.5f), .. ReferenceRows.Of(27, 20, 2, 0.125f)];

    /// <summary>Mean variance of a coordinate of them.</summary>
    const double Spread = 0.22321030501589734;

    static MixtureOfGaussians Start => MixtureOfGaussians.Of(
        [0.5, 0.25, 0.25], [0.5, 0.5, -0.5, -0.5, 0.25, -0.25],
        [0.25, 0, 0, 0.25, 0.5, 0, 0, 0.5, 0.125, 0, 0, 0.125], 2);

    /// <summary>One step, and as many as it takes, from the same start and with as much on the diagonals.</summary>
    [Theory]
    [InlineData(1, -0.624893202383598, -0.4722474730070494,
        new[] { 0.47529748166229707, 0.28089783047466066, 0.24380468786304219 },
        new[]
        {
            0.37102118716929544, 0.384535544472144, -0.4608170567844992, -0.44154153335791124, 0.010361044447544302, -0.09045671360860462,
        },
        new[]
        {
            0.07944223454194378, 0.04956556530349928, 0.04956556530349928, 0.08753273619524422, 0.14439325730158128, 0.05541683737502929,
            0.055416837375029275, 0.15235122601101736, 0.09448764793410343, 0.07637636017917072, 0.07637636017917074, 0.1325349699059696,
        })]
    [InlineData(500, -0.24875254889623122, -0.5420373647324979,
        new[] { 0.44452300410409584, 0.32101003712376086, 0.23446695877214335 },
        new[]
        {
            0.47197018531548324, 0.48053319492317254, -0.5128498518201395, -0.5433352248983333, 0.01815753053604568, -0.010684031518767798,
        },
        new[]
        {
            0.029263982686729105, -0.002116743203735855, -0.0021167432037358554, 0.035915825166725195, 0.08115192679169766,
            -0.021919969248209728, -0.021919969248209728, 0.08298095643965565, 0.016511555221926325, 0.0010222166155030615,
            0.001022216615503062, 0.015820392294937244,
        })]
    public void Steps_are_those_of_another_program(
        int iterations, double logLikelihood, double logDensity, double[] weights, double[] means, double[] covariances)
    {
        MixtureSettings settings = new() { Iterations = iterations, Tolerance = 1e-12, Regularisation = 0.01 / Spread };
        var mixture = Start.Refit(Clusters, settings);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(weights[k], mixture.Weights[k], 1e-6);
            for (var i = 0; i < 2; i++) Assert.Equal(means[2 * k + i], mixture.Mean(k)[i], 1e-6);
            for (var i = 0; i < 4; i++) Assert.Equal(covariances[4 * k + i], mixture.Covariance(k)[i], 1e-6);
        }
        Assert.Equal(logLikelihood, mixture.LogLikelihood(Clusters), 1e-7);
        Assert.Equal(logDensity, mixture.LogDensity([0.1f, -0.2f]), 1e-6);
        Assert.Equal(mixture.LogLikelihood(Clusters), mixture.Fitted!.Value.LogLikelihood, 1e-12);
        Assert.Equal((iterations > 1, iterations == 1 ? 1 : 59), (mixture.Fitted.Value.HasConverged, mixture.Fitted.Value.Iterations));
    }

    /// <summary>The best that another program's many starts find, from starts of its own; the same bits on any number of threads.</summary>
    [Fact]
    public void Its_own_starts_reach_the_same()
    {
        MixtureSettings settings = new() { Tolerance = 1e-12, Iterations = 500, Regularisation = 0.01 / Spread };
        var mixture = MixtureOfGaussians.Fit(Clusters, 2, 3, seed: 1, settings);
        Assert.Equal(-0.24875254889623122, mixture.Fitted!.Value.LogLikelihood, 1e-6);
        var again = MixtureOfGaussians.Fit(Clusters, 2, 3, seed: 1, settings with { Threads = 3 });
        Assert.Equal(mixture.Weights.ToArray(), again.Weights.ToArray());
        for (var k = 0; k < 3; k++) Assert.Equal(mixture.Covariance(k).ToArray(), again.Covariance(k).ToArray());
        // One Gaussian is mean and covariance, after one step; the second finds that nothing changes.
        var one = MixtureOfGaussians.Fit(Clusters, 2, 1, seed: 9, settings);
        var moments = FeatureMoments.Of(Clusters, 2);
        for (var i = 0; i < 4; i++)
            Assert.Equal(moments.Covariance()[i] * 89 / 90 + (i % 3 == 0 ? 0.01 : 0), one.Covariance(0)[i], 1e-9);
        Assert.Equal(moments.Mean[1], one.Mean(0)[1], 1e-12);
        Assert.InRange(one.Fitted!.Value.Iterations, 1, 2);
    }

    [Fact]
    public void Draws_follow_the_law()
    {
        var law = MixtureOfGaussians.Of([0.75, 0, 0.25], [1, 2, 50, 50, -3, 0], [2, 0.6, 0.6, 0.5, 1, 0, 0, 1, 0.1, 0, 0, 0.3], 2);
        var z = new float[2 * 40_000];
        law.Sample(5, z);
        var moments = FeatureMoments.Of(z, 2);
        // E z and Var z of the mixture: within and between.
        Assert.Equal(0.75 * 1 - 0.25 * 3, moments.Mean[0], 0.03);
        Assert.Equal(0.75 * 2, moments.Mean[1], 0.02);
        Assert.Equal(0.75 * 2 + 0.25 * 0.1 + 0.75 * 0.25 * 16, moments.Covariance()[0], 0.08);
        Assert.Equal(0.75 * 0.6 + 0.75 * 0.25 * 4 * 2, moments.Covariance()[1], 0.04);
        Assert.Equal(0.75 * 0.5 + 0.25 * 0.3 + 0.75 * 0.25 * 4, moments.Covariance()[3], 0.03);
        Assert.True(z.Max() < 20, "a component of weight 0 was drawn");
        var fewer = new float[2 * 10];
        law.Sample(5, fewer);
        Assert.Equal(z[..20], fewer);
        law.Sample(6, fewer);
        Assert.NotEqual(z[..20], fewer);
        Assert.Equal(law.LogDensity([1, 2]), Math.Log(0.75) - Math.Log(Math.Tau) - 0.5 * Math.Log(2 * 0.5 - 0.36), 1e-9);
    }

    [Fact]
    public void Rows_that_leave_covariances_singular_need_regularisation()
    {
        float[] line = [.. Enumerable.Range(0, 20).SelectMany(i => (float[])[i, 2 * i, 1])], few = ReferenceRows.Of(3, 4, 6);
        foreach (var (rows, size) in ((float[], int)[])[(line, 3), (few, 6)])
        {
            Assert.Contains("a larger Regularisation makes it so", Assert.Throws<SingularCovarianceException>(
                () => MixtureOfGaussians.Fit(rows, size, 2, 1, new() { Regularisation = 0 })).Message, StringComparison.Ordinal);
            var mixture = MixtureOfGaussians.Fit(rows, size, 2, 1);
            Assert.True(double.IsFinite(mixture.Fitted!.Value.LogLikelihood));
            var drawn = new float[size * 50];
            mixture.Sample(1, drawn);
            Assert.DoesNotContain(drawn, value => !float.IsFinite(value));
        }
    }

    /// <summary>More components than different rows: some have nothing, and weigh nothing.</summary>
    [Fact]
    public void Copies_of_rows_are_fitted_as_far_as_they_differ()
    {
        float[] rows = [.. Enumerable.Repeat((float[])[1, 1], 10).Concat(Enumerable.Repeat((float[])[-1, 3], 30)).SelectMany(row => row)];
        var mixture = MixtureOfGaussians.Fit(rows, 2, 4, 3);
        double[] weights = [.. mixture.Weights.ToArray().OrderDescending()];
        Assert.Equal(1, weights.Sum(), 1e-12);
        var drawn = new float[400];
        mixture.Sample(2, drawn);
        Assert.All(drawn.Chunk(2), row => Assert.True(
            Math.Abs(row[0] - 1) < 0.1 && Math.Abs(row[1] - 1) < 0.1 || Math.Abs(row[0] + 1) < 0.1 && Math.Abs(row[1] - 3) < 0.1));
        // As many components as rows is the most there is.
        Assert.Equal(5, MixtureOfGaussians.Fit(ReferenceRows.Of(1, 5, 2), 2, 5, 1).Components);
    }

    [Theory]
    [InlineData(new float[0], 2, 1, "rows", "Expected one or more rows of 2 numbers, got 0 values.")]
    [InlineData(new float[] { 1, 2, 3 }, 2, 1, "rows", "Expected one or more rows of 2 numbers, got 3 values.")]
    [InlineData(new[] { 1, 2, float.NaN, 4 }, 2, 1, "rows", "Expected finite numbers, but value 0 of row 1 is NaN.")]
    [InlineData(new float[] { 1, 2, 1, 2 }, 2, 1, "rows", "Expected rows that differ, but all are the same.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 0, 1, "size", "Expected at least 1 coordinate of a row.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 2, 0, "components", "Expected 1 to 2 components, as there are 2 rows.")]
    [InlineData(new float[] { 1, 2, 3, 4 }, 2, 3, "components", "Expected 1 to 2 components, as there are 2 rows.")]
    public void Bad_rows_are_refused_and_named(float[] rows, int size, int components, string parameter, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => MixtureOfGaussians.Fit(rows, size, components, 1));
        Assert.Equal(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Bad_settings_and_parameters_are_refused_and_named()
    {
        static void Refused(string parameter, string message, Action call)
        {
            var error = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal(parameter, error.ParamName);
            Assert.StartsWith(message, error.Message);
        }
        static void Fit(MixtureSettings settings) => MixtureOfGaussians.Fit(Clusters, 2, 2, 1, settings);
        Refused("Restarts", "Expected at least 1, but got 0.", () => Fit(new() { Restarts = 0 }));
        Refused("Iterations", "Expected at least 1, but got 0.", () => Fit(new() { Iterations = 0 }));
        Refused("Threads", "Expected at least 1, but got 0.", () => Fit(new() { Threads = 0 }));
        Refused("Tolerance", "Expected a finite number that is not negative.", () => Fit(new() { Tolerance = double.NaN }));
        Refused("Regularisation", "Expected a finite number that is not negative.", () => Fit(new() { Regularisation = -1 }));
        Refused("weights", "Expected weights of sum 1, got 0.5.", () => MixtureOfGaussians.Of([0.5], [1], [1], 1));
        Refused("weights", "Expected weights of sum 1, got 0.", () => MixtureOfGaussians.Of([], [], [], 1));
        Refused("weights", "Expected weights that are not negative, got -1.", () => MixtureOfGaussians.Of([2, -1], [1, 1], [1, 1], 1));
        Refused("means", "Expected 2 values, got 1.", () => MixtureOfGaussians.Of([1], [1], [1], 2));
        Refused("means", "Expected finite numbers, got NaN.", () => MixtureOfGaussians.Of([1], [double.NaN], [1], 1));
        Refused("covariances", "Expected symmetric covariances, but component 0 has 0.5 at (0, 1) and 0 at (1, 0).",
            () => MixtureOfGaussians.Of([1], [1, 1], [1, 0.5, 0, 1], 2));
        Assert.Contains("component 0 is not", Assert.Throws<SingularCovarianceException>(
            () => MixtureOfGaussians.Of([1], [1, 1], [1, 2, 2, 1], 2)).Message, StringComparison.Ordinal);
        Refused("z", "Expected a row of 2 numbers, got 1.", () => Start.LogDensity([1]));
        Refused("z", "Expected room for rows of 2 numbers, got 3.", () => Start.Sample(1, new float[3]));
        Refused("rows", "Expected one or more rows of 2 numbers, got 0 values.", () => Start.LogLikelihood([]));
        Refused("component", "Expected 0 to 2.", () => Start.Mean(3));
        Assert.Null(Start.Fitted);
    }
}

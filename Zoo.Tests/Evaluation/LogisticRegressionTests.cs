namespace Zoo.Tests.Metrics;

/// <summary>
/// Beside scikit-learn's <c>LogisticRegression(C=…, solver='newton-cg', tol=1e-13)</c> 1.2.1, which minimises the same function. Its biases
/// are only known up to a constant: here and there less their mean.
/// </summary>
public sealed class LogisticRegressionTests
{
    const int Rows = 60;

    static readonly float[] X =
    [
        .. Enumerable.Range(0, Rows).SelectMany(i =>
            Enumerable.Range(0, 3).Select(j => (float)((i * 7 + j * 13 + i * j * 5) % 29 / 29.0 - 0.5))),
    ];

    static readonly int[] Labels = [.. Enumerable.Range(0, Rows).Select(i => i * 11 % 29 / 10)];

    static readonly double[] Weights1 =
    [
        0.708074135, -0.364439095, 0.366862937, 0.163813787, -0.191630386, 0.122849097, -0.871887922, 0.55606948, -0.489712034,
    ];

    static readonly double[] Weights50 =
    [
        1.220752622, -0.738641899, 0.831250651, 0.382284157, -0.403635872, 0.362047083, -1.603036779, 1.14227777, -1.193297734,
    ];

    [Theory]
    [InlineData(1, 0.074571943, 0.080762459, -0.155334402, 0.4)]
    [InlineData(50, 0.109291318, 0.146579695, -0.255871013, 28.0 / 60)]
    public void Agrees_with_scikit_learn(double penalty, double b0, double b1, double b2, double accuracy)
    {
        var fitted = LogisticRegression.Fit(X, Labels, 3, 3, penalty, tolerance: 1e-10);
        Assert.True(fitted.HasConverged);
        var expected = penalty == 1 ? Weights1 : Weights50;
        for (var i = 0; i < 9; i++) Assert.Equal(expected[i], fitted.Weights[i], 6);
        var mean = (fitted.Biases[0] + fitted.Biases[1] + fitted.Biases[2]) / 3;
        foreach (var (bias, own) in new[] { b0, b1, b2 }.Zip(fitted.Biases.ToArray())) Assert.Equal(bias, own - mean, 6);
        Assert.Equal(accuracy, fitted.Accuracy(X, Labels), 12);
    }

    /// <summary>1,100 rows are three tasks; sizes around a vector's; more classes than fit on the stack.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 257)]
    public void Threads_change_no_bit(int size, int classes)
    {
        var random = new Random(size);
        float[] x = [.. Enumerable.Range(0, 1100 * size).Select(_ => random.NextSingle() - 0.5f)];
        int[] labels = [.. Enumerable.Range(0, 1100).Select(i => Math.Min(classes - 1, (int)((x[i * size] + 0.5f) * classes)))];
        var one = LogisticRegression.Fit(x, labels, size, classes, mostIterations: 6);
        var three = LogisticRegression.Fit(x, labels, size, classes, mostIterations: 6, threads: 3);
        Assert.Equal(one.Weights.ToArray(), three.Weights.ToArray());
        Assert.Equal(one.Biases.ToArray(), three.Biases.ToArray());
        Assert.Equal(6, one.Iterations);
        Assert.False(one.HasConverged);
    }

    [Fact]
    public void What_a_line_separates_is_separated()
    {
        float[] x = [-3, -2, -1, 1, 2, 3];
        int[] labels = [1, 1, 1, 0, 0, 0];
        var fitted = LogisticRegression.Fit(x, labels, 1, 2, 1e6);
        var predicted = new int[6];
        fitted.Classify(x, predicted);
        Assert.Equal(labels, predicted);
        Assert.Equal((1, 2), (fitted.Size, fitted.Classes));
    }

    [Fact]
    public void Progress_ends_where_the_tolerance_is_met()
    {
        var told = new List<double>();
        LogisticRegression.Fit(X, Labels, 3, 3, progress: new Told(told.Add));
        Assert.True(told.Count > 3 && told[0] > 0 && told[^1] <= 0, string.Join(' ', told));
    }

    [Theory]
    [InlineData(0, 0, 1, 2, "examples", "Expected at least one example, got none.")]
    [InlineData(5, 2, 2, 2, "examples", "Expected 4 values (2 rows of 2, one for each label), but got 5.")]
    [InlineData(4, 2, 2, 1, "classes", "classes ('1') must be greater than or equal to '2'.")]
    [InlineData(4, 2, 0, 2, "size", "size ('0') must be greater than or equal to '1'.")]
    public void What_does_not_fit_is_named(int values, int labels, int size, int classes, string parameter, string message)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => LogisticRegression.Fit(new float[values], new int[labels], size, classes));
        Assert.Equal(parameter, error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_values_and_options_are_checked()
    {
        float[] x = [1, 2, float.NaN];
        Assert.Contains("row 2", Assert.Throws<ArgumentException>(() =>
            LogisticRegression.Fit(x, new int[3], 1, 2)).Message, StringComparison.Ordinal);
        x[2] = 3;
        Assert.Contains("Expected labels from 0 to 1, but row 1 has -1.", Assert.Throws<ArgumentException>(() =>
            LogisticRegression.Fit(x, (int[])[0, -1, 1], 1, 2)).Message, StringComparison.Ordinal);
        foreach (var penalty in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Equal("penalty", Assert.Throws<ArgumentOutOfRangeException>(() =>
                LogisticRegression.Fit(x, (int[])[0, 1, 1], 1, 2, penalty)).ParamName);
        var fitted = LogisticRegression.Fit(x, (int[])[0, 1, 1], 1, 2);
        Assert.Contains("Expected 2 values (2 rows of 1, one for each label), but got 3.", Assert.Throws<ArgumentException>(() =>
            fitted.Classify(x, new int[2])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => fitted.Accuracy([], [])).Message,
            StringComparison.Ordinal);
    }

    sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}

namespace Zoo.Tests.Engines;

/// <summary>How far single-precision engines may be from the double-precision oracle, in one place.</summary>
static class Tolerances
{
    /// <summary>Losses, relative to the larger of 1 and the value.</summary>
    public const double Loss = 2e-5;

    /// <summary>Gradients, relative to the largest element of the tensor.</summary>
    public const double Gradient = 2e-4;

    /// <summary>Results of inference, relative to the larger of 1 and the value.</summary>
    public const double Result = 2e-5;

    /// <summary>What an update adds to a weight, relative to the largest such step of the tensor.</summary>
    public const double Update = 1e-3;

    /// <summary>Steps below this many rounding errors of a weight near 1 say nothing of the optimiser.</summary>
    public const double UpdateFloor = 1e-3;

    public static void Close(string what, double[] expected, IReadOnlyList<float> actual, double relative, double floor = 0)
    {
        Assert.Equal(expected.Length, actual.Count);
        var scale = Math.Max(floor, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * scale,
                $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R} (scale {scale:R}, allowed {relative:R})");
    }
}

namespace Zoo;

/// <summary>How a <see cref="MixtureOfGaussians"/> is fitted.</summary>
public sealed record MixtureSettings
{
    /// <summary>Fits from other starts, at least 1; the likeliest is kept.</summary>
    public int Restarts { get; init; } = 4;

    /// <summary>Steps of expectation–maximisation of a fit, at most; at least 1.</summary>
    public int Iterations { get; init; } = 200;

    /// <summary>A fit ends where a step adds less to the mean log-likelihood than this, in nats; not negative.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// Added to the diagonal of every covariance, in parts of the mean variance of a coordinate over all rows; not negative. Without it a
    /// component on one point, or on points in a plane, has a covariance that cannot be inverted; with little of it such a component is
    /// the likeliest there is.
    /// </summary>
    public double Regularisation { get; init; } = 1e-4;

    /// <summary>Threads to compute with, at least 1; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    internal void Require()
    {
        AtLeast(Restarts, nameof(Restarts));
        AtLeast(Iterations, nameof(Iterations));
        AtLeast(Threads, nameof(Threads));
        NotNegative(Tolerance, nameof(Tolerance));
        NotNegative(Regularisation, nameof(Regularisation));
    }

    static void AtLeast(int value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"Expected at least 1, but got {value}.");
    }

    static void NotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number that is not negative.");
    }
}

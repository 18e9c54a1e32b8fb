namespace Zoo;

/// <summary>A covariance is not positive definite.</summary>
/// <param name="message">Which one, and what helps.</param>
public sealed class SingularCovarianceException(string message) : Exception(message);

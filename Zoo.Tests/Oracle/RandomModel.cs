namespace Zoo.Tests.Oracle;

/// <summary>A random declaration as C# source.</summary>
/// <param name="ClassName">Full metadata name.</param>
/// <param name="Source">A file that compiles beside the rest of the class.</param>
/// <param name="Input">Shape of one example.</param>
/// <param name="Batch">Rows of a training batch.</param>
/// <param name="Latent">Shape of a code.</param>
/// <param name="Samples">K of the bound.</param>
/// <param name="IsBernoulli">Whether the likelihood takes examples between 0 and 1 only.</param>
sealed record RandomModel(string ClassName, string Source, int[] Input, int Batch, int[] Latent, int Samples, bool IsBernoulli)
{
    /// <summary>
    /// Whether training draws in its networks, looks across the batch, or divides weights by what it goes on to estimate, which what
    /// evaluates a row at a time knows nothing of.
    /// </summary>
    public bool DiffersInTraining =>
        new[] { "Dropout(", "BatchNorm(", "spectralNorm: true" }.Any(part => Source.Contains(part, StringComparison.Ordinal));
}

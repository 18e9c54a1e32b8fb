namespace Zoo.Benchmarks;

/// <summary>Milliseconds per call, over the blocks of a contest.</summary>
/// <param name="Median">What is compared.</param>
/// <param name="Best">The fastest block: what the machine does when nothing else runs on it.</param>
readonly record struct Timing(double Median, double Best);

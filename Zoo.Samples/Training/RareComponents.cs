using Zoo.Runtime;

namespace Zoo.Samples.Training;

/// <summary>
/// First values of a Gaussian machine of unit variance (Melchior, Wang and Wiskott 2017): with one hidden unit on it is a Gaussian around
/// b + w_j. Weights are drawn from [−1, 1), and hidden biases say that each of these is one hundredth as likely as that around b: from
/// smaller weights and even odds learning comes to no weights at all, since the data is white.
/// </summary>
internal static class RareComponents
{
    const double Odds = 0.01;

    public static void Set(IGenerativeModel model, ulong seed)
    {
        var (weight, bias) = (model.Parameters["weight"], model.Parameters["hidden_bias"]);
        var (key, size) = (Philox.DrawKey(seed, "first:weight"), weight.Length / bias.Length);
        float[] first = [.. Enumerable.Range(0, weight.Length).Select(i => 2 * Philox.Uniform(key, 0, 0, i / size, i % size) - 1)];
        weight.CopyFrom(first);
        // The component of h_j alone has e^{c_j + |w_j|² / 2} of what that of no hidden unit has, where b = 0.
        bias.CopyFrom([.. first.Chunk(size).Select(w => (float)(Math.Log(Odds) - w.Sum(x => (double)x * x) / 2))]);
    }
}

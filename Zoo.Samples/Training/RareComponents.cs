using Zoo.Runtime;

namespace Zoo.Samples.Training;

/// <summary>
/// First values of a Gaussian machine of unit variance in the plane (Melchior, Wang and Wiskott 2017): with one hidden unit on it is a
/// Gaussian around b + w_j. Weights are units of length 1 in directions evenly around the origin, the first one random, and hidden biases
/// say that each component is one hundredth as likely as that around b. From small weights and even odds learning comes to no weights at
/// all, since the data is white; from random directions it misses a source in most runs.
/// </summary>
internal static class RareComponents
{
    const double Odds = 0.01;

    public static void Set(IGenerativeModel model, ulong seed)
    {
        var (weight, bias) = (model.Parameters["weight"], model.Parameters["hidden_bias"]);
        var turn = Philox.Uniform(Philox.DrawKey(seed, "first:direction"), 0, 0, 0, 0);
        var angles = Enumerable.Range(0, bias.Length).Select(j => 2 * Math.PI * (j + turn) / bias.Length);
        weight.CopyFrom([.. angles.SelectMany(angle => new[] { (float)Math.Cos(angle), (float)Math.Sin(angle) })]);
        // The component of h_j alone has e^{c_j + |w_j|² / 2} of what that of no hidden unit has, where b = 0.
        bias.CopyFrom([.. Enumerable.Repeat((float)(Math.Log(Odds) - 0.5), bias.Length)]);
    }
}

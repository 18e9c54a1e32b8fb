using Zoo.Models;
using Zoo.Runtime;

namespace Zoo.Samples.Training;

/// <summary>
/// The generator of <see cref="OwnCritic"/>, run from the model's parameters: what a class with its own losses generates is for its author
/// to say, so it has no member for it. Two dense layers in double precision, codes of eight standard normal numbers.
/// </summary>
internal static class OwnGenerator
{
    const int Latent = 8;

    public static void Sample(OwnCritic model, ulong seed, Span<float> points)
    {
        var (hidden, hiddenBias) = (Values("dense1.weight"), Values("dense1.bias"));
        var (output, outputBias) = (Values("dense2.weight"), Values("dense2.bias"));
        var key = Philox.DrawKey(seed, "generator:code");
        var (code, h) = (new double[Latent], new double[hiddenBias.Length]);
        for (var row = 0; row < points.Length / outputBias.Length; row++)
        {
            for (var i = 0; i < Latent; i++) code[i] = Philox.Normal(key, 0, 0, row, i);
            for (var i = 0; i < h.Length; i++) h[i] = Math.Max(0, Affine(hidden, hiddenBias, code, i));
            for (var i = 0; i < outputBias.Length; i++) points[row * outputBias.Length + i] = (float)Affine(output, outputBias, h, i);
        }

        float[] Values(string name)
        {
            var parameter = model.Parameters[$"generator.{name}"];
            var values = new float[parameter.Length];
            parameter.CopyTo(values);
            return values;
        }
    }

    // Weights lie [out, in], as PyTorch has them.
    static double Affine(float[] weight, float[] bias, double[] x, int row)
    {
        double sum = bias[row];
        for (var i = 0; i < x.Length; i++) sum += (double)weight[row * x.Length + i] * x[i];
        return sum;
    }
}

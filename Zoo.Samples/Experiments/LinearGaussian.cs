using Zoo.Models;
using Zoo.Samples.Pictures;

namespace Zoo.Samples.Experiments;

/// <summary>log p(x) under x = Wz + b + σε, z ~ N(0, I), and the most that any such law has of given points.</summary>
internal static class LinearGaussian
{
    /// <summary>That of a linear VAE, by its decoder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">[count × size].</param>
    public static double LogLikelihood(LinearVae model, ReadOnlySpan<float> x)
    {
        float[] Values(string name)
        {
            var values = new float[model.Parameters[name].Length];
            model.Parameters[name].CopyTo(values);
            return values;
        }
        var variance = Math.Exp(Values("decoder.log_variance")[0]);
        return LogLikelihood(x, Values("decoder.dense1.weight"), Values("decoder.dense1.bias"), variance);
    }

    /// <summary>Mean of log N(x; b, WWᵀ + σ²I) over points, nats.</summary>
    /// <param name="x">[count × size].</param>
    /// <param name="weight">W, [size × latent].</param>
    /// <param name="bias">b, [size].</param>
    /// <param name="variance">σ².</param>
    public static double LogLikelihood(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, double variance)
    {
        var (size, latent) = (bias.Length, weight.Length / bias.Length);
        // Cholesky factor of the covariance, row by row.
        var factor = new double[size, size];
        var logDeterminant = 0.0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = i == j ? variance : 0;
                for (var k = 0; k < latent; k++) sum += (double)weight[i * latent + k] * weight[j * latent + k];
                for (var k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
            logDeterminant += 2 * Math.Log(factor[i, i]);
        }
        var (squares, whitened) = (0.0, new double[size]);
        for (var row = 0; row < x.Length / size; row++)
        {
            for (var i = 0; i < size; i++)
            {
                var rest = (double)x[row * size + i] - bias[i];
                for (var k = 0; k < i; k++) rest -= factor[i, k] * whitened[k];
                whitened[i] = rest / factor[i, i];
                squares += whitened[i] * whitened[i];
            }
        }
        return -0.5 * (size * Math.Log(Math.Tau) + logDeterminant + squares * size / x.Length);
    }

    /// <summary>
    /// The likelihood of probabilistic PCA at its maximum (Tipping and Bishop 1999, eq. 8 with eq. 4 and 7): −½ (d log 2π + Σ log λ of the
    /// kept + (d − q) log σ² + d), σ² the mean of the variances left out. Nats a point.
    /// </summary>
    public static double Optimum(ReadOnlySpan<float> x, int size, int latent)
    {
        var variances = PrincipalComponents.Of(x, size).Variances;
        var noise = variances.Skip(latent).Average();
        return -0.5 * (size * Math.Log(Math.Tau) + variances.Take(latent).Sum(Math.Log) + (size - latent) * Math.Log(noise) + size);
    }
}

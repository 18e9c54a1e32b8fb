using System.Reflection;
using Zoo.Runtime;
using Zoo.Tests.Oracle;

namespace Zoo.Tests.Engines;

/// <summary>
/// Evaluation, codes, reconstructions, samples and likelihoods of random models, over more rows than one chunk holds, against the oracle.
/// </summary>
public class InferenceTests
{
    const int PerCompilation = 15;

    // More than one chunk, and a last one that is not full.
    const int ManyRows = 67;

    static readonly VectorWidth[] Widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    delegate T Evaluated<T>(ReadOnlySpan<float> x);

    delegate void OneResult(ReadOnlySpan<float> x, Span<float> mean);

    delegate void TwoResults(ReadOnlySpan<float> x, Span<float> mean, Span<float> logVariance);

    delegate void Sampled(ulong seed, Span<float> x);

    delegate double LogLikelihood(ReadOnlySpan<float> x, int samples, Span<double> perRow);

    public static TheoryData<int> Batches => [0, 1];

    [Theory]
    [MemberData(nameof(Batches))]
    public void CompiledEqualsOracle(int batch)
    {
        var models = Enumerable.Range(30_000 + batch * PerCompilation, PerCompilation)
            .Select(seed => (Seed: seed, Model: RandomModels.Source(seed))).ToList();
        using var compiled = new CompiledModels(models.Select(m => m.Model.Source));
        foreach (var (seed, model) in models)
        {
            using var device = SharedWork.Among(1 + seed % 3, Widths[seed % 4]);
            using var instance = compiled.Create(model.ClassName, (ulong)seed, device);
            try
            {
                Compare(model, instance, new OracleStep(compiled.Traces[model.ClassName]), (ulong)seed, seed % 2 == 0 ? 3 : ManyRows);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Random model {seed} at {device.Team.Width}:\n{model.Source}", exception);
            }
        }
    }

    static void Compare(RandomModel model, IGenerativeModel instance, OracleStep oracle, ulong seed, int rows)
    {
        var (size, latent) = (Product(model.Input), Product(model.Latent));
        var random = new System.Random((int)seed);
        float[] x = [.. Enumerable.Range(0, rows * size).Select(_ => random.NextSingle())];
        float[] z = [.. Enumerable.Range(0, rows * latent).Select(_ => 2 * random.NextSingle() - 1)];
        Dictionary<string, double[]> Oracle(string program, Dictionary<string, double[]> inputs, ulong draws, int iteration = 0) =>
            oracle.Run(program, instance, rows, inputs,
                oracle.Draws(program, rows).ToDictionary(d => d.Name, d => Normals(draws, d.Name, iteration, rows, (int)d.Count)), 0);

        float[] mean = new float[rows * latent], logVariance = new float[rows * latent], image = new float[rows * size];
        Method<TwoResults>(instance, "Encode")(x, mean, logVariance);
        var posterior = Oracle("Encode", new() { ["x"] = Doubles(x) }, seed);
        Tolerances.Close("mean of q", posterior["output.mean"], mean, Tolerances.Result, 1);
        Tolerances.Close("log-variance of q", posterior["output.log_variance"], logVariance, Tolerances.Result, 1);
        var alone = new float[rows * latent];
        Method<OneResult>(instance, "Encode")(x, alone);
        Assert.Equal(mean, alone);

        Method<OneResult>(instance, "Decode")(z, image);
        Tolerances.Close("decoded", Oracle("Decode", new() { ["z"] = Doubles(z) }, seed)["output.mean"], image, Tolerances.Result, 1);
        Method<OneResult>(instance, "Reconstruct")(x, image);
        Tolerances.Close("reconstructed", Oracle("Reconstruct", new() { ["x"] = Doubles(x) }, seed)["output.mean"], image,
            Tolerances.Result, 1);
        Method<Sampled>(instance, "Sample")(77, image);
        Tolerances.Close("sampled", Oracle("Sample", [], 77)["output.mean"], image, Tolerances.Result, 1);

        var losses = (float[])typeof(InferenceTests).GetMethod(nameof(Evaluate), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(instance.GetType().GetNestedType("Losses")!).Invoke(null, [instance, x])!;
        var perRow = Oracle("Evaluate", new() { ["x"] = Doubles(x) }, seed);
        Tolerances.Close("evaluated", [.. instance.LossNames.ToArray().Select(n => perRow[$"row.{n}"].Average())], losses, Tolerances.Loss,
            1);

        var likelihoods = new double[rows];
        var average = Method<LogLikelihood>(instance, "LogLikelihood")(x, 3, likelihoods);
        var weights = Enumerable.Range(0, 3).Select(sample => Oracle(
            "LogWeight",
            new() { ["x"] = Doubles(x), ["mean"] = posterior["output.mean"], ["log_variance"] = posterior["output.log_variance"] }, seed,
            sample)["row.LogWeight"]).ToArray();
        double[] expected = [.. Enumerable.Range(0, rows)
            .Select(row => Math.Log(weights.Average(w => Math.Exp(w[row] - weights[0][row]))) + weights[0][row])];
        Tolerances.Close("log p(x)", expected, [.. likelihoods.Select(v => (float)v)], Tolerances.Loss, 1);
        Assert.Equal(likelihoods.Average(), average, 1e-9 * Math.Max(1, Math.Abs(average)));
    }

    static float[] Evaluate<T>(IGenerativeModel model, float[] x)
    {
        var losses = Method<Evaluated<T>>(model, "Evaluate")(x);
        return [.. model.LossNames.ToArray().Select(name => (float)typeof(T).GetProperty(name)!.GetValue(losses)!)];
    }

    /// <summary>The member of that name with the delegate's parameters.</summary>
    internal static T Method<T>(IGenerativeModel model, string name) where T : Delegate =>
        model.GetType()
            .GetMethod(name, [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType)])!.CreateDelegate<T>(model);

    /// <summary>A draw from its definition: a function of seed, name, iteration, row and column, whatever the chunks.</summary>
    internal static double[] Normals(ulong seed, string name, int iteration, int rows, int count)
    {
        var (key, columns) = (Philox.DrawKey(seed, name), count / rows);
        return [.. Enumerable.Range(0, count).Select(i => (double)Philox.Normal(key, 0, iteration, i / columns, i % columns))];
    }

    static double[] Doubles(float[] values) => [.. values.Select(v => (double)v)];

    static int Product(int[] shape) => shape.Aggregate(1, (a, b) => a * b);
}

using System.Globalization;

namespace Zoo.Benchmarks.Replay;

/// <summary>What TorchSharp has for a layer.</summary>
/// <param name="Network">The network of <see cref="ReplayedLayers"/> that is the layer.</param>
/// <param name="What">
/// <c>loss</c> in training; <c>value</c> after it, which reads running statistics where there are any; else the parameter of which these
/// are the gradient, or the new values of a running statistic.
/// </param>
/// <param name="Values">In PyTorch's order.</param>
sealed record LayerValues(string Network, string What, double[] Values)
{
    /// <summary>How far values may be apart, relative to the largest of them.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The largest distance, relative to the largest value.</summary>
    public double Deviation(ReadOnlySpan<float> actual) => LargestDeviation.Of(actual, Values);

    /// <summary>First values of the trained parameters, from −1 to 1: gains and shifts of 1 and 0 would hide where they go.</summary>
    /// <param name="model">A <see cref="ReplayedLayers"/>.</param>
    public static void Begin(IGenerativeModel model)
    {
        for (var i = 0; i < model.Parameters.Count; i++)
        {
            var parameter = model.Parameters[i];
            if (!parameter.IsTrained) continue;
            var (random, values) = (SplitMix64.ForEpoch(seed: 1, i), new float[parameter.Length]);
            for (var at = 0; at < values.Length; at++) values[at] = (random.Next() >> 40) * (2f / (1 << 24)) - 1;
            parameter.CopyFrom(values);
        }
    }

    /// <summary>The examples: each chooses its image.</summary>
    public static float[] Examples => [.. from n in Enumerable.Range(0, ReplayedLayers.Batch)
                                          from image in Enumerable.Range(0, ReplayedLayers.Batch)
                                          select n == image ? 1f : 0f];

    public static IReadOnlyList<LayerValues> Read(TextReader reader)
    {
        var all = new List<LayerValues>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(',') is not [var network, var what, .. var values]) continue;
            all.Add(new(network, what, [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))]));
        }
        return all;
    }

    public static void Write(string path, IEnumerable<LayerValues> all)
    {
        List<string> lines =
        [
            "# Layers of TorchSharp 0.107 (libtorch 2.10, CPU, double precision): loss in training, value after it, gradients, statistics.",
            "# Written by: dotnet run -c Release --project Zoo.Benchmarks -- layers --write Zoo.Tests/Replay/Goldens",
            // Nine digits tell floats apart.
            .. all.Select(v => $"{v.Network},{v.What},{string.Join(',', v.Values.Select(Text))}"),
        ];
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}

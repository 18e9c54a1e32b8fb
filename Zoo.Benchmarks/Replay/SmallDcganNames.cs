namespace Zoo.Benchmarks.Replay;

/// <summary>
/// What PyTorch calls the parameters of <see cref="SmallDcgan"/> where each network is an <c>nn.Sequential</c>, which counts its modules,
/// those without parameters too.
/// </summary>
static class SmallDcganNames
{
    static readonly (string Module, string Layer)[] Layers =
    [
        ("generator.0", "generator.dense1"), ("generator.2", "generator.batchnorm1"), ("generator.4", "generator.convtranspose1"),
        ("generator.5", "generator.batchnorm2"), ("generator.7", "generator.convtranspose2"),
        ("discriminator.0", "discriminator.conv1"), ("discriminator.2", "discriminator.conv2"),
        ("discriminator.3", "discriminator.batchnorm1"), ("discriminator.6", "discriminator.dense1"),
    ];

    /// <summary>From PyTorch's names to the model's.</summary>
    public static IReadOnlyDictionary<string, string> Of(ParameterSet parameters) => parameters.ToDictionary(
        parameter => Layers.Select(l => parameter.Name.StartsWith(l.Layer + ".", StringComparison.Ordinal)
            ? l.Module + parameter.Name[l.Layer.Length..]
            : null).First(name => name is not null)!,
        parameter => parameter.Name);

    /// <summary>Codes and images, whatever they are: what both sides are asked about.</summary>
    public static float[] Inputs(int count) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(0.7 * i))];
}

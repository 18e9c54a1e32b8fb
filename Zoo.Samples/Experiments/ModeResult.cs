using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zoo.Samples.Experiments;

/// <summary>What one run of the experiment came to.</summary>
/// <param name="Model">The class.</param>
/// <param name="Data">The mixture.</param>
/// <param name="Seed">Of weights, noise and points.</param>
/// <param name="Steps">Of the model.</param>
/// <param name="Settings">Size and hyperparameters of the model: with another declaration, the result is another's.</param>
/// <param name="Modes">That there are.</param>
/// <param name="Found">Of them.</param>
/// <param name="HighQuality">Part of the points, 0 to 1.</param>
/// <param name="ReverseDivergence">In nats; null where no point was of high quality.</param>
/// <param name="Seconds">On the clock, training alone.</param>
internal sealed record ModeResult(
    string Model, string Data, ulong Seed, long Steps, string Settings,
    int Modes, int Found, double HighQuality, double? ReverseDivergence, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModeResult))]
[JsonSerializable(typeof(ModeResult[]))]
internal sealed partial class ModeResultJson : JsonSerializerContext
{
    public static ModeResultJson Lines => Default;

    public static ModeResultJson Indented { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}

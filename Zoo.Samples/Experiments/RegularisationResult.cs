using System.Text.Json.Serialization;

namespace Zoo.Samples.Experiments;

/// <summary>A measured number with what it is compared with.</summary>
internal sealed record CodeFigure(string What, string Value, string Beside);

/// <summary>What one model of the experiment came to.</summary>
/// <param name="Part">Which model.</param>
/// <param name="Seed">Of first weights, noise and batches.</param>
/// <param name="Epochs">Of training.</param>
/// <param name="Data">The images, and how many.</param>
/// <param name="Settings">Size and hyperparameters of the model: with another declaration, the result is another's.</param>
/// <param name="Figures">In the order in which they are told.</param>
/// <param name="Seconds">On the clock, measuring included.</param>
internal sealed record RegularisationResult(
    string Part, ulong Seed, int Epochs, string Data, string Settings, CodeFigure[] Figures, double Seconds)
{
    /// <summary>What a result is found by.</summary>
    [JsonIgnore]
    public (string, ulong, int, string, string) Key => (Part, Seed, Epochs, Data, Settings);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RegularisationResult))]
internal sealed partial class RegularisationResultJson : JsonSerializerContext;

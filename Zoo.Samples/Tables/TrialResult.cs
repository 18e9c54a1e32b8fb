using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zoo.Samples.Tables;

/// <summary>What a trial came to.</summary>
/// <param name="Row">The row that it belongs to.</param>
/// <param name="Seed">Of everything.</param>
/// <param name="Settings">All else that it depends on.</param>
/// <param name="Values">By the keys of columns; what is not a number is left out.</param>
/// <param name="Seconds">On the clock.</param>
/// <param name="Date">Of its end, year first.</param>
internal sealed record TrialResult(
    string Row, ulong Seed, string Settings, Dictionary<string, double> Values, double Seconds, string Date)
{
    /// <summary>Whether it is of this trial.</summary>
    public bool IsOf(Trial trial) => (Row, Seed, Settings) == (trial.Row, trial.Seed, trial.Settings);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(TrialResult[]))]
internal sealed partial class TrialResultJson : JsonSerializerContext
{
    public static TrialResultJson Indented { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}

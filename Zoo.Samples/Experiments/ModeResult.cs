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

/// <summary>Finished runs in a file, a line each, so that an experiment that was stopped goes on where it was.</summary>
internal sealed class ModeResults(string path)
{
    readonly Lock gate = new();

    /// <summary>Those in the file that belong to this run, or null.</summary>
    /// <exception cref="InvalidDataException">A line of the file is something else.</exception>
    public ModeResult? Find(string model, string data, ulong seed, long steps, string settings) =>
        Read().LastOrDefault(result =>
            (result.Model, result.Data, result.Seed, result.Steps, result.Settings) == (model, data, seed, steps, settings));

    public void Add(ModeResult result)
    {
        lock (gate) File.AppendAllText(path, JsonSerializer.Serialize(result, ModeResultJson.Lines.ModeResult) + "\n");
    }

    List<ModeResult> Read()
    {
        var results = new List<ModeResult>();
        string[] lines;
        lock (gate) lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                results.Add(JsonSerializer.Deserialize(lines[i], ModeResultJson.Lines.ModeResult) ?? throw new JsonException("null"));
            }
            // A run that was killed while it wrote leaves part of a line at the end; that run is done again.
            catch (JsonException) when (i == lines.Length - 1) { }
            catch (JsonException error)
            {
                throw new InvalidDataException(
                    $"{path}, line {i + 1}: expected the result of a run, got '{lines[i]}'. Remove the line, or the file.", error);
            }
        }
        return results;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModeResult))]
[JsonSerializable(typeof(ModeResult[]))]
internal sealed partial class ModeResultJson : JsonSerializerContext
{
    public static ModeResultJson Lines => Default;

    public static ModeResultJson Indented { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}

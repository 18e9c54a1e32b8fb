using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zoo.Samples.Experiments;

/// <summary>How well images are told apart by their nearest neighbour, given some numbers in place of each.</summary>
/// <param name="Codes">What the numbers are.</param>
/// <param name="Size">Numbers of an image.</param>
/// <param name="Seed">Of weights, noise and order, or of the projection; 0 where nothing is drawn.</param>
/// <param name="Epochs">Of training.</param>
/// <param name="Data">The images, and how many.</param>
/// <param name="Settings">Size and hyperparameters of the model: with another declaration, the result is another's.</param>
/// <param name="Accuracy">Part of the test images whose nearest training image has their label, 0 to 1.</param>
/// <param name="Seconds">On the clock, training alone.</param>
internal sealed record CodeResult(
    string Codes, int Size, ulong Seed, int Epochs, string Data, string Settings, double Accuracy, double Seconds)
{
    /// <summary>What a result is found by.</summary>
    public (string, ulong, int, string, string) Key => (Codes, Seed, Epochs, Data, Settings);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CodeResult))]
[JsonSerializable(typeof(CodeResult[]))]
internal sealed partial class CodeResultJson : JsonSerializerContext
{
    public static CodeResultJson Lines => Default;

    public static CodeResultJson Indented { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true,
    });
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Zoo.Samples.Experiments;

/// <summary>Finished runs in a file, a line each, so that an experiment that was stopped goes on where it was.</summary>
internal sealed class ResultLines<TResult>(string path, JsonTypeInfo<TResult> json) where TResult : class
{
    readonly Lock gate = new();

    /// <summary>The last in the file that is the one looked for, or null.</summary>
    /// <exception cref="InvalidDataException">A line of the file is something else.</exception>
    public TResult? Find(Func<TResult, bool> isWanted) => Read().LastOrDefault(isWanted);

    public void Add(TResult result)
    {
        lock (gate) File.AppendAllText(path, JsonSerializer.Serialize(result, json) + "\n");
    }

    List<TResult> Read()
    {
        var results = new List<TResult>();
        string[] lines;
        lock (gate) lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                results.Add(JsonSerializer.Deserialize(lines[i], json) ?? throw new JsonException("null"));
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

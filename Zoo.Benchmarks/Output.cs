using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Zoo.Benchmarks;

/// <summary>Where figures go: a line of text for people, or one JSON object a line.</summary>
sealed class Output(bool isJson, TextWriter writer)
{
    /// <summary>A figure: <paramref name="text"/> for people, the fields for programs. A field that is null was not measured.</summary>
    public void Figure(string text, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        if (!isJson)
        {
            writer.WriteLine(text);
            return;
        }
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                json.WritePropertyName(name);
                switch (value)
                {
                    case null: json.WriteNullValue(); break;
                    case string word: json.WriteStringValue(word); break;
                    case double number: json.WriteRawValue(number.ToString("G6", CultureInfo.InvariantCulture)); break;
                    default: json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!); break;
                }
            }
            json.WriteEndObject();
        }
        writer.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>What is no figure: a heading, a thing that is missing. Programs find it on the error stream.</summary>
    public void Remark(string text) => (isJson ? Console.Error : writer).WriteLine(text);
}

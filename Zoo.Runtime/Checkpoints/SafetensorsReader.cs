using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Zoo.Runtime;

/// <summary>
/// Reads a safetensors file. Nothing in the file is trusted: the header must lie within the file, the tensors must fill the rest without
/// gaps or overlaps, and nothing is allocated that is larger than the file.
/// </summary>
internal sealed class SafetensorsReader : IDisposable
{
    // The limit of the format's reference implementation.
    const long LongestHeader = 100_000_000;

    readonly string path;
    readonly Stream stream;
    readonly long dataStart;
    readonly Dictionary<string, TensorEntry> entries = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    /// <exception cref="CheckpointException">The header is not one, or does not fit the file.</exception>
    public SafetensorsReader(string path)
    {
        this.path = path;
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            if (!stream.CanSeek) throw Corrupt("it is not a regular file");
            var file = stream.Length;
            if (file < sizeof(long)) throw Corrupt($"a safetensors file begins with 8 bytes of header length; the file has {file} bytes");
            var prefix = new byte[sizeof(long)];
            Fill(prefix);
            var header = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (header > (ulong)(file - sizeof(long)))
                throw Corrupt($"its header should have {header} bytes, but only {file - sizeof(long)} follow: truncated, or no "
                    + "safetensors file");
            if (header > LongestHeader) throw Corrupt($"its header has {header} bytes; at most {LongestHeader} are allowed");
            dataStart = sizeof(long) + (long)header;
            var json = new byte[header];
            Fill(json);
            ReadHeader(json);
            CheckOffsets(file - dataStart);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The bytes of one tensor.</summary>
    /// <exception cref="CheckpointException">The file has become shorter meanwhile.</exception>
    public byte[] Read(TensorEntry entry)
    {
        var data = new byte[entry.Bytes];
        stream.Position = dataStart + entry.Begin;
        Fill(data);
        return data;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    void Fill(byte[] data)
    {
        try
        {
            stream.ReadExactly(data);
        }
        catch (EndOfStreamException)
        {
            throw Corrupt("it ends early");
        }
    }

    void ReadHeader(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw Corrupt("its header is not a JSON object");
            var hasMetadata = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (name == "__metadata__")
                {
                    if (hasMetadata) throw Corrupt("its header has __metadata__ twice");
                    hasMetadata = true;
                    ReadMetadata(ref reader);
                }
                else if (!entries.TryAdd(name, ReadEntry(ref reader, name))) throw Corrupt($"its header has tensor '{name}' twice");
            }

            // Reads on to the end, so that anything but padding behind the object is noticed.
            while (reader.Read()) { }
        }
        // Utf8JsonReader reports bad UTF-8 and a token of the wrong kind as InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Corrupt($"its header is not valid JSON: {e.Message}");
        }
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        // The format's reference implementation takes null for nothing.
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject) throw Corrupt("__metadata__ in its header is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw Corrupt($"'{key}' in __metadata__ is not a string");
            metadata[key] = reader.GetString()!;
        }
    }

    TensorEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Corrupt($"'{name}' in its header is not an object");
        string? type = null;
        ImmutableArray<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            reader.Read();
            if (key is "dtype" && type is not null || key is "shape" && shape is not null || key is "data_offsets" && offsets is not null)
                throw Corrupt($"tensor '{name}' has {key} twice");
            if (key == "dtype") type = reader.GetString();
            else if (key == "shape") shape = ReadSizes(ref reader, name, key);
            else if (key == "data_offsets") offsets = ReadSizes(ref reader, name, key);
            else reader.Skip();
        }

        if (type is null || shape is null || offsets is not [var begin, var end])
            throw Corrupt($"'{name}' in its header needs dtype, shape and two data_offsets");
        var known = TensorTypes.Parse(type) ?? throw Corrupt($"tensor '{name}' has the unknown type '{type}'");
        try
        {
            var entry = new TensorEntry(name, known, shape.Value, begin);
            if (end < begin || entry.Bytes != end - begin)
                throw Corrupt($"tensor '{name}', {entry.Form}, has {entry.Bytes} bytes; its data_offsets are {begin} and {end}");
            return entry;
        }
        catch (OverflowException)
        {
            throw Corrupt($"tensor '{name}' has the impossible shape [{string.Join(", ", shape.Value)}]");
        }
    }

    ImmutableArray<long> ReadSizes(ref Utf8JsonReader reader, string name, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Corrupt($"{key} of tensor '{name}' is not an array");
        var sizes = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0)
                throw Corrupt($"{key} of tensor '{name}' holds something that is no size");
            sizes.Add(size);
        }

        return sizes.ToImmutable();
    }

    /// <summary>
    /// The format allows neither holes nor overlaps: each tensor begins where the one before ends, and the last ends with the file.
    /// </summary>
    void CheckOffsets(long data)
    {
        var at = 0L;
        foreach (var entry in entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != at) throw Corrupt($"tensor '{entry.Name}' begins at byte {entry.Begin} of the data; {at} was expected");
            if (entry.End > data)
                throw Corrupt($"tensor '{entry.Name}' ends at byte {entry.End} of the data, but only {data} follow the header: truncated");
            at = entry.End;
        }

        if (at != data) throw Corrupt($"its tensors have {at} bytes, but {data} follow the header");
    }

    CheckpointException Corrupt(string what) => new(path, what);
}

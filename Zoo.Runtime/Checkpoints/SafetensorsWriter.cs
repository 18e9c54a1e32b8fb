using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Zoo.Runtime;

/// <summary>
/// Writes a safetensors file: the length of the header (8 bytes, little-endian), the header (JSON, padded with spaces so that data starts
/// at a multiple of
/// 8), then the tensors without gaps. Declare all tensors, then write them in the same order.
/// </summary>
internal sealed class SafetensorsWriter(Stream stream)
{
    readonly List<TensorEntry> entries = [];
    readonly byte[] buffer = new byte[1 << 16];
    int written;

    /// <summary>Announces the next tensor.</summary>
    public void Declare(string name, TensorType type, params ImmutableArray<long> shape) =>
        entries.Add(new TensorEntry(name, type, shape, entries.Count == 0 ? 0 : entries[^1].End));

    /// <summary>Writes the header, after the last declaration.</summary>
    public void WriteHeader(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata) json.WriteString(key, value);
            json.WriteEndObject();
            foreach (var entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type.ToString());
                json.WriteStartArray("shape");
                foreach (var size in entry.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (header.Length % 8 != 0) header.WriteByte((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(buffer, header.Length);
        stream.Write(buffer, 0, sizeof(long));
        header.WriteTo(stream);
    }

    /// <summary>The next tensor's data, F32.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        Next(TensorType.F32, values.Length);
        while (!values.IsEmpty)
        {
            var count = Math.Min(values.Length, buffer.Length / sizeof(float));
            for (var i = 0; i < count; i++) BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(i * sizeof(float)), values[i]);
            stream.Write(buffer, 0, count * sizeof(float));
            values = values[count..];
        }
    }

    /// <summary>The next tensor's data, I64.</summary>
    public void Write(ReadOnlySpan<long> values)
    {
        Next(TensorType.I64, values.Length);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
            stream.Write(buffer, 0, sizeof(long));
        }
    }

    /// <summary>The next tensor's data, one U64.</summary>
    public void Write(ulong value)
    {
        Next(TensorType.U64, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, value);
        stream.Write(buffer, 0, sizeof(ulong));
    }

    // A file whose data disagrees with its header would only be noticed when it is read.
    void Next(TensorType type, long count)
    {
        var entry = written < entries.Count
            ? entries[written++]
            : throw new InvalidOperationException("More tensors are written than were declared.");
        if (entry.Type != type || entry.Bytes != count * type.Size())
            throw new InvalidOperationException($"Tensor '{entry.Name}' was declared as {entry.Form} and written as {count} × {type}.");
    }
}

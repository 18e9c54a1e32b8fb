using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Zoo.Tests.Checkpoints;

/// <summary>A safetensors file taken apart, so that a test can spoil one thing and put it together again.</summary>
internal sealed class SafetensorsBytes
{
    public SafetensorsBytes(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        Data = [.. file[(8 + length)..]];
    }

    public SafetensorsBytes() => (Header, Data) = ([], []);

    public JsonObject Header { get; }

    public List<byte> Data { get; set; }

    public static byte[] FromHeader(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        return [.. prefix, .. json, .. data];
    }

    public SafetensorsBytes Add(string name, string type, int[] shape, byte[] data)
    {
        Header[name] = new JsonObject
        {
            ["dtype"] = type,
            ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
            ["data_offsets"] = new JsonArray(Data.Count, Data.Count + data.Length),
        };
        Data.AddRange(data);
        return this;
    }

    /// <summary>Takes a tensor and its bytes out, and closes the hole.</summary>
    public void Remove(string name)
    {
        var (begin, end) = Offsets(Header[name]!);
        Header.Remove(name);
        Data.RemoveRange(begin, end - begin);
        foreach (var (other, node) in Header.ToArray())
        {
            if (other == "__metadata__" || Offsets(node!).Begin < end) continue;
            var (from, to) = Offsets(node!);
            node!["data_offsets"] = new JsonArray(from - (end - begin), to - (end - begin));
        }
    }

    /// <summary>The bytes of a tensor, to be changed in place.</summary>
    public Span<byte> this[string name]
    {
        get
        {
            var (begin, end) = Offsets(Header[name]!);
            return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Data)[begin..end];
        }
    }

    public byte[] ToArray() => FromHeader(Header.ToJsonString(), [.. Data]);

    static (int Begin, int End) Offsets(JsonNode node) => ((int)node["data_offsets"]![0]!, (int)node["data_offsets"]![1]!);
}

using System.Linq;
using Zoo.Generators.Graphs;

namespace Zoo.Generators.Tracing;

/// <summary>One named argument of an attribute, as numbers (bool and enum members by value) or text.</summary>
public sealed record AttributeValue(string Name, EquatableArray<double> Numbers, string? Text);

/// <summary>Named arguments of an attribute; what is not written has the default that its property has.</summary>
public sealed record AttributeValues(EquatableArray<AttributeValue> Items)
{
    public bool Has(string name) => Items.Any(i => i.Name == name);

    public float Float(string name, float otherwise) =>
        Items.FirstOrDefault(i => i.Name == name) is { Numbers.Count: 1 } item ? (float)item.Numbers[0] : otherwise;

    public int Int(string name, int otherwise) =>
        Items.FirstOrDefault(i => i.Name == name) is { Numbers.Count: 1 } item ? (int)item.Numbers[0] : otherwise;

    public bool Flag(string name) => Int(name, 0) != 0;

    public string? Text(string name) => Items.FirstOrDefault(i => i.Name == name)?.Text;

    /// <summary>An array of sizes; null where it is not written.</summary>
    public Shape? Shape(string name) =>
        Items.FirstOrDefault(i => i.Name == name) is { Text: null } item ? new Shape(item.Numbers.Select(n => (int)n)) : null;
}

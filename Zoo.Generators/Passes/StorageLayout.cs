using System.Collections.Generic;
using Zoo.Generators.Plans;
using Zoo.Generators.Variants;

namespace Zoo.Generators.Passes;

/// <summary>
/// Storages one after another in a section, each from a 64-byte boundary on: one optimiser then updates one contiguous range.
/// </summary>
static class StorageLayout
{
    public const int Alignment = 16;

    public static (IReadOnlyList<StoragePlace> Places, int SectionFloats) Place(IEnumerable<Storage> storages)
    {
        var places = new List<StoragePlace>();
        var offset = 0;
        foreach (var storage in storages)
        {
            places.Add(new(storage, offset));
            offset = checked(offset + Align(storage.Shape.Count));
        }
        return (places, offset);
    }

    public static int Align(int floats) => checked(floats + Alignment - 1) / Alignment * Alignment;
}

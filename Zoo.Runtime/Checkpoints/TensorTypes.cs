namespace Zoo.Runtime;

/// <summary>Sizes and spellings of <see cref="TensorType"/>.</summary>
internal static class TensorTypes
{
    public static int Size(this TensorType type) => type switch
    {
        TensorType.BOOL or TensorType.U8 or TensorType.I8 or TensorType.F8_E5M2 or TensorType.F8_E4M3 or TensorType.F8_E8M0 => 1,
        TensorType.I16 or TensorType.U16 or TensorType.F16 or TensorType.BF16 => 2,
        TensorType.I32 or TensorType.U32 or TensorType.F32 => 4,
        _ => 8,
    };

    // Not Enum.TryParse: that takes digits and lists too.
    public static TensorType? Parse(string name)
    {
        foreach (var type in Enum.GetValues<TensorType>())
        {
            if (type.ToString() == name) return type;
        }

        return null;
    }
}

namespace Zoo.Runtime;

/// <summary>Lanes of single precision that a device computes with. The value is the number of lanes.</summary>
public enum VectorWidth
{
    /// <summary>Scalar code.</summary>
    Scalar = 1,

    /// <summary>128 bits.</summary>
    Bits128 = 4,

    /// <summary>256 bits.</summary>
    Bits256 = 8,

    /// <summary>512 bits; run in two halves where the processor has none, which only tests ask for.</summary>
    Bits512 = 16,
}

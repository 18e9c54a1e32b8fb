namespace Zoo.Runtime;

/// <summary>Element types of safetensors, as its header spells them.</summary>
internal enum TensorType
{
    BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E8M0, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64, C64,
}

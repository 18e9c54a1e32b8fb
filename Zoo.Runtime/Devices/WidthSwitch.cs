using System.Globalization;
using System.Runtime.Intrinsics;

namespace Zoo.Runtime;

/// <summary>
/// The vector width of devices: the widest that is accelerated, unless the AppContext value <c>Zoo.VectorWidth</c> (bits: 512, 256, 128, or
/// 1
/// for scalar code) says otherwise. Environment variables of the runtime only narrow; this one also widens, in software, for tests.
/// </summary>
static class WidthSwitch
{
    public const string Name = "Zoo.VectorWidth";

    public static VectorWidth Read() => Parse(AppContext.GetData(Name));

    public static VectorWidth Parse(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) switch
    {
        null or "" => Widest,
        "512" => VectorWidth.Bits512,
        "256" => VectorWidth.Bits256,
        "128" => VectorWidth.Bits128,
        "1" => VectorWidth.Scalar,
        var other => throw new InvalidOperationException($"The AppContext value {Name} must be 512, 256, 128 or 1; it is '{other}'."),
    };

    static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}

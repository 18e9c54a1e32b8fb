using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Zoo.Runtime;
using Zoo.Tests.Engines;
using Zoo.Tests.Generators;
using Zoo.Tests.Snapshots;

namespace Zoo.Tests.Gpu;

/// <summary>
/// Every kernel that FashionVae can launch, as PTX and OpenCL C: nothing that only a device would find wrong, and what it asks of a device.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class ModelKernelTests
{
    [Fact]
    public void RegistersAndSharedMemory()
    {
        using var compiled = new CompiledModels([Declarations.FashionVae], hasGpu: true);
        var text = GeneratorRun.Of(Declarations.FashionVae).Files.Single(f => f.Name.EndsWith(".Gpu.g.cs", StringComparison.Ordinal)).Text;
        var engine = compiled.Type("Zoo.Generated." + EngineClass().Match(text).Groups["name"].Value);
        var kernels = Launch().Matches(text)
            .SelectMany(m => Kernels(m.Groups["call"].Value, m.Value.Contains("stores: true", StringComparison.Ordinal),
                m.Groups["map"].Value))
            .Distinct().OrderBy(k => k.Name, StringComparer.Ordinal).ThenBy(k => k.Map, StringComparer.Ordinal)
            .Select(k => (k.Name, k.Map,
                Kernel: KernelText.Method(k.Type, k.Name[(k.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                    engine.GetNestedType(k.Map, BindingFlags.NonPublic)!)))
            .Concat(Common());
        var table = "Virtual registers of the PTX for SM 8.0, which ptxas maps to far fewer, and static shared memory of a group.\n\n| "
            + "kernel | map | f32 | b32 | b64 | pred | shared bytes |\n|---|---|---:|---:|---:|---:|---:|\n";
        foreach (var (name, map, kernel) in kernels)
        {
            var k = KernelText.Compile(kernel);
            k.IsPlainSingle();
            string Count(string type) => k.Registers.GetValueOrDefault(type).ToString(CultureInfo.InvariantCulture);
            table += $"| {name} | {map} | {Count("f32")} | {Count("b32")} | {Count("b64")} | {Count("pred")} | "
                + $"{k.SharedBytes.ToString(CultureInfo.InvariantCulture)} |\n";
        }
        Verifier.Verify(table, "md");
    }

    /// <summary>What a call of the engine launches: with a library at hand, the map of a large product runs alone.</summary>
    static IEnumerable<(string Name, string Map, Type Type)> Kernels(string call, bool stores, string map)
    {
        switch (call)
        {
            case "Map": yield return ("MapKernels.Flat", map, typeof(MapKernels)); break;
            case "MapRows": yield return ("MapKernels.Rows", map, typeof(MapKernels)); break;
            case "MapTiles": yield return ("MapKernels.Tiles", map, typeof(MapKernels)); break;
            default:
                yield return ($"ProductKernels.{(stores ? "StoredAndMapped" : "Mapped")}", map, typeof(ProductKernels));
                yield return ("MapKernels.Tiles", map, typeof(MapKernels));
                break;
        }
    }

    /// <summary>The kernels without a map, whatever the model.</summary>
    static IEnumerable<(string Name, string Map, MethodInfo Kernel)> Common()
    {
        (Type Type, string Method, Type[] Arguments)[] all =
        [
            (typeof(ProductKernels), "Plain", []), (typeof(WindowProductKernels), "Plain", []),
            (typeof(SmallProductKernels), "Multiply", []),
            (typeof(DrawKernels), "Fill", [typeof(NormalDraw)]), (typeof(DrawKernels), "Fill", [typeof(UniformDraw)]),
            (typeof(DrawKernels), "OneHot", []),
            (typeof(ReductionKernels), "Rows", [typeof(Addition)]), (typeof(ReductionKernels), "Columns", [typeof(Addition)]),
            (typeof(ReductionKernels), "Rows", [typeof(Maximum)]), (typeof(ReductionKernels), "Columns", [typeof(Maximum)]),
            (typeof(UpdateKernels), "Adam", []), (typeof(UpdateKernels), "RmsProp", []), (typeof(UpdateKernels), "PlainSgd", []),
            (typeof(UpdateKernels), "MomentumSgd", []),
            (typeof(ClipKernels), "SquaredNorm", []), (typeof(ClipKernels), "Scale", []),
        ];
        return all.Select(k => ($"{k.Type.Name}.{k.Method}", string.Join(", ", k.Arguments.Select(a => a.Name)),
            KernelText.Method(k.Type, k.Method, k.Arguments)));
    }

    [GeneratedRegex(@"internal sealed class (?<name>\w+)")]
    private static partial Regex EngineClass();

    [GeneratedRegex(@"(?<call>Product|Map|MapRows|MapTiles)<(?<map>\w+)>\([^;]*;")]
    private static partial Regex Launch();
}
